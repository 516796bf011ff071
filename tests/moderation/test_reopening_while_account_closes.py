"""A post is opened again while the account's closing is confirmed: it never waits there unseen (R12, R20)."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.enums import AccountStatus
from accounts.models import Account
from accounts.services import closing as closing_service
from laholm_sociala.common.errors import RefusedError
from moderation.enums import CaseStatus, RecordChoice
from moderation.models import Case
from moderation.services import acting, reopening
from moderation.services.opening import ClosedAccountError
from moderation.services.reopening import reopen
from moderation.services.settling import Settlement, settle
from tests import race as racing
from tests.accounts.closings import asked_for, closed, made_ready
from tests.clock import NOW
from tests.moderation.factories import library_account, log_post
from tests.moderation.test_opening_while_account_closes import REFUSED, let_both_have_looked, looks_open
from tests.pages import Page
from tests.race import losers, race, winners

pytestmark = pytest.mark.django_db
WHY = "Det kom tillbaka."


@pytest.fixture
def account(cast):
    return library_account(cast)


@pytest.fixture
def done(account, cast):
    """A post that is dealt with."""
    case, how = log_post(account), {"version": None, "by": cast.librarian, "now": NOW}
    acting.remove(case.pk, **how)
    return settle(case.pk, Settlement(RecordChoice.KEPT_IN_ORDER), **how)


class TestOfAClosedAccount:
    @pytest.fixture(autouse=True)
    def ended(self, done, account, cast):
        closed(account, by=cast.librarian, manager=cast.manager)

    def test_is_not_opened_again(self, done, cast):
        with pytest.raises(ClosedAccountError, match="Inlägget öppnas inte igen"):
            reopen(done.pk, reason=WHY, version=None, by=cast.librarian, now=NOW)
        assert Case.objects.get().status == CaseStatus.CLOSED

    def test_is_not_offered_and_says_why_to_who_has_the_page(self, done, cast, client_for):
        client, again = client_for(cast.librarian), reverse("moderation:case-reopen", args=[done.pk])
        page = Page(client.get(reverse("moderation:case-detail", args=[done.pk])))
        assert "Öppna igen" not in page.links
        page = Page(client.post(again, {"version": done.version, "reason": WHY}))
        assert page.summary == [f"{done.account} är avslutat. Inlägget öppnas inte igen."]

    def test_postgresql_opens_none(self, done):
        with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE moderation_case SET status = 'new', decided_at = NULL, outcome = '', closed_at = NULL, "
                "record_choice = ''"
            )
        assert refusal.value.__cause__.sqlstate == REFUSED


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture
    def both(self, account, cast, done):
        closing = made_ready(asked_for(account, by=cast.librarian), manager=cast.manager)
        return [
            lambda: closing_service.confirm_closing(closing.pk, by=cast.manager, now=NOW),
            lambda: reopen(done.pk, reason=WHY, version=None, by=cast.librarian, now=NOW),
        ]

    def test_one_of_them_is_refused(self, both, monkeypatch):
        let_both_have_looked(monkeypatch, at_most=racing.MEETING, at=reopening)
        outcomes = race(*both)
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], RefusedError)
        is_closed = Account.objects.get().status == AccountStatus.CLOSED
        assert is_closed == (Case.objects.get().status == CaseStatus.CLOSED)

    def test_without_the_lock_postgresql_alone_would_refuse_the_post(self, both, monkeypatch):
        monkeypatch.setattr(reopening, "stays_open", looks_open)
        let_both_have_looked(monkeypatch, at_most=racing.MEETING_WITHOUT_LOCK, at=reopening)
        (error,) = losers(race(*both))
        assert error.__cause__.sqlstate == REFUSED
        assert Account.objects.get().status == AccountStatus.CLOSED
