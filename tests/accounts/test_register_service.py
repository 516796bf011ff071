"""From approved to the public list: registered once, taken into use by those who look after it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts.enums import AccountStatus, ApplicationStatus, Duty
from accounts.models import Account, Application, Assignment
from accounts.services import register
from accounts.services.applications import withdraw
from accounts.services.register import follow_unit, may_take_into_use, take_into_use
from laholm_sociala.common.errors import RefusedError
from tests.clock import NOW
from tests.factories import (
    CONSULTATION,
    SUMMARY,
    AccountFactory,
    AssignmentFactory,
    approve,
    platform,
    reject,
    send_back,
)
from tests.mails import send_all, unsent
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(submitted):
    return approve(submitted)


@pytest.fixture
def take_in(cast, now):
    """Kommunikationsenheten registers."""

    def take_in(application, *, by=None, consultation=CONSULTATION):
        by = by or cast.communicator
        return register.register(application.pk, summary=SUMMARY, consultation=consultation, by=by, now=now)

    return take_in


@pytest.fixture
def planned(cast):
    return AccountFactory(
        unit=cast.library,
        platform=platform("instagram"),
        handle="laholmsbibliotek",
        responsible=cast.librarian,
        substitute=cast.assistant,
    )


@pytest.fixture
def use(now):
    """Take into use at the address as it was planned, unless another is given."""

    def use(account, by, web_address=None):
        return take_into_use(account.pk, web_address=web_address or account.web_address, by=by, now=now)

    return use


def last_of(record):
    return record.history.latest("history_date", "history_id")


class TestRegister:
    def test_writes_the_account_as_it_was_approved(self, cast, approved, take_in, now):
        account = take_in(approved)
        assert (account.status, account.name, account.summary) == (
            AccountStatus.PLANNED,
            approved.account_name,
            SUMMARY,
        )
        assert (account.unit, account.board, account.platform) == (cast.library, cast.culture_board, approved.platform)
        assert (account.handle, account.web_address) == ("laholmsbibliotek", approved.web_address)
        assert (account.application, account.registered_at) == (approved, now)
        assert account.canonical_key == approved.canonical_key
        for field in ("purpose", "audience", "topics", "uses", "legal_ground"):
            assert getattr(account, field) == getattr(approved, field)

    def test_names_its_two_people_from_today(self, cast, approved, take_in, today):
        account = take_in(approved)
        people = set(account.assignments.values_list("user", "duty", "from_date", "to_date"))
        assert people == {
            (cast.librarian.pk, Duty.RESPONSIBLE, today, None),
            (cast.assistant.pk, Duty.SUBSTITUTE, today, None),
        }

    def test_keeps_kommunikationsenhetens_own_line(self, approved, take_in):
        take_in(approved, consultation=f"  {CONSULTATION} ")
        application = Application.objects.get()
        assert (application.status, application.confirmed_consultation) == (ApplicationStatus.REGISTERED, CONSULTATION)

    def test_says_who_and_why_on_every_record(self, cast, approved, take_in, now):
        account = take_in(approved)
        for record in (account, *account.assignments.all(), Application.objects.get()):
            row = last_of(record)
            assert (row.history_user, row.history_date) == (cast.communicator, now)
            assert row.history_change_reason

    def test_tells_everyone_concerned_once(self, cast, approved, take_in):
        send_all()
        account = take_in(approved)
        assert sorted(mail.to[0] for mail in unsent()) == sorted([cast.librarian.email, cast.assistant.email])
        assert all(f"/register/{account.pk}/" in mail.text for mail in unsent())

    def test_one_who_has_left_is_not_written_to(self, cast, approved, take_in, now):
        send_all()
        cast.assistant.is_active = False
        cast.assistant.record(by=cast.administrator, now=now, reason="Slutade")
        take_in(approved)
        assert [mail.to for mail in unsent()] == [[cast.librarian.email]]

    @pytest.mark.parametrize("who", ["librarian", "manager", "deputy", "head", "outsider", "administrator"])
    def test_nobody_but_kommunikationsenheten(self, cast, approved, take_in, who):
        with pytest.raises(PermissionDenied):
            take_in(approved, by=getattr(cast, who))
        assert not Account.objects.exists()

    @pytest.mark.parametrize(
        "before",
        [
            lambda application: None,
            send_back,
            reject,
            lambda application: withdraw(application.pk, by=application.applicant, now=NOW),
        ],
    )
    def test_only_what_is_approved(self, submitted, take_in, before):
        before(submitted)
        with pytest.raises(RefusedError):
            take_in(submitted)
        assert not Account.objects.exists()

    def test_not_twice(self, approved, take_in):
        take_in(approved)
        with pytest.raises(RefusedError, match="redan registrerad"):
            take_in(approved)
        assert Account.objects.count() == 1

    @pytest.mark.parametrize("consultation", ["", " ", "\n"])
    def test_not_before_the_consultation_is_written(self, approved, take_in, consultation):
        with pytest.raises(RefusedError, match="avstämningen"):
            take_in(approved, consultation=consultation)

    def test_an_account_that_came_into_the_register_meanwhile(self, approved, take_in):
        AccountFactory(platform=platform("instagram"), handle="laholmsbibliotek")
        with pytest.raises(RefusedError, match="finns redan i registret"):
            take_in(approved)
        assert Application.objects.get().status == ApplicationStatus.APPROVED
        assert not Assignment.objects.exists()

    def test_a_platform_that_changed_its_addresses_meanwhile(self, cast, approved, take_in, now):
        instagram = platform("instagram")
        instagram.reserved = [*instagram.reserved, "laholmsbibliotek"]
        instagram.record(by=cast.communicator, now=now, reason="Inget konto längre")
        with pytest.raises(RefusedError, match="pekar inte på ett konto"):
            take_in(approved)


class TestTakeIntoUse:
    @pytest.mark.parametrize("who", ["librarian", "assistant", "communicator"])
    def test_by_those_who_look_after_it(self, cast, planned, use, today, who):
        person = getattr(cast, who)
        account = use(planned, person)
        assert (account.status, account.in_use_since) == (AccountStatus.ACTIVE, today)
        assert last_of(account).history_user == person
        assert list(Account.objects.public()) == [account]

    @pytest.mark.parametrize("who", ["manager", "deputy", "head", "outsider", "outsider_manager", "administrator"])
    def test_by_nobody_else(self, cast, planned, use, now, who):
        assert not may_take_into_use(planned, getattr(cast, who), now)
        with pytest.raises(PermissionDenied):
            use(planned, getattr(cast, who))

    def test_not_by_one_whose_duty_is_over(self, cast, use, today):
        account = AccountFactory(substitute=cast.assistant)
        yesterday = today - timedelta(days=1)
        AssignmentFactory(account=account, user=cast.outsider, from_date=yesterday, to_date=yesterday)
        with pytest.raises(PermissionDenied):
            use(account, cast.outsider)

    def test_at_the_address_that_it_got(self, cast, planned, use):
        account = use(planned, cast.librarian, "https://instagram.com/Laholms.Bibliotek/")
        assert (account.web_address, account.handle) == (
            "https://www.instagram.com/laholms.bibliotek",
            "laholms.bibliotek",
        )
        assert account.canonical_key == "instagram:instagram.com/laholms.bibliotek"

    def test_not_at_an_address_that_is_none(self, cast, planned, use):
        with pytest.raises(RefusedError, match="ingen webbadress"):
            use(planned, cast.librarian, "laholm")

    def test_not_at_another_accounts_address(self, cast, planned, use):
        AccountFactory(platform=platform("instagram"), handle="upptaget")
        with pytest.raises(RefusedError, match="Ett annat konto i registret"):
            use(planned, cast.librarian, "@upptaget")
        assert Account.objects.get(pk=planned.pk).status == AccountStatus.PLANNED

    @pytest.mark.parametrize(("duty", "missing"), [("responsible", "Ersättare"), ("substitute", "Ansvarig")])
    def test_not_before_both_are_named(self, cast, use, duty, missing):
        account = AccountFactory(**{duty: cast.librarian})
        with pytest.raises(RefusedError, match=f"{missing} saknas"):
            use(account, cast.communicator)

    def test_not_when_one_of_them_has_left(self, cast, planned, use, now):
        cast.assistant.is_active = False
        cast.assistant.record(by=cast.administrator, now=now, reason="Slutade")
        with pytest.raises(RefusedError, match="Ersättare saknas"):
            use(planned, cast.librarian)

    @pytest.mark.parametrize("status", [AccountStatus.ACTIVE, AccountStatus.CLOSING, AccountStatus.CLOSED])
    def test_only_what_is_planned(self, cast, use, today, status):
        since = today - timedelta(days=300)
        account = AccountFactory(
            status=status, in_use_since=since, responsible=cast.librarian, substitute=cast.assistant
        )
        with pytest.raises(RefusedError):
            use(account, cast.librarian)
        assert Account.objects.get().in_use_since == since


class TestFollowUnit:
    def test_accounts_follow_their_unit_to_its_new_board(self, cast, now):
        account, other = AccountFactory(unit=cast.library), AccountFactory(unit=cast.building_permits)
        cast.library.board = cast.building_board
        cast.library.record(by=cast.administrator, now=now, reason="Omorganisation")
        assert follow_unit(cast.library, by=cast.administrator, now=now) == 1
        account.refresh_from_db()
        assert account.board == cast.building_board
        assert "Biblioteket" in last_of(account).history_change_reason
        assert other.history.count() == 1
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_left_behind_they_are_refused_at_commit(self, cast, now):
        AccountFactory(unit=cast.library)
        cast.library.board = cast.building_board
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="account_board_is_its_units"), transaction.atomic():
            cast.library.record(by=cast.administrator, now=now, reason="Omorganisation")


class TestSeeing:
    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("librarian", True),
            ("assistant", True),
            ("manager", True),
            ("deputy", True),
            ("head", True),
            ("communicator", True),
            ("outsider", False),
            ("outsider_manager", False),
            ("administrator", False),
        ],
    )
    def test_visible_to(self, cast, planned, today, who, sees):
        assert Account.objects.visible_to(getattr(cast, who), today).exists() is sees

    @pytest.mark.parametrize("status", AccountStatus)
    def test_public_is_what_is_really_in_use(self, status, today):
        AccountFactory(status=status, in_use_since=today)
        assert Account.objects.public().exists() is (status in {AccountStatus.ACTIVE, AccountStatus.CLOSING})


@pytest.mark.django_db(transaction=True)
class TestRace:
    def test_registered_once(self, cast, approved, take_in, monkeypatch):
        meet_at(monkeypatch, register, "read_address")
        outcomes = race(lambda: take_in(approved), lambda: take_in(approved))
        assert len(winners(outcomes)) == 1
        (error,) = losers(outcomes)
        assert isinstance(error, RefusedError)
        assert "redan registrerad" in str(error)
        assert (Account.objects.count(), Assignment.objects.count()) == (1, 2)

    def test_without_the_lock_the_constraint_still_holds(self, cast, approved, take_in, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, register, "read_address")
        outcomes = race(lambda: take_in(approved), lambda: take_in(approved))
        assert len(winners(outcomes)) == Account.objects.count() == 1
        assert "finns redan i registret" in str(losers(outcomes)[0]), "by the constraint now, not by the lock"

    def test_taken_into_use_once(self, cast, planned, use, monkeypatch):
        meet_at(monkeypatch, register, "require_account_step")
        outcomes = race(lambda: use(planned, cast.librarian), lambda: use(planned, cast.communicator))
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], RefusedError)
        assert planned.history.count() == 2

    def test_without_the_lock_it_would_be_taken_twice(self, cast, planned, use, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, register, "require_account_step")
        outcomes = race(lambda: use(planned, cast.librarian), lambda: use(planned, cast.communicator))
        assert len(winners(outcomes)) == 2
        assert planned.history.count() == 3

    def test_two_accounts_for_one_address(self, cast, planned, use):
        other = AccountFactory(
            platform=platform("instagram"), handle="annat", responsible=cast.librarian, substitute=cast.assistant
        )
        address = "https://www.instagram.com/bibliotek"
        outcomes = race(lambda: use(planned, cast.librarian, address), lambda: use(other, cast.communicator, address))
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], RefusedError)
