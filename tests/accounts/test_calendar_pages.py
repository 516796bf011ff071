from datetime import date

import pytest
from django.urls import reverse

from accounts import deadlines
from accounts.models import CalendarVersion
from accounts.services.calendar import save_calendar, with_day
from accounts.services.limits import calendar_now
from tests.accounts.holder import OpenPost, TestHolder
from tests.accounts.test_calendar_service import at
from tests.clock import NOW
from tests.factories import communicator
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
CALENDAR = reverse("accounts:calendar")
WEEK = reverse("accounts:calendar-week")
ADD = reverse("accounts:calendar-day-add")
MONDAY = date(2026, 11, 30)
EDIT = reverse("accounts:calendar-day-edit", args=["2026-11-30"])
REMOVE = reverse("accounts:calendar-day-remove", args=["2026-11-30"])
TYPED = {"seen": "1", "day": "2026-11-30", "label": "klämdag", "hours": ""}
SAVE = {"spara": "1"}


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.communicator)


@pytest.fixture
def posts(monkeypatch) -> TestHolder:
    holder = TestHolder(
        [OpenPost("Över helgen", at(27, 15), at(1, 15, month=12)), OpenPost("I veckan", at(24, 10), at(26, 10))]
    )
    monkeypatch.setattr(deadlines, "_holders", [holder])
    return holder


def add_day(day=MONDAY, *, hours=(), label="klämdag") -> CalendarVersion:
    """A day of the calendar's own, saved as another version."""
    current = calendar_now()
    content = with_day(current.content, day, hours=list(hours), label=label)
    save_calendar(content, seen=current.number, by=communicator(), now=NOW)
    return calendar_now()


class TestCalendar:
    def test_shows_week_own_days_and_the_days_off_of_years_ahead(self, client):
        add_day(hours=[["08:00", "12:00"]], label="dagen före julafton")
        page = Page(client.get(CALENDAR))
        assert page.heading == "Kalender"
        assert "Måndag 08.00–12.00, 13.00–17.00" in page.text
        assert "Söndag stängt" in page.text
        assert page.links["Måndag 30 november"] == EDIT
        assert "Dagen före julafton, 08.00–12.00" in page.text
        assert "Torsdag 24 december julafton" in page.text
        assert "Torsdag 6 maj 2027 Kristi himmelsfärdsdag" in page.text
        assert "Måndag 24 december 2029 julafton" in page.text

    def test_history_says_what_each_version_changed(self, client):
        add_day()
        page = Page(client.get(CALENDAR))
        assert "ändrade kalendern. Måndag 30 november: klämdag, stängt" in page.text
        assert "Kalendern lades in med portalen." in page.text

    def test_is_reached_from_rad_och_regler(self, client, client_for, cast):
        guidance = reverse("accounts:guidance")
        assert Page(client.get(guidance)).links["Kalender"] == CALENDAR
        assert "Kalender" not in Page(client_for(cast.manager).get(guidance)).links

    def test_costs_the_same_for_many(self, client):
        days = iter(range(1, 28))
        assert_same_query_count(lambda: client.get(CALENDAR), add_row=lambda: add_day(date(2026, 12, next(days))))

    def test_nothing_can_be_sent(self, client):
        assert_only_get(client, CALENDAR)


