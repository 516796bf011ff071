"""An exemption from the logo: asked for once at a time, decided once, by kommunikationsenheten alone."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts import compliance
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
AT_AN_END = "Samarbetet är slut."
DECIDE = {S.GRANTED: logo.grant, S.REFUSED: logo.refuse}
DOORS = {**DECIDE, S.REVOKED: logo.revoke}
STEPS = {(S.REQUESTED, S.GRANTED), (S.REQUESTED, S.REFUSED), (S.GRANTED, S.REVOKED)}
ROLES = ("librarian", "assistant", "manager", "deputy", "head", "outsider", "administrator", "communicator")

WHY_NOT = {
    S.REQUESTED: "väntar på beslut",
    S.GRANTED: "redan beviljat",
    S.REFUSED: "redan avslaget",
    S.REVOKED: "redan återkallat",
}


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def exemption(account, cast):
    def exemption(status=S.REQUESTED):
        decision = {} if status == S.REQUESTED else decided(status, by=cast.communicator)
        return LogoExemptionFactory(account=account, requested_by=cast.librarian, **decision)

    return exemption


def lacks(account):
    return [found.code for found in compliance.findings([account.pk], now=NOW).get(account.pk, [])]


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
    ("status", "sentence"),
    [(S.REQUESTED, "väntar redan"), (S.GRANTED, "har redan undantag"), (S.REFUSED, None), (S.REVOKED, None)],
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


@pytest.mark.parametrize(("old", "new"), list(product(S, DOORS)))
@pytest.mark.parametrize("role", ROLES)
def test_every_state_against_every_decision_and_role(cast, exemption, role, old, new):
    before = exemption(old)
    by = getattr(cast, role)
    if role != "communicator":
        with pytest.raises(PermissionDenied):
            DOORS[new](before.pk, reason=REASON, by=by, now=NOW)
    elif (old, new) in STEPS:
        assert DOORS[new](before.pk, reason=f" {REASON} ", by=by, now=NOW).status == new
        return
    else:
        with pytest.raises(RefusedError, match=WHY_NOT[old]):
            DOORS[new](before.pk, reason=REASON, by=by, now=NOW)
    assert LogoExemption.objects.get(pk=before.pk).status == old


@pytest.mark.parametrize("status", DECIDE)
def test_decision_says_who_when_and_why(cast, exemption, status):
    done = DECIDE[status](exemption().pk, reason=f" {REASON} ", by=cast.communicator, now=NOW)
    assert (done.decision_reason, done.decided_by, done.decided_at) == (REASON, cast.communicator, NOW)


def test_revoked_keeps_the_decision_and_says_who_when_and_why(cast, exemption):
    granted = exemption(S.GRANTED)
    done = logo.revoke(granted.pk, reason=f" {AT_AN_END} ", by=cast.communicator, now=NOW)
    assert (done.revoked_reason, done.revoked_by, done.revoked_at) == (AT_AN_END, cast.communicator, NOW)
    assert (done.decision_reason, done.decided_at) == (granted.decision_reason, granted.decided_at)
    assert done.history.latest().history_change_reason == "Återkallade undantaget från logotypen"


def test_the_logo_is_lacking_again(cast, exemption, account):
    granted = exemption(S.GRANTED)
    assert "logo_unconfirmed" not in lacks(account)
    logo.revoke(granted.pk, reason=AT_AN_END, by=cast.communicator, now=NOW)
    assert "logo_unconfirmed" in lacks(account)


def test_those_who_look_after_the_account_are_told_that_it_is_revoked(cast, exemption, account):
    logo.revoke(exemption(S.GRANTED).pk, reason=AT_AN_END, by=cast.communicator, now=NOW)
    mails = Mail.objects.all()
    assert sorted(mail.to for mail in mails) == sorted([[cast.assistant.email], [cast.librarian.email]])
    for mail in mails:
        assert mail.subject == f"Undantaget från logotypen är återkallat: {account}"
        assert AT_AN_END in mail.text
        assert AT_AN_END in mail.html


@pytest.mark.parametrize("lacking", ["revoked_by", "revoked_at", "revoked_reason"])
def test_the_database_wants_all_of_it(exemption, lacking):
    half = exemption(S.REVOKED)
    setattr(half, lacking, "" if lacking == "revoked_reason" else None)
    with pytest.raises(IntegrityError, match="logo_exemption_revoked_by_someone_for_a_reason"):
        half.record(by=half.decided_by, now=NOW, reason="Prov")


def test_the_database_wants_nothing_of_it_before(cast, exemption):
    granted = exemption(S.GRANTED)
    granted.revoked_reason = AT_AN_END
    with pytest.raises(IntegrityError, match="logo_exemption_revoked_by_someone_for_a_reason"):
        granted.record(by=cast.communicator, now=NOW, reason="Prov")


@pytest.mark.parametrize(("old", "new"), list(product(S, S)))
def test_step(old, new):
    if (old, new) in STEPS:
        require_exemption_step(old.value, new)
    else:
        with pytest.raises(RefusedError):
            require_exemption_step(old.value, new)
    assert set(EXEMPTION) == set(S)


@pytest.mark.parametrize(("old", "new"), sorted(STEPS))
def test_decision_needs_a_reason(cast, exemption, old, new):
    with pytest.raises(RefusedError, match=r"Skriv (skälen|varför)") as refusal:
        DOORS[new](exemption(old).pk, reason=" ", by=cast.communicator, now=NOW)
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

    def test_revoked_once(self, cast, exemption, monkeypatch):
        granted = exemption(S.GRANTED)
        meet_at(monkeypatch, logo, "require_exemption_step")
        outcomes = race(*[lambda: logo.revoke(granted.pk, reason=AT_AN_END, by=cast.communicator, now=NOW)] * 2)
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], RefusedError)

    def test_without_the_lock_it_would_be_revoked_twice(self, cast, exemption, monkeypatch):
        granted = exemption(S.GRANTED)
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, logo, "require_exemption_step")
        outcomes = race(*[lambda: logo.revoke(granted.pk, reason=AT_AN_END, by=cast.communicator, now=NOW)] * 2)
        assert len(winners(outcomes)) == 2
