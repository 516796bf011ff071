"""Those who look after an account are reminded by mail of its snapshot (R19, R20)."""

from datetime import date, timedelta

import pytest

from accounts.enums import Duty
from archive.models import SnapshotReminder
from archive.services import snapshot_reminders
from archive.services.planned_changes import announce_change
from archive.services.snapshot_reminders import remind
from archive.tasks import remind_of_snapshots
from laholm_sociala.common.models import Mail
from tests.archive.snapshots import uploaded
from tests.clock import NOW, TODAY
from tests.factories import AbsenceFactory, AccountFactory
from tests.queries import assert_same_query_count
from tests.race import losers, meet_at, race, take_the_lock_away

pytestmark = pytest.mark.django_db
DUE, LATE = date(2025, 11, 27), date(2025, 11, 10)
SATURDAY = NOW + timedelta(days=4)


@pytest.fixture
def used_since(cast):
    """Make an account that the librarian and the assistant look after, in use since the day."""

    def make(day, name="Laholms bibliotek", **more):
        people = {"responsible": cast.librarian, "substitute": cast.assistant, **more}
        made = AccountFactory(active=True, name=name, unit=cast.library, **people)
        made.in_use_since = day
        made.record(by=cast.librarian, now=NOW, reason="Prov")
        return made

    return make


def mails():
    return {mail.to[0]: mail for mail in Mail.objects.filter(text__contains="Öppna Ögonblicksbilder")}


def addresses(*people):
    return {person.email for person in people}


def test_what_is_due_this_month_goes_to_the_responsible(used_since, cast):
    account = used_since(DUE)
    assert remind(NOW) == 1
    mail = mails()[cast.librarian.email]
    assert mail.subject == "En ögonblicksbild att ta"
    assert f"- {account}. Senast fredag 27 november." in mail.text
    assert set(mails()) == addresses(cast.librarian)


def test_what_is_due_next_month_can_wait(used_since):
    used_since(date(2025, 12, 1))
    assert remind(NOW) == 0


def test_while_the_responsible_is_away_the_substitute_is_told(used_since, cast):
    used_since(DUE)
    AbsenceFactory(user=cast.librarian, from_date=TODAY, to_date=TODAY)
    remind(NOW)
    assert set(mails()) == addresses(cast.assistant)


def test_where_nobody_is_there_the_manager_is(used_since, cast):
    used_since(DUE)
    for person in (cast.librarian, cast.assistant):
        AbsenceFactory(user=person, from_date=TODAY, to_date=TODAY)
    remind(NOW)
    assert set(mails()) == addresses(cast.manager, cast.deputy)


def test_what_is_overdue_goes_to_all_of_them(used_since, cast):
    used_since(LATE)
    remind(NOW)
    assert set(mails()) == addresses(cast.librarian, cast.assistant, cast.manager, cast.deputy)
    assert mails()[cast.manager.email].subject == "En ögonblicksbild är försenad"


def test_one_mail_says_everything(used_since, cast):
    used_since(LATE, "Sagor")
    used_since(DUE, "Boktips")
    remind(NOW)
    mail = Mail.objects.get(to=[cast.librarian.email])
    assert "Sagor" in mail.text
    assert "Boktips" in mail.text
    assert "Boktips" not in mails()[cast.manager.email].text


def test_nobody_is_told_twice_in_a_month(used_since, cast):
    used_since(DUE)
    remind(NOW)
    assert remind(NOW + timedelta(days=1)) == 0


def test_while_it_is_overdue_once_each_month(used_since, cast):
    used_since(LATE)
    assert remind(NOW) == 4
    assert remind(NOW + timedelta(days=1)) == 0
    assert remind(NOW + timedelta(days=8)) == 4


def test_once_it_becomes_overdue_it_is_told_again(used_since, cast):
    used_since(date(2025, 11, 25))
    assert remind(NOW) == 1
    assert remind(NOW + timedelta(days=2)) == 4


def test_what_is_taken_is_told_of_no_more(used_since, cast):
    uploaded(used_since(LATE), by=cast.librarian)
    assert remind(NOW) == 0


def test_a_planned_change_is_told_of_too(account, cast):
    change_on = TODAY + timedelta(days=9)
    announce_change(account.pk, what="Nytt namn", planned_on=change_on, by=cast.manager, now=NOW)
    remind(NOW)
    assert "Före ändringen torsdag 3 december." in mails()[cast.librarian.email].text


def test_not_on_a_day_off(used_since):
    used_since(DUE)
    assert remind(SATURDAY) == 0


def test_every_working_morning(used_since, cast):
    used_since(DUE)
    remind_of_snapshots(0)
    assert set(mails()) == addresses(cast.librarian)


def test_those_who_have_left_are_told_nothing(used_since, cast):
    account = used_since(LATE)
    account.assignments.filter(duty=Duty.SUBSTITUTE).get()
    cast.assistant.is_active = False
    cast.assistant.record(by=cast.administrator, now=NOW, reason="Slutade")
    remind(NOW)
    assert cast.assistant.email not in mails()


def test_costs_the_same_however_many_accounts_a_person_has(used_since):
    names = iter(["Boktips", "Sagor", "Romaner"])
    used_since(DUE)
    remind(NOW)
    # Told already: what is left is to find out that there is nothing to say.
    assert_same_query_count(lambda: remind(NOW), add_row=lambda: (used_since(DUE, next(names)), remind(NOW)))


@pytest.mark.django_db(transaction=True)
class TestTwoWorkers:
    def test_write_one_mail(self, used_since, monkeypatch):
        used_since(DUE)
        meet_at(monkeypatch, snapshot_reminders, "_kind")
        outcomes = race(lambda: remind(NOW), lambda: remind(NOW))
        assert losers(outcomes) == []
        assert Mail.objects.count() == SnapshotReminder.objects.count() == 1

    def test_without_the_lock_one_would_fail(self, used_since, monkeypatch):
        used_since(DUE)
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, snapshot_reminders, "_kind")
        assert len(losers(race(lambda: remind(NOW), lambda: remind(NOW)))) == 1
