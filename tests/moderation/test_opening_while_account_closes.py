"""A post comes in while the account's closing is confirmed: it never waits unseen on a closed account (R12, R20)."""

import threading
from contextlib import suppress

import pytest

from accounts.enums import AccountStatus
from accounts.models import Account
from accounts.services import closing as closing_service
from laholm_sociala.common.errors import RefusedError
from moderation.models import Case, PublicReport
from moderation.reported import Wrong
from moderation.services import opening
from moderation.services.opening import ClosedAccountError
from moderation.services.reporting import Received, place_report, take_report
from tests import race as racing
from tests.accounts.closings import asked_for, closed, made_ready
from tests.clock import NOW
from tests.moderation.factories import library_account, log_post
from tests.race import losers, race, winners

pytestmark = pytest.mark.django_db
REFUSED = "23001"


@pytest.fixture
def account(cast):
    return library_account(cast)


def shut(account, cast):
    closed(account, by=cast.librarian, manager=cast.manager)
    return Account.objects.get(pk=account.pk)


def test_nothing_is_logged_on_a_closed_account(account, cast):
    with pytest.raises(ClosedAccountError, match="är avslutat") as refusal:
        log_post(shut(account, cast), by=cast.librarian)
    assert refusal.value.field == "account"
    assert not Case.objects.exists()


def test_a_report_about_a_closed_account_is_kept_and_waits_for_a_person(account, cast):
    report = take_report(Received(Wrong.ATTACK, shut(account, cast), "https://www.facebook.com/x/posts/1"), now=NOW)
    kept = PublicReport.objects.get(pk=report.pk)
    assert (kept.account, kept.case, kept.answer) == (None, None, "")
    with pytest.raises(RefusedError, match="är avslutat"):
        place_report(report.pk, shut_one(), by=cast.communicator, now=NOW)


def shut_one():
    return Account.objects.get(status=AccountStatus.CLOSED)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture
    def both(self, account, cast):
        closing = made_ready(asked_for(account, by=cast.librarian), manager=cast.manager)
        return [
            lambda: closing_service.confirm_closing(closing.pk, by=cast.manager, now=NOW),
            lambda: log_post(account, by=cast.librarian),
        ]

    def test_one_of_them_is_refused(self, both, monkeypatch):
        let_both_have_looked(monkeypatch, at_most=racing.MEETING)
        outcomes = race(*both)
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], RefusedError)
        assert Account.objects.filter(status=AccountStatus.CLOSED).exists() != Case.objects.exists()

    def test_without_the_lock_postgresql_alone_would_refuse_the_post(self, both, monkeypatch):
        monkeypatch.setattr(opening, "stays_open", looks_open)
        let_both_have_looked(monkeypatch, at_most=racing.MEETING_WITHOUT_LOCK)
        (error,) = losers(race(*both))
        assert error.__cause__.sqlstate == REFUSED
        assert not Case.objects.exists()

    def test_without_that_too_the_post_would_wait_on_a_closed_account(self, both, monkeypatch, owner):
        monkeypatch.setattr(opening, "stays_open", looks_open)
        let_both_have_looked(monkeypatch, at_most=racing.MEETING_WITHOUT_LOCK)
        owner.execute("DROP TRIGGER case_opened_on_open_account ON moderation_case")
        race(*both)
        assert Case.objects.get().account.status == AccountStatus.CLOSED


def looks_open(account):
    """Read how the account stands, without keeping it so."""
    return Account.objects.get(pk=account.pk).status != AccountStatus.CLOSED


def let_both_have_looked(monkeypatch, *, at_most, at=opening):
    """Let whoever confirms know that nothing waits, and whoever opens a post that it may, before either goes on."""
    meeting = threading.Barrier(2)
    for owner, name in ((closing_service, "standing"), (at, "stays_open")):
        monkeypatch.setattr(owner, name, _and_meet(getattr(owner, name), meeting, at_most))


def _and_meet(look, meeting, at_most):
    def look_and_wait(subject):
        seen = look(subject)
        with suppress(threading.BrokenBarrierError):
            meeting.wait(at_most)
        return seen

    return look_and_wait