class TestAddDay:
    def test_shows_what_moves_before_anything_is_saved(self, client, posts):
        page = Page(client.post(ADD, TYPED))
        assert page.heading == "1 av 2 inlägg att granska får ny tidsfrist"
        assert page.rows == ["Över helgen"]
        assert "Var senast tisdag 1 december kl. 15.00, blir senast onsdag 2 december kl. 15.00" in page.text
        assert (page.typed("day"), page.typed("label")) == ("2026-11-30", "klämdag")
        assert page.buttons == ["Spara", "Ändra något mer"]
        assert CalendarVersion.objects.count() == 1

    def test_saves_and_moves(self, client, posts):
        page = Page(client.post(ADD, {**TYPED, **SAVE}, follow=True))
        assert page.messages == ["Kalendern är sparad. Ett inlägg att granska fick ny tidsfrist."]
        assert page.rows[0] == "Måndag 30 november"
        assert posts.posts[0].due == at(2, 15, month=12)

    def test_says_so_when_nothing_moves(self, client, posts):
        page = Page(client.post(ADD, {**TYPED, "day": "2027-01-04"}))
        assert page.heading == "Inga inlägg att granska får ny tidsfrist"

    def test_many_are_counted_after_the_first_fifty(self, client, posts):
        posts.posts = [OpenPost(f"Inlägg {number}", at(27, 15), at(1, 15, month=12)) for number in range(60)]
        page = Page(client.post(ADD, TYPED))
        assert page.heading == "60 av 60 inlägg att granska får ny tidsfrist"
        assert len(page.rows) == 50
        assert "Och tio till." in page.text

    def test_one_can_go_back_and_change_more(self, client, posts):
        page = Page(client.post(ADD, {**TYPED, "tillbaka": "1"}))
        assert page.heading == "Lägg till en dag"
        assert page.typed("label") == "klämdag"

    @pytest.mark.parametrize(
        ("changes", "field", "said"),
        [
            ({"day": ""}, "day", "Skriv vilken dag"),
            ({"day": "30 november"}, "day", "Skriv datumet som 2026-11-24"),
            ({"label": ""}, "label", "Skriv vad det är för dag"),
            ({"hours": "förmiddag"}, "hours", "Skriv tiderna som 08.00–12.00"),
            ({"hours": "8-12, 11-17"}, "hours", "Skriv tiderna som 08.00–12.00"),
            ({"hours": "12-8"}, "hours", "Skriv tiderna som 08.00–12.00"),
            ({"hours": "8-25"}, "hours", "Skriv tiderna som 08.00–12.00"),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field(self, client, changes, field, said):
        page = Page(client.post(ADD, {**TYPED, **changes}))
        assert page.title == "Fel: Lägg till en dag"
        assert list(page.errors) == [field]
        assert page.errors[field].startswith(said)

    @pytest.mark.parametrize("typed", ["8-12", "08.00–12.00", "08:00 - 12:00", "8.00-12"])
    def test_hours_are_taken_as_people_write_them(self, client, typed):
        client.post(ADD, {**TYPED, **SAVE, "hours": typed})
        assert calendar_now().content["dates"]["2026-11-30"]["hours"] == [["08:00", "12:00"]]

    def test_day_that_is_there_is_said(self, client):
        add_day()
        page = Page(client.post(ADD, {**TYPED, "seen": "2"}))
        assert page.errors["day"].startswith("Dagen finns redan i kalendern.")

    def test_somebody_was_before(self, client):
        add_day(date(2026, 12, 1))
        page = Page(client.post(ADD, {**TYPED, **SAVE}))
        assert page.summary[0].endswith("ändrade kalendern medan du höll på. Se hur den ser ut nu och gör om.")
        assert page.typed("label") == "klämdag"
        assert calendar_now().number == 2


class TestChangeAndRemoveDay:
    def test_shows_what_stands_and_saves(self, client):
        add_day(hours=[["08:00", "12:00"]])
        page = Page(client.get(EDIT))
        assert (page.typed("day"), page.typed("hours")) == ("2026-11-30", "08.00–12.00")
        client.post(EDIT, {**TYPED, **SAVE, "seen": "2", "hours": "8-10"})
        assert calendar_now().content["dates"]["2026-11-30"]["hours"] == [["08:00", "10:00"]]

    def test_is_taken_away_after_a_look(self, client, posts):
        add_day()
        assert Page(client.get(REMOVE)).lead == "Måndag 30 november, klämdag, blir en dag som andra."
        page = Page(client.post(REMOVE, {"seen": "2"}))
        assert page.heading == "1 av 2 inlägg att granska får ny tidsfrist"
        client.post(REMOVE, {"seen": "2", **SAVE})
        assert calendar_now().content["dates"] == {}
        assert posts.posts[0].due == at(1, 15, month=12)

    @pytest.mark.parametrize("day", ["2026-11-30", "2026-02-30", "snart"])
    @pytest.mark.parametrize("name", ["calendar-day-edit", "calendar-day-remove"])
    def test_unknown_is_404(self, client, name, day):
        assert client.get(reverse(f"accounts:{name}", args=[day])).status_code == 404


class TestWeek:
    def typed(self, **changes):
        days = ("mon", "tue", "wed", "thu", "fri")
        return {"seen": "1", **dict.fromkeys(days, "8-12, 13-17"), "sat": "", "sun": "", **changes}

    def test_shows_what_stands(self, client):
        page = Page(client.get(WEEK))
        assert (page.typed("mon"), page.typed("sun")) == ("08.00–12.00, 13.00–17.00", "")

    def test_saves(self, client, posts):
        assert Page(client.post(WEEK, self.typed(fri=""))).heading == "1 av 2 inlägg att granska får ny tidsfrist"
        client.post(WEEK, {**self.typed(fri=""), **SAVE})
        assert "fri" not in calendar_now().content["week"]

    def test_week_that_never_opens(self, client):
        page = Page(client.post(WEEK, {"seen": "1"}))
        assert page.summary[0].startswith("Någon dag i veckan")


@pytest.mark.parametrize("url", [CALENDAR, WEEK, ADD, EDIT, REMOVE])
def test_only_kommunikationsenheten(client_for, cast, url):
    for person in (cast.librarian, cast.manager, cast.administrator):
        assert client_for(person).get(url).status_code == 403
    assert_asks_for_sign_in(url)
