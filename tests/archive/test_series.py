"""How a board diarieför is chosen on screen, and changes nothing that is numbered (R16)."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from archive.enums import DiaryKind, NumberForm
from archive.models import Matter, Series
from archive.services import entries
from archive.services import series as service
from archive.services.diary_check import faults
from archive.services.series import Settings, set_up_series
from laholm_sociala.common.errors import RefusedError
from tests.archive.factories import SeriesFactory, matter, registrar_of
from tests.clock import NOW
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count
from tests.race import meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db
LIST = "/diarium/serier/"
HEALTH = "Hälsa och sexualliv, OSL 21 kap. 1 §"


def address(board):
    return reverse("archive:series-edit", args=[board.pk])


def portal(prefix="KUN-SM", **chosen):
    return Settings(DiaryKind.PORTAL, prefix, **chosen)


@pytest.fixture
def typed():
    return {"kind": "portal", "prefix": "kun-sm", "number_form": "six_digits", "usual_provisions": f"{HEALTH}\n\n"}


class TestPage:
    def test_administrator_chooses_for_a_board(self, cast, typed, client_for):
        client = client_for(cast.administrator)
        page = Page(client.post(address(cast.culture_board), typed, follow=True))
        assert page.messages == ["Kultur- och utvecklingsnämnden diarieför så från och med nu."]
        series = Series.objects.get()
        assert (series.prefix, series.usual_provisions) == ("KUN-SM", [HEALTH])
        assert "KUN-SM. En vanlig bestämmelse." in page.text

    def test_the_boards_registrator_does_too(self, cast, registrar, typed, client_for):
        client_for(registrar).post(address(cast.culture_board), {**typed, "usual_provisions": ""})
        assert Series.objects.get().usual_provisions == []

    def test_administrator_finds_it_under_administration(self, cast, client_for):
        assert LIST in Page(client_for(cast.administrator).get(reverse("accounts:administration"))).links.values()

    def test_page_says_that_another_prefix_is_a_new_series(self, opened, registrar, client_for):
        page = Page(client_for(registrar).get(address(opened.board)))
        assert "Skriver du en annan beteckning börjar en ny serie från 1" in page.text
        assert page.typed("usual_provisions") == HEALTH

    @pytest.mark.parametrize(
        ("wrong", "errors"),
        [
            ({"prefix": ""}, {"prefix": "Skriv två till sex versaler och -SM, till exempel KUN-SM."}),
            ({"prefix": "2022"}, {"prefix": "Skriv två till sex versaler och -SM, till exempel KUN-SM."}),
            ({"kind": ""}, {"kind": "Välj var nämnden diarieför"}),
            ({"usual_provisions": "x" * 151}, {"usual_provisions": "Skriv varje bestämmelse på högst 150 tecken"}),
        ],
    )
    def test_says_what_is_wrong_beside_the_field(self, wrong, errors, cast, typed, client_for):
        page = Page(client_for(cast.administrator).post(address(cast.culture_board), {**typed, **wrong}))
        assert page.errors == errors
        assert not Series.objects.exists()

    def test_who_may(self, cast, series, registrar, stranger, client_for):
        url, history = address(cast.culture_board), reverse("archive:series-history", args=[cast.culture_board.pk])
        for each in (LIST, url, history):
            assert_asks_for_sign_in(each)
            assert client_for(registrar).get(each).status_code == 200
        for person in (cast.librarian, cast.communicator):
            assert client_for(person).get(LIST).status_code == 403
        for person in (cast.librarian, cast.communicator, stranger):
            assert {client_for(person).get(url).status_code, client_for(person).get(history).status_code} == {404}
            assert client_for(person).post(url).status_code == 404
        assert Page(client_for(stranger).get(LIST)).rows == ["Miljö- och byggnadsnämnden"]
        assert client_for(cast.administrator).get(reverse("archive:series-edit", args=[uuid4()])).status_code == 404
        assert_only_get(client_for(registrar), LIST)

    def test_costs_the_same_with_more_boards(self, cast, client_for):
        client, letters = client_for(cast.administrator), iter("ABC")
        add = lambda: SeriesFactory(prefix=f"{next(letters)}N-SM")  # noqa: E731
        assert_same_query_count(lambda: client.get(LIST), add_row=add)


class TestFromNowOn:
    def test_another_prefix_begins_a_new_series_and_leaves_what_is_numbered(self, opened, registrar):
        set_up_series(opened.board_id, portal("KUL-SM"), by=registrar, now=NOW)
        opened.refresh_from_db()
        assert str(opened) == "KUN-SM 2026-000001"
        assert str(matter(opened.board, by=registrar)) == "KUL-SM 2026-000001"
        assert [series.prefix for series in Series.objects.in_use()] == ["KUL-SM"]
        assert list(faults()) == []

    def test_series_that_has_numbered_nothing_takes_the_prefix_itself(self, series, registrar):
        assert set_up_series(series.board_id, portal("KUL-SM"), by=registrar, now=NOW) == series
        assert Series.history.filter(id=series.pk).count() == 2

    def test_form_of_the_number_changes_what_comes_after(self, opened, registrar):
        set_up_series(opened.board_id, portal(number_form=NumberForm.PLAIN), by=registrar, now=NOW)
        assert str(matter(opened.board, by=registrar)) == "KUN-SM 2026-2"

    def test_prefix_of_an_ended_series_is_never_used_again(self, opened, registrar):
        set_up_series(opened.board_id, portal("KUL-SM"), by=registrar, now=NOW)
        matter(opened.board, by=registrar)
        with pytest.raises(RefusedError, match="har använts"):
            set_up_series(opened.board_id, portal("KUN-SM"), by=registrar, now=NOW)

    def test_board_goes_over_to_its_existing_diarium_and_keeps_its_prefix(self, opened, registrar):
        changed = set_up_series(opened.board_id, Settings(DiaryKind.EXISTING), by=registrar, now=NOW)
        assert changed.prefix == "KUN-SM"
        with pytest.raises(RefusedError, match="Skriv ärendets nummer"):
            matter(opened.board, by=registrar)

    def test_board_that_never_numbered_here_needs_no_prefix(self, cast):
        chosen = set_up_series(cast.culture_board.pk, Settings(DiaryKind.EXISTING), by=cast.administrator, now=NOW)
        assert chosen.prefix is None

    def test_nothing_changed_is_no_history(self, opened, registrar):
        chosen = portal(usual_provisions=(HEALTH,))
        set_up_series(opened.board_id, chosen, by=registrar, now=NOW)
        assert Series.history.count() == 1

    def test_others_are_refused(self, cast, series, stranger):
        for person in (stranger, cast.librarian, cast.communicator):
            with pytest.raises(PermissionDenied):
                set_up_series(series.board_id, portal("KUL-SM"), by=person, now=NOW)


class TestDatabase:
    def refused(self, series, **changes):
        for name, value in changes.items():
            setattr(series, name, value)
        someone = registrar_of(series.board)
        with pytest.raises(DatabaseError), transaction.atomic():
            series.record(by=someone, now=NOW, reason="Prov")

    def test_prefix_of_issued_numbers_stands(self, opened, series):
        self.refused(series, prefix="KUL-SM")

    def test_ended_series_stands(self, opened, series, registrar):
        set_up_series(opened.board_id, portal("KUL-SM"), by=registrar, now=NOW)
        series.refresh_from_db()
        self.refused(series, ended_at=None)

    def test_series_of_the_portal_has_a_prefix(self, series):
        self.refused(series, prefix=None)

    def test_one_series_in_use(self, series):
        with pytest.raises(DatabaseError), transaction.atomic():
            SeriesFactory(board=series.board, prefix="KUL-SM")


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def at_once(self, series, registrar):
        return race(
            lambda: set_up_series(series.board_id, portal("KUL-SM"), by=registrar, now=NOW),
            lambda: matter(series.board, by=registrar),
        )

    def assert_prefix_is_the_series(self):
        assert all(found.designation.startswith(found.series.prefix) for found in Matter.objects.all())

    def test_number_bears_the_prefix_of_its_series(self, series, registrar, monkeypatch):
        meet_at(monkeypatch, entries, "next_number")
        meet_at(monkeypatch, service, "put")
        assert len(winners(self.at_once(series, registrar))) == 2
        self.assert_prefix_is_the_series()

    def test_two_who_choose_at_once_leave_one_series(self, cast, monkeypatch):
        meet_at(monkeypatch, service, "_begin")
        choose = lambda: set_up_series(cast.culture_board.pk, portal(), by=cast.administrator, now=NOW)  # noqa: E731
        assert len(winners(race(choose, choose))) == 2
        assert Series.objects.count() == 1

    def test_without_the_lock_one_would_fail(self, cast, monkeypatch):
        meet_at(monkeypatch, service, "_begin")
        take_the_lock_away(monkeypatch)
        choose = lambda: set_up_series(cast.culture_board.pk, portal(), by=cast.administrator, now=NOW)  # noqa: E731
        assert len(winners(race(choose, choose))) == 1
