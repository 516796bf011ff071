"""A planned major change asks for a snapshot first (R19)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from archive.models import PlannedChange
from archive.services.planned_changes import announce_change, withdraw_change
from laholm_sociala.common import to_do
from laholm_sociala.common.errors import RefusedError
from tests.accounts.closings import asked_for
from tests.archive.snapshots import to_judge, uploaded
from tests.clock import NOW, TODAY
from tests.factories import registered_account
from tests.pages import Page, assert_asks_for_sign_in
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db
WHAT, DAY = "Nytt namn och ny profilbild", TODAY + timedelta(days=9)
CALENDAR = reverse("archive:snapshot-list")


def announced(account, *, by, now=NOW, **more):
    return announce_change(account.pk, **{"what": WHAT, "planned_on": DAY, "by": by, "now": now, **more})


def asks(person, heading="En ögonblicksbild att ta"):
    return [
        task.meta for section in to_do.sections(person, NOW) if section.heading == heading for task in section.tasks
    ]


class TestAnnounce:
    def test_waits_for_its_snapshot(self, account, cast):
        change = announced(account, by=cast.librarian)
        assert list(PlannedChange.objects.waiting()) == [change]
        assert change.history.get().history_change_reason == "Större ändring anmäld"

    def test_a_good_snapshot_from_after_it_is_enough(self, account, cast):
        announced(account, by=cast.librarian)
        uploaded(account, by=cast.librarian, taken_at=NOW)
        assert not PlannedChange.objects.waiting().exists()

    def test_one_from_before_it_is_not(self, account, cast):
        announced(account, by=cast.librarian)
        uploaded(account, by=cast.librarian, taken_at=NOW - timedelta(minutes=1))
        assert PlannedChange.objects.waiting().exists()

    def test_one_that_nobody_has_judged_is_not(self, account, cast, tmp_path):
        announced(account, by=cast.librarian)
        to_judge(account, tmp_path, by=cast.librarian, taken_at=NOW)
        assert PlannedChange.objects.waiting().exists()

    @pytest.mark.parametrize(
        ("wrong", "field"), [({"what": " "}, "what"), ({"planned_on": TODAY - timedelta(days=1)}, "planned_on")]
    )
    def test_what_is_wrong_is_said_beside_its_field(self, account, cast, wrong, field):
        with pytest.raises(RefusedError) as refusal:
            announced(account, by=cast.librarian, **wrong)
        assert refusal.value.field == field

    def test_one_at_a_time(self, account, cast):
        announced(account, by=cast.librarian)
        with pytest.raises(RefusedError, match="redan anmäld"):
            announced(account, by=cast.assistant)
        uploaded(account, by=cast.librarian, taken_at=NOW)
        later = NOW + timedelta(minutes=5)
        assert announced(account, by=cast.assistant, now=later).announced_at == later

    def test_only_of_an_account_in_use(self, cast):
        planned = registered_account(unit=cast.library, applicant=cast.librarian, by=cast.communicator)
        with pytest.raises(RefusedError, match="inte i bruk"):
            announced(planned, by=cast.librarian)

    def test_others_than_its_keepers_may_not(self, account, cast):
        with pytest.raises(PermissionDenied):
            announced(account, by=cast.outsider)


class TestWithdraw:
    def test_then_nothing_is_asked_for(self, account, cast):
        change = announced(account, by=cast.librarian)
        withdraw_change(change.pk, by=cast.assistant, now=NOW)
        assert not PlannedChange.objects.waiting().exists()

    def test_twice_is_refused(self, account, cast):
        change = announced(account, by=cast.librarian)
        withdraw_change(change.pk, by=cast.librarian, now=NOW)
        with pytest.raises(RefusedError, match="redan återtagen"):
            withdraw_change(change.pk, by=cast.librarian, now=NOW)

    def test_others_than_its_keepers_may_not(self, account, cast):
        change = announced(account, by=cast.librarian)
        with pytest.raises(PermissionDenied):
            withdraw_change(change.pk, by=cast.outsider, now=NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM archive_plannedchange",
        "UPDATE archive_plannedchange SET what = 'Något annat'",
        "UPDATE archive_plannedchange SET announced_at = now()",
    ],
)
def test_postgresql_lets_it_be_taken_back_alone(account, cast, statement):
    announced(account, by=cast.librarian)
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert refusal.value.__cause__.sqlstate == "23001"


class TestWhatIsAskedFor:
    def test_stands_in_the_calendar_and_under_att_gora(self, account, cast, client_for):
        announced(account, by=cast.librarian)
        page = Page(client_for(cast.librarian).get(CALENDAR))
        assert page.rows == [str(account)]
        assert "Före ändringen torsdag 3 december." in page.text
        assert page.links[f"Skicka skärmbilder av {account}"].endswith("?varfor=before_change")
        assert asks(cast.librarian) == asks(cast.assistant) == ["Före ändringen torsdag 3 december."]
        assert asks(cast.communicator) == []

    def test_goes_when_the_page_is_kept(self, account, cast, client_for):
        announced(account, by=cast.librarian)
        uploaded(account, by=cast.librarian, taken_at=NOW)
        assert Page(client_for(cast.librarian).get(CALENDAR)).rows == []
        assert asks(cast.librarian) == []

    def test_a_day_that_has_passed_is_late(self, account, cast, client_for, clock):
        announced(account, by=cast.librarian, planned_on=TODAY)
        clock.move(days=1)
        assert "Försenad" in Page(client_for(cast.librarian).get(CALENDAR)).text

    def test_a_closing_stands_there_too_until_its_snapshot_is_taken(self, account, cast, client_for):
        asked_for(account, by=cast.librarian)
        page = Page(client_for(cast.librarian).get(CALENDAR))
        assert page.rows == [str(account)]
        assert "Innan kontot avslutas." in page.text
        assert page.links[f"Skicka skärmbilder av {account}"].endswith("?varfor=closing")
        assert asks(cast.librarian) == ["Innan kontot avslutas."]
        uploaded(account, by=cast.librarian, taken_at=NOW, reason="closing")
        assert Page(client_for(cast.librarian).get(CALENDAR)).rows == []


class TestPages:
    @pytest.fixture
    def url(self, account):
        return reverse("archive:change-plan", args=[account.pk])

    def test_is_announced_from_the_accounts_page(self, account, cast, client_for, url):
        client = client_for(cast.librarian)
        page = Page(client.get(reverse("accounts:account-detail", args=[account.pk])))
        assert page.links["Planera en större ändring"] == url
        page = Page(client.post(url, {"what": WHAT, "planned_on": "2026-12-03"}, follow=True))
        assert page.messages == ["Ändringen är anmäld. Ta en ögonblicksbild innan du ändrar."]
        assert f"Torsdag 3 december: {WHAT}" in page.text
        page = Page(client.get(reverse("accounts:account-detail", args=[account.pk])))
        assert f"Före ändringen torsdag 3 december ska en ny tas: {WHAT}" in page.text
        assert "Planera en större ändring" not in page.links

    def test_where_the_page_is_open_the_portal_takes_the_picture(self, open_account, cast, client_for):
        announced(open_account, by=cast.librarian)
        page = Page(client_for(cast.librarian).get(reverse("archive:snapshot-timeline", args=[open_account.pk])))
        take, send = "Ta ögonblicksbild före ändringen", "Skicka egna skärmbilder"
        assert page.links[take] == f"{reverse('archive:snapshot-capture', args=[open_account.pk])}?varfor=before_change"
        assert page.links[send] == f"{reverse('archive:snapshot-upload', args=[open_account.pk])}?varfor=before_change"

    def test_stand_in_the_accounts_historik(self, account, cast, client_for):
        withdraw_change(announced(account, by=cast.librarian).pk, by=cast.assistant, now=NOW)
        page = Page(client_for(cast.manager).get(reverse("accounts:account-history", args=[account.pk])))
        assert "Större ändring anmäld" in page.text
        assert f"Vad ändras: {WHAT}" in page.text
        assert "Ändringen återtagen" in page.text

    def test_faults_stand_beside_their_fields_and_what_is_typed_is_kept(self, cast, client_for, url):
        page = Page(client_for(cast.librarian).post(url, {"what": WHAT, "planned_on": "i morgon"}))
        assert page.errors == {"planned_on": "Skriv dagen som 2026-12-03"}
        page = Page(client_for(cast.librarian).post(url, {"what": WHAT, "planned_on": "2026-11-01"}))
        assert "Dagen har passerat" in page.errors["planned_on"]
        assert page.typed("what") == WHAT

    def test_is_taken_back(self, account, cast, client_for):
        change = announced(account, by=cast.librarian)
        client = client_for(cast.librarian)
        back = Page(client.get(reverse("archive:snapshot-timeline", args=[account.pk]))).links[
            "Ändringen ska inte göras"
        ]
        assert WHAT in Page(client.get(back)).text
        page = Page(client.post(back, follow=True))
        assert page.messages == ["Ändringen är återtagen. Ingen ögonblicksbild behövs för den."]
        change.refresh_from_db()
        assert change.withdrawn_by == cast.librarian
        assert Page(client.post(back, follow=True)).messages == ["Ändringen är redan återtagen."]

    def test_who_may(self, account, cast, client_for, url):
        change = announced(account, by=cast.librarian)
        for where in (url, reverse("archive:change-withdraw", args=[account.pk, change.pk])):
            assert_asks_for_sign_in(where)
            assert client_for(cast.outsider).get(where).status_code == 404
            assert client_for(cast.head).post(where).status_code == 403
            assert client_for(cast.manager).get(where).status_code == 200
            assert client_for(cast.librarian).put(where).status_code == 405


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def both(self, account, cast):
        return race(
            lambda: announced(account, by=cast.librarian),
            lambda: announced(account, by=cast.assistant),
        )

    def test_two_who_announce_become_one_change(self, account, cast, monkeypatch):
        meet_at(monkeypatch, PlannedChange.objects, "waiting")
        (error,) = losers(self.both(account, cast))
        assert isinstance(error, RefusedError)
        assert PlannedChange.objects.count() == 1

    def test_two_who_take_it_back_take_it_back_once(self, account, cast, monkeypatch):
        change = announced(account, by=cast.librarian)
        meet_at(monkeypatch, PlannedChange, "record")
        (error,) = losers(self.both_take_back(change, cast))
        assert isinstance(error, RefusedError)

    def test_without_the_lock_postgresql_alone_would_refuse_the_second(self, account, cast, monkeypatch):
        change = announced(account, by=cast.librarian)
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, PlannedChange, "record")
        (error,) = losers(self.both_take_back(change, cast))
        assert isinstance(error, DatabaseError)

    def both_take_back(self, change, cast):
        return race(
            lambda: withdraw_change(change.pk, by=cast.librarian, now=NOW),
            lambda: withdraw_change(change.pk, by=cast.assistant, now=NOW),
        )

    def test_without_the_lock_there_would_be_two(self, account, cast, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, PlannedChange, "record")
        assert len(winners(self.both(account, cast))) == 2
