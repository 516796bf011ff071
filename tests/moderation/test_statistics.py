"""Uppföljning: how well the limit is met, for whom it may be seen, and what is never in it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.services.terms import terms_in_force
from laholm_sociala.common.swedish import STOCKHOLM
from moderation.enums import ActionKind, CaseStatus, Category, Lane
from moderation.models import Case
from moderation.statistics import Figures, as_rows, statistics
from tests.factories import AccountFactory
from tests.moderation.factories import library_account, log_post
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db

URL = "/uppfoljning/"
CSV = "/uppfoljning/uppfoljning.csv"
MONDAY = datetime(2026, 11, 9, 9, 0, tzinfo=STOCKHOLM)


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek")


@pytest.fixture
def decided(account, cast):
    """Log a post on Monday 9 November at 9, decided so many hours later."""

    def decide(*, hours: float = 2, on=account, at: datetime = MONDAY, **attributes) -> Case:
        case = log_post(on, now=at, by=cast.librarian, **attributes)
        case.status, case.outcome, case.decided_at = CaseStatus.DECIDED, ActionKind.LEFT, at + timedelta(hours=hours)
        case.record(by=cast.librarian, now=case.decided_at, reason="Lät stå kvar")
        return case

    return decide


def counted(
    now, cases=None, since=datetime(2026, 1, 1, tzinfo=STOCKHOLM), until=datetime(2027, 1, 1, tzinfo=STOCKHOLM)
):
    found = cases if cases is not None else Case.objects.all()
    return statistics(found, terms_in_force(now).calendar, since=since, until=until, now=now)


def said(figures: Figures) -> tuple[int, int, int]:
    return figures.handled, figures.within, figures.found_late


class TestWhatIsCounted:
    def test_in_time_and_too_late(self, decided, now):
        decided(hours=2, text="a")
        decided(hours=100, text="b")
        assert said(counted(now).total) == (2, 1, 0)
        assert counted(now).total.share == 50

    def test_undecided_counts_when_its_time_is_out_and_not_before(self, account, now):
        log_post(account, now=MONDAY)
        assert said(counted(MONDAY).total) == (0, 0, 0)
        assert said(counted(now).total) == (1, 0, 0)

    def test_found_late_stands_apart(self, decided, now):
        decided(text="a")
        decided(text="b", published_at=MONDAY - timedelta(days=30))
        assert said(counted(now).total) == (1, 1, 1)

    def test_what_may_be_secret_is_left_out(self, decided, now):
        decided(may_be_secret=True)
        assert said(counted(now).total) == (0, 0, 0)

    @pytest.mark.parametrize("lane", [lane for lane in Lane if lane != Lane.INAPPROPRIATE])
    def test_only_what_the_guidelines_limit_holds_for(self, lane, account, now):
        log_post(account, now=MONDAY, lane=lane)
        assert said(counted(now).total) == (0, 0, 0)

    def test_working_time_is_the_calendars(self, decided, now):
        friday = datetime(2026, 11, 13, 16, 0, tzinfo=STOCKHOLM)
        decided(at=friday, hours=65)  # Monday at 9: an hour on Friday, and one on Monday
        assert counted(now).total.half_in_words == "2 timmar"

    def test_middle_and_ninth_of_ten(self, decided, now):
        # 1, 2 … 6 working hours: lunch, which does not count, is between the third and the fourth.
        for hours in (1, 2, 3, 5, 6, 7):
            decided(hours=hours, text=str(hours))
        total = counted(now).total
        assert (total.half_in_words, total.most_in_words) == ("3 timmar 30 minuter", "5 timmar 30 minuter")

    def test_by_month_in_stockholm(self, decided, now):
        decided(at=datetime(2026, 10, 31, 23, 30, tzinfo=STOCKHOLM), text="a")
        decided(at=datetime(2026, 11, 1, 0, 30, tzinfo=STOCKHOLM), text="b")
        months = {month.label: month.handled for month in counted(now).months}
        assert len(months) == 12
        assert (months["oktober 2026"], months["november 2026"], months["maj 2026"]) == (1, 1, 0)

    def test_by_category_and_account_in_swedish_order(self, decided, cast, now):
        decided(text="a", category=Category.VIOLENCE)
        decided(text="b", category=Category.ADVERTISING)
        other = library_account(cast, name="Åkes boktips")
        decided(on=other, text="c", category=Category.ADVERTISING)
        found = counted(now)
        assert [(line.label, line.handled) for line in found.categories] == [
            ("Kommersiell reklam", 2),
            ("Våldsskildringar", 1),
        ]
        assert [line.label for line in found.accounts] == ["Laholms bibliotek, Facebook", "Åkes boktips, Facebook"]

    def test_names_nobody_and_quotes_nothing(self, decided, cast, now):
        decided(text="Hemlig text", author="Kritiker Karlsson")
        whole = str(list(as_rows(counted(now))))
        for secret in ("Hemlig", "Kritiker", cast.librarian.name, cast.librarian.title):
            assert secret not in whole

    def test_as_many_queries_however_many(self, decided, now, client_for, cast):
        client = client_for(cast.communicator)
        texts = iter("abc")
        assert_same_query_count(lambda: client.get(URL), add_row=lambda: decided(text=next(texts)))


class TestPage:
    def test_says_it_in_a_sentence_and_tables(self, decided, client_for, cast):
        decided(text="a")
        decided(text="b", hours=100)
        page = Page(client_for(cast.communicator).get(URL))
        assert page.heading == "Uppföljning"
        assert page.lead.startswith("50 % av två inlägg granskades inom tiden")
        assert len(page.soup.select("table")) == len(page.soup.select("svg.ls-chart")) == 3

    def test_empty(self, client_for, cast):
        page = Page(client_for(cast.communicator).get(URL))
        assert page.lead == "Inget inlägg blev granskat under den tiden."

    def test_a_year(self, decided, client_for, cast):
        decided()
        client = client_for(cast.communicator)
        assert Page(client.get(URL, {"ar": "2025"})).lead == "Inget inlägg blev granskat under den tiden."
        assert Page(client.get(URL, {"ar": "2026"})).lead.startswith("100 % av ett inlägg")
        assert Page(client.get(URL, {"ar": "1066"})).lead.startswith("100 %")

    def test_drawing_has_no_style_of_its_own(self, decided, client_for, cast):
        decided()
        page = Page(client_for(cast.communicator).get(URL))
        assert page.soup.select("main svg rect")
        assert not page.soup.select("main [style], main style")

    def test_manager_sees_the_own_accounts(self, decided, cast, client_for):
        decided(text="a")
        other = AccountFactory(unit=cast.building_permits, active=True, responsible=cast.outsider)
        decided(on=other, text="b")
        assert "ett inlägg" in Page(client_for(cast.manager).get(URL)).lead
        assert "två inlägg" in Page(client_for(cast.communicator).get(URL)).lead

    def test_others_may_not(self, cast, client_for):
        for person in (cast.librarian, cast.outsider, cast.administrator):
            assert client_for(person).get(URL).status_code == 403
            assert client_for(person).get(CSV).status_code == 403

    def test_anonymous_is_sent_to_login(self):
        assert_asks_for_sign_in(URL)
        assert_asks_for_sign_in(CSV)

    def test_nothing_can_be_sent(self, cast, client_for):
        assert_only_get(client_for(cast.communicator), URL)
        assert_only_get(client_for(cast.communicator), CSV)


class TestSpreadsheet:
    def lines(self, client: Client) -> list[str]:
        response = client.get(CSV)
        assert response.headers["Content-Disposition"] == 'attachment; filename="uppfoljning-2026-11-24.csv"'
        return response.getvalue().decode("utf-8-sig").splitlines()

    def test_has_every_division(self, decided, cast, client_for):
        decided()
        lines = self.lines(client_for(cast.communicator))
        assert lines[1] == "Alla;Alla;1;1;100;2,00;2,00;0"
        assert "Konto;Laholms bibliotek, Facebook;1;1;100;2,00;2,00;0" in lines
        assert "Vad det gäller;Personangrepp;1;1;100;2,00;2,00;0" in lines

    def test_no_name_becomes_a_formula(self, decided, cast, client_for):
        decided(on=library_account(cast, name="=cmd|' /C calc'!A0"))
        assert "Konto;'=cmd|' /C calc'!A0, Facebook;" in "\n".join(self.lines(client_for(cast.communicator)))
