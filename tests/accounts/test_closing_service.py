"""An account is closed: who may, in which order, and what PostgreSQL refuses whoever asks (R20)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts import closing as registry
from accounts.enums import AccountStatus
from accounts.models import Account, Closing
from accounts.services.closing import confirm_closing, request_closing, withdraw_closing
from accounts.services.register import take_into_use
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.models import Mail
from tests.accounts.closings import REASON, asked_for, made_ready
from tests.clock import NOW
from tests.factories import AccountFactory
from tests.moderation.factories import log_post
from tests.race import losers, race

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def ready(account, cast):
    """A closing that waits for the manager alone."""
    return made_ready(asked_for(account, by=cast.librarian), manager=cast.manager)


def status_of(account: Account) -> str:
    return Account.objects.get(pk=account.pk).status


class TestRequesting:
    def test_puts_it_under_avveckling_and_tells_the_manager(self, account, cast):
        closing = asked_for(account, by=cast.librarian)
        assert status_of(account) == AccountStatus.CLOSING
        assert (closing.reason, closing.requested_by, closing.requested_at) == (REASON, cast.librarian, NOW)
        told = {tuple(mail.to) for mail in Mail.objects.filter(subject=f"Avslut att bekräfta: {account}")}
        assert (cast.manager.email,) in told

    def test_by_keepers_alone(self, account, cast):
        for person in (cast.outsider, cast.head, cast.administrator):
            with pytest.raises(PermissionDenied):
                asked_for(account, by=person)
        assert not Closing.objects.exists()

    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_wants_a_reason(self, account, cast, reason):
        with pytest.raises(RefusedError, match="Skriv varför") as refusal:
            request_closing(account.pk, reason=reason, by=cast.librarian, now=NOW)
        assert refusal.value.field == "reason"
        assert status_of(account) == AccountStatus.ACTIVE

    def test_a_successor_is_another_account_in_use(self, account, cast):
        for successor, words in ((account, "ett annat konto"), (AccountFactory(unit=cast.library), "inte i bruk")):
            with pytest.raises(RefusedError, match=words) as refusal:
                request_closing(account.pk, reason=REASON, successor=successor, by=cast.librarian, now=NOW)
            assert refusal.value.field == "successor"

    @pytest.mark.parametrize("status", [AccountStatus.PLANNED, AccountStatus.CLOSED])
    def test_not_of_one_that_is_not_in_use(self, cast, status):
        account = AccountFactory(unit=cast.library, status=status, in_use_since=NOW.date(), responsible=cast.librarian)
        with pytest.raises(RefusedError):
            asked_for(account, by=cast.librarian)

    def test_once(self, account, cast):
        asked_for(account, by=cast.librarian)
        with pytest.raises(RefusedError, match="under avveckling"):
            asked_for(account, by=cast.assistant)

    def test_of_one_that_was_read_in_as_under_avveckling(self, cast):
        account = AccountFactory(unit=cast.library, status=AccountStatus.CLOSING, in_use_since=NOW.date())
        asked_for(account, by=cast.manager)
        assert status_of(account) == AccountStatus.CLOSING


class TestConfirming:
    def test_closes_for_good_and_tells(self, ready, account, cast):
        closing = confirm_closing(ready.pk, by=cast.manager, now=LATER)
        assert status_of(account) == AccountStatus.CLOSED
        assert closing.ended_on == LATER.date()
        told = {address for mail in Mail.objects.filter(subject=f"Avslutat: {account}") for address in mail.to}
        assert cast.librarian.email in told

    def test_by_manager_or_deputy_alone(self, ready, account, cast):
        for person in (cast.librarian, cast.communicator, cast.head, cast.administrator, cast.outsider):
            with pytest.raises(PermissionDenied):
                confirm_closing(ready.pk, by=person, now=LATER)
        assert status_of(account) == AccountStatus.CLOSING
        confirm_closing(ready.pk, by=cast.deputy, now=NOW)
        assert status_of(account) == AccountStatus.CLOSED

    def test_not_before_all_is_ready(self, account, cast, monkeypatch):
        missing = registry.Requirement("test", "Klart", "Något saknas.", lambda closing: False)
        monkeypatch.setattr(registry, "_requirements", {"test": missing})
        closing = asked_for(account, by=cast.librarian)
        with pytest.raises(RefusedError, match=r"Något saknas\."):
            confirm_closing(closing.pk, by=cast.manager, now=LATER)
        assert status_of(account) == AccountStatus.CLOSING

    def test_once(self, ready, cast):
        confirm_closing(ready.pk, by=cast.manager, now=LATER)
        with pytest.raises(RefusedError, match="redan avslutat"):
            confirm_closing(ready.pk, by=cast.manager, now=LATER)
        with pytest.raises(RefusedError, match="redan avslutat"):
            withdraw_closing(ready.pk, by=cast.manager, now=LATER)


class TestWithdrawing:
    def test_leaves_it_in_use_and_it_can_be_asked_for_again(self, account, cast):
        withdraw_closing(asked_for(account, by=cast.librarian).pk, by=cast.assistant, now=LATER)
        assert status_of(account) == AccountStatus.ACTIVE
        asked_for(account, by=cast.librarian)
        assert status_of(account) == AccountStatus.CLOSING

    def test_by_keepers_alone(self, account, cast):
        closing = asked_for(account, by=cast.librarian)
        for person in (cast.outsider, cast.head):
            with pytest.raises(PermissionDenied):
                withdraw_closing(closing.pk, by=person, now=LATER)

    def test_ends_it(self, account, cast):
        closing = asked_for(account, by=cast.librarian)
        withdraw_closing(closing.pk, by=cast.librarian, now=LATER)
        with pytest.raises(RefusedError, match="återtaget"):
            confirm_closing(closing.pk, by=cast.manager, now=LATER)

    def test_one_under_avveckling_is_not_taken_into_use_by_the_other_door(self, account, cast):
        asked_for(account, by=cast.librarian)
        with pytest.raises(RefusedError):
            take_into_use(account.pk, web_address=account.web_address, by=cast.librarian, now=LATER)


class TestPostgreSQL:
    def test_closes_no_account_without_a_confirmed_closing(self, account, cast):
        asked_for(account, by=cast.librarian)
        account.refresh_from_db()
        account.status = AccountStatus.CLOSED
        with pytest.raises(IntegrityError, match="inte bekräftat"), transaction.atomic():
            account.record(by=cast.manager, now=LATER, reason="Avslutat")

    def test_confirms_none_without_a_snapshot(self, account, cast):
        closing = asked_for(account, by=cast.librarian)
        closing.confirmed_by, closing.confirmed_at = cast.manager, LATER
        with pytest.raises(IntegrityError, match="saknar ögonblicksbild"), transaction.atomic():
            closing.record(by=cast.manager, now=LATER, reason="Bekräftat")

    def test_confirms_none_with_a_post_that_waits(self, ready, account, cast):
        log_post(account, by=cast.librarian)
        with pytest.raises(RefusedError, match="inlägg kvar att granska"):
            confirm_closing(ready.pk, by=cast.manager, now=LATER)
        ready.confirmed_by, ready.confirmed_at = cast.manager, LATER
        with pytest.raises(IntegrityError, match="inlägg kvar att granska"), transaction.atomic():
            ready.record(by=cast.manager, now=LATER, reason="Bekräftat")

    def test_closes_none_in_use_and_opens_none_again(self, cast):
        for old, new in (
            (AccountStatus.ACTIVE, AccountStatus.CLOSED),
            (AccountStatus.CLOSED, AccountStatus.ACTIVE),
        ):
            account = AccountFactory(unit=cast.library, status=old, in_use_since=NOW.date())
            account.status = new
            with pytest.raises(IntegrityError), transaction.atomic():
                account.record(by=cast.manager, now=LATER, reason="Ändrat")

    def test_changes_nothing_of_a_confirmed_one(self, ready, cast):
        closing = confirm_closing(ready.pk, by=cast.manager, now=LATER)
        closing.reason = "Något annat."
        with pytest.raises(IntegrityError, match="ändras inte"), transaction.atomic():
            closing.record(by=cast.manager, now=LATER, reason="Ändrat")


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_confirmed_or_withdrawn_never_both(self, ready, account, cast):
        closing = ready
        outcomes = race(
            lambda: confirm_closing(closing.pk, by=cast.manager, now=LATER),
            lambda: withdraw_closing(closing.pk, by=cast.librarian, now=LATER),
        )
        assert [type(error) for error in losers(outcomes)] == [RefusedError]
        closing.refresh_from_db()
        assert (closing.confirmed_at is None) != (closing.withdrawn_at is None)
        assert status_of(account) == (AccountStatus.CLOSED if closing.confirmed_at else AccountStatus.ACTIVE)

    def test_asked_for_once(self, account, cast):
        outcomes = race(
            lambda: asked_for(account, by=cast.librarian),
            lambda: asked_for(account, by=cast.assistant),
        )
        assert [type(error) for error in losers(outcomes)] == [RefusedError]
        assert Closing.objects.count() == 1
