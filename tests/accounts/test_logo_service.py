"""An exemption from the logo: asked for once at a time, decided once, by kommunikationsenheten alone."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.enums import AccountStatus, ExemptionStatus
from accounts.models import LogoExemption
from accounts.services import logo
from accounts.workflow import EXEMPTION, require_exemption_step
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.models import Mail
from tests.accounts.in_order import decided
from tests.clock import NOW, TODAY
from tests.factories import AccountFactory, LogoExemptionFactory
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db

S = ExemptionStatus
WHY = "Kontot delas med tre kommuner."
REASON = "Det är ett samarbete."
DECIDE = {S.GRANTED: logo.grant, S.REFUSED: logo.refuse}
ROLES = ("librarian", "assistant", "manager", "deputy", "head", "outsider", "administrator", "communicator")


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def exemption(account, cast):
    def exemption(status=S.REQUESTED):
        decision = {} if status == S.REQUESTED else decided(status, by=cast.communicator)
        return LogoExemptionFactory(account=account, requested_by=cast.librarian, **decision)

    return exemption


def ask(account, by, reason=WHY):
    return logo.request_exemption(account.pk, reason=reason, by=by, now=NOW)


def test_asks(account, cast):
    asked = ask(account, cast.librarian, f" {WHY} ")
    assert (asked.status, asked.reason, asked.requested_by, asked.requested_at) == (
        S.REQUESTED,
        WHY,
        cast.librarian,
        NOW,
    )


def test_needs_a_reason(account, cast):
    with pytest.raises(RefusedError, match="Skriv varför"):
        ask(account, cast.librarian, "  ")


@pytest.mark.parametrize(
    ("status", "sentence"), [(S.REQUESTED, "väntar redan"), (S.GRANTED, "har redan undantag"), (S.REFUSED, None)]
)
def test_asks_again_only_after_a_refusal(account, cast, exemption, status, sentence):
    exemption(status)
    if sentence is None:
        assert ask(account, cast.librarian).status == S.REQUESTED
        return
    with pytest.raises(RefusedError, match=sentence):
        ask(account, cast.librarian)


def test_closed_account_asks_for_nothing(cast):
    closed = AccountFactory(unit=cast.library, status=AccountStatus.CLOSED, in_use_since=TODAY)
    with pytest.raises(RefusedError, match="avslutat"):
        ask(closed, cast.communicator)


@pytest.mark.parametrize("role", ROLES)
def test_who_may_ask(account, cast, role):
    if role in {"librarian", "assistant", "manager", "deputy", "communicator"}:
        assert ask(account, getattr(cast, role))
        return
    with pytest.raises(PermissionDenied):
        ask(account, getattr(cast, role))


@pytest.mark.parametrize(("old", "new"), list(product(S, DECIDE)))
@pytest.mark.parametrize("role", ROLES)
def test_every_state_against_every_decision_and_role(cast, exemption, role, old, new):
    waiting = exemption(old)
    by = getattr(cast, role)
    if role != "communicator":
        with pytest.raises(PermissionDenied):
            DECIDE[new](waiting.pk, reason=REASON, by=by, now=NOW)
    elif old == S.REQUESTED:
        done = DECIDE[new](waiting.pk, reason=f" {REASON} ", by=by, now=NOW)
        assert (done.status, done.decision_reason, done.decided_by, done.decided_at) == (new, REASON, by, NOW)
        return
    else:
        with pytest.raises(RefusedError, match=f"redan {old.label.lower()}"):
            DECIDE[new](waiting.pk, reason=REASON, by=by, now=NOW)
    assert LogoExemption.objects.get(pk=waiting.pk).status == old


@pytest.mark.parametrize(("old", "new"), list(product(S, S)))
def test_step(old, new):
    if old == S.REQUESTED and new != S.REQUESTED:
        require_exemption_step(old.value, new)
    else:
        with pytest.raises(RefusedError):
            require_exemption_step(old.value, new)
    assert set(EXEMPTION) == set(S)


@pytest.mark.parametrize("status", DECIDE)
def test_decision_needs_a_reason(cast, exemption, status):
    with pytest.raises(RefusedError, match="Skriv skälen") as refusal:
        DECIDE[status](exemption().pk, reason=" ", by=cast.communicator, now=NOW)
    assert refusal.value.field == "reason"


@pytest.mark.parametrize(
    ("status", "words"), [(S.GRANTED, "Beslut: beviljat."), (S.REFUSED, "Lägg in kommunens anpassade logotyp")]
)
def test_the_one_who_asked_is_told(cast, exemption, account, status, words):
    DECIDE[status](exemption().pk, reason=REASON, by=cast.communicator, now=NOW)
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ([cast.librarian.email], f"Undantag från logotypen: {account}")
    for body in (mail.text, mail.html):
        assert REASON in body
    assert words in mail.text


def test_one_who_has_left_is_told_nothing(cast, exemption):
    waiting = exemption()
    cast.librarian.is_active = False
    cast.librarian.record(by=cast.administrator, now=NOW, reason="Prov")
    logo.grant(waiting.pk, reason=REASON, by=cast.communicator, now=NOW)
    assert not Mail.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_request_at_a_time(self, account, cast, monkeypatch):
        meet_at(monkeypatch, logo, "LogoExemption")
        outcomes = race(lambda: ask(account, cast.librarian), lambda: ask(account, cast.manager))
        assert len(winners(outcomes)) == LogoExemption.objects.count() == 1
        assert isinstance(losers(outcomes)[0], RefusedError)

    def test_without_the_lock_the_database_stops_the_second_request(self, account, cast, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, logo, "LogoExemption")
        outcomes = race(lambda: ask(account, cast.librarian), lambda: ask(account, cast.manager))
        assert isinstance(losers(outcomes)[0], IntegrityError)

    def test_decided_once(self, cast, exemption, monkeypatch):
        waiting = exemption()
        meet_at(monkeypatch, logo, "require_exemption_step")
        outcomes = race(
            lambda: logo.grant(waiting.pk, reason=REASON, by=cast.communicator, now=NOW),
            lambda: logo.refuse(waiting.pk, reason=REASON, by=cast.communicator, now=NOW),
        )
        assert len(winners(outcomes)) == Mail.objects.count() == 1
        assert isinstance(losers(outcomes)[0], RefusedError)

    def test_without_the_lock_it_would_be_decided_twice(self, cast, exemption, monkeypatch):
        waiting = exemption()
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, logo, "require_exemption_step")
        outcomes = race(
            lambda: logo.grant(waiting.pk, reason=REASON, by=cast.communicator, now=NOW),
            lambda: logo.refuse(waiting.pk, reason=REASON, by=cast.communicator, now=NOW),
        )
        assert len(winners(outcomes)) == 2
