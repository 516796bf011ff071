"""The queue: what is most urgent first, one's own accounts first, and nothing of what may be secret."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from laholm_sociala.common.swedish import STOCKHOLM
from moderation import queue
from moderation.enums import Category, CriminalGround, Lane, Source
from moderation.services import taking
from tests.factories import AccountFactory, AssignmentFactory
from tests.moderation.battery import decide
from tests.moderation.factories import library_account, log_post
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, words_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db

URL = "/granska/"


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek")


@pytest.fixture
def colleagues_account(cast):
    """An account of the same board, that somebody else looks after."""
    return AccountFactory(unit=cast.culture_department, name="Laholms kulturskola", active=True, responsible=cast.head)


@pytest.fixture
def shown(cast, client_for):
    """The queue as the librarian sees it, or another."""
    return lambda who=cast.librarian, **query: Page(client_for(who).get(URL, query))


def parts(page: Page) -> dict[str, list[str]]:
    """The headings of the parts, and under each the rows' headings."""
    sections = page.soup.select("#kon section")
    return {words_of(one.h2): [words_of(heading) for heading in one.select("h3")] for one in sections}


def statuses(page: Page) -> list[str]:
    return [words_of(status) for status in page.soup.select("#kon .ls-status")]


class TestParts:
    def test_each_post_stands_where_its_time_puts_it(self, account, cast, shown, now):
        log_post(account, lane=Lane.CRIMINAL, text="Hot")  # now
        log_post(account, now=now - timedelta(days=7), category=Category.ADVERTISING, text="Lån")  # late
        log_post(account, lane=Lane.QUESTION, text="Har ni sagostund på lovet?")  # by tomorrow
        log_post(account, category=Category.COPYRIGHT)  # Thursday
        log_post(account, lane=Lane.OWN_POST, text="Fel bild")  # Friday
        decide(log_post(account, category=Category.VIOLENCE, text="Slag"), by=cast.librarian, now=now)
        assert parts(shown()) == {
            "Nu": ["Uppenbart brottsligt: olaga hot", "Kommersiell reklam"],
            "I dag och i morgon": ["”Har ni sagostund på lovet?”"],
            "Senare i veckan": ["Intrång i upphovsrätt", "Vårt eget inlägg"],
            "Återstår att avsluta": ["Våldsskildringar"],
        }

    def test_next_week_is_later(self, account, shown, clock):
        clock.now = datetime(2026, 11, 27, 15, 0, tzinfo=STOCKHOLM)
        log_post(account, now=clock.now)
        page = shown()
        assert parts(page) == {"Senare": ["Personangrepp"]}
        assert statuses(page) == ["Senast tisdag 1 december kl. 15.00"]

    def test_own_accounts_first_within_each_part(self, account, colleagues_account, shown, now):
        log_post(colleagues_account, category=Category.VIOLENCE, now=now - timedelta(hours=1))
        log_post(account, category=Category.OBSCENITY)
        log_post(colleagues_account, lane=Lane.CRIMINAL, text="Hot")
        assert parts(shown()) == {
            "Nu": ["Uppenbart brottsligt: olaga hot"],
            "Senare i veckan": ["Obscena ord", "Våldsskildringar"],
        }

    def test_what_must_go_at_once_stands_before_ones_own(self, account, colleagues_account, shown, now):
        log_post(account, now=now - timedelta(days=7))
        log_post(colleagues_account, lane=Lane.CRIMINAL, text="Hot")
        assert parts(shown()) == {"Nu": ["Uppenbart brottsligt: olaga hot", "Personangrepp"]}

    def test_the_part_is_told_in_sql_as_on_the_screen(self, account, shown, clock):
        case = log_post(account)
        for moment, part in (
            (case.due_at, "Nu"),
            (case.due_at - timedelta(minutes=1), "I dag och i morgon"),
            (case.due_at.replace(hour=0, minute=0) - timedelta(days=1), "I dag och i morgon"),
            (case.due_at.replace(hour=0, minute=0) - timedelta(days=1, minutes=1), "Senare i veckan"),
        ):
            clock.now = moment
            assert list(parts(shown())) == [part]


class TestCounts:
    def test_in_words(self, account, colleagues_account, shown):
        log_post(account)
        log_post(colleagues_account)
        log_post(colleagues_account, text="En till")
        assert shown().lead == "Ett på dina konton, två på kollegornas. Det som brådskar mest ligger överst."

    def test_only_own(self, account, shown):
        log_post(account)
        assert shown().lead.startswith("Ett på dina konton. ")

    def test_only_others(self, account, shown, cast):
        log_post(account)
        assert shown(cast.communicator).lead.startswith("Ett på kollegornas konton. ")

    def test_calm(self, account, shown):
        page = shown()
        assert page.lead == "Inget att granska."
        assert "Allt är lugnt." in page.text

    def test_menu_counts_what_waits_on_ones_own_accounts(self, account, colleagues_account, shown):
        log_post(account)
        log_post(colleagues_account)
        menu = shown().soup.select_one("nav a[aria-current=page]")
        assert words_of(menu) == "Inlägg att granska1 att göra"


class TestRow:
    def test_says_who_is_on_it(self, account, cast, shown, now):
        case = log_post(account)
        taking.take(case.pk, by=cast.assistant, now=now)
        assert "Assistent Asp har den." in shown().text
        page = shown(cast.assistant)
        assert "Du har den." in page.text
        assert page.links["Öppna personangrepp"] == reverse("moderation:case-detail", args=[case.pk])

    def test_locks_nobody_out(self, account, cast, shown, now):
        case = log_post(account)
        taking.take(case.pk, by=cast.assistant, now=now)
        button = shown().soup.select_one(f"#gor-{case.pk}")
        assert words_of(button) == "Jag tar den: personangrepp"

    def test_only_the_first_button_is_filled(self, account, shown):
        log_post(account)
        log_post(account, text="Ett till")
        assert len(shown().soup.select("#kon .btn-primary")) == 1

    def test_a_report_says_when_it_came(self, account, shown, now):
        log_post(account, source=Source.PUBLIC, reported_at=now - timedelta(days=2, hours=1))
        assert "Rapporterat söndag kl. 09.00." in shown().text

    def test_spam_is_told_by_its_first_words_and_an_attack_is_not_quoted(self, account, shown):
        log_post(account, category=Category.ADVERTISING, text="Lån på 20 minuter, klicka här  " * 9)
        log_post(account, text="Hon är så korkad.")
        page = shown()
        assert "”Lån på 20 minuter, klicka här Lån på 20 minuter, klicka här …”" in page.text
        assert "korkad" not in page.text

    def test_explains_its_date(self, account, shown):
        case = log_post(account)
        assert shown().links["Så räknade vi för personangrepp"] == f"/granska/{case.pk}/sa-raknade-vi/"

    def test_found_too_late(self, account, shown, now):
        log_post(account, published_at=now - timedelta(days=30))
        page = shown()
        assert parts(page) == {"Nu": ["Personangrepp"]}
        assert statuses(page) == ["Upptäckt för sent. Åtgärda senast torsdag 26 november kl. 10.00"]

    def test_text_that_is_no_longer_kept(self, account, shown):
        case = log_post(account, lane=Lane.QUESTION, text="", link="https://www.facebook.com/x/posts/1")
        assert parts(shown())["I dag och i morgon"] == [case.subject]


class TestSecrecy:
    SECRET = {"text": "Min granne vårdas på", "author": "Granne Gran", "place": "Under inlägget om vård"}

    def test_those_with_access_get_the_account_and_the_time_alone(self, account, shown):
        log_post(account, lane=Lane.CRIMINAL, may_be_secret=True, **self.SECRET)
        page = shown()
        assert parts(page) == {"Nu": ["Inlägg på Laholms bibliotek"]}
        assert statuses(page) == ["Kan vara sekretess. Ta bort nu"]
        assert "Texten visas bara när du öppnar den, och det antecknas." in page.text
        for word in ("granne", "Gran", "vård", "olaga hot"):
            assert word not in str(page.soup.main)

    def test_others_see_no_trace(self, account, cast, shown):
        log_post(account, lane=Lane.SECRECY, **self.SECRET)
        colleague = AssignmentFactory(account=AccountFactory(unit=cast.culture_department, active=True)).user
        for person in (colleague, cast.communicator, cast.outsider, cast.administrator):
            page = shown(person)
            assert parts(page) == {}
            assert page.lead == "Inget att granska."
            assert account.name not in str(page.soup.main)

    def test_search_does_not_look_in_it(self, account, shown):
        log_post(account, lane=Lane.SECRECY, **self.SECRET)
        assert parts(shown(q="granne")) == {}

    def test_a_filter_does_not_tell_more_than_that(self, account, shown):
        log_post(account, lane=Lane.CRIMINAL, may_be_secret=True, **self.SECRET)
        assert parts(shown(galler="criminal")) == {}
        assert parts(shown(galler="sekretess")) == {"Nu": ["Inlägg på Laholms bibliotek"]}

    def test_it_is_opened_one_at_a_time(self, account, shown):
        log_post(account, lane=Lane.SECRECY, **self.SECRET)
        assert not shown().soup.select("#kon [type=checkbox]")


class TestFilters:
    def test_by_account(self, account, colleagues_account, shown):
        log_post(account)
        log_post(colleagues_account, category=Category.VIOLENCE)
        page = shown(konto=str(colleagues_account.pk))
        assert parts(page) == {"Senare i veckan": ["Våldsskildringar"]}
        assert page.choices("konto") == ["Alla", "Laholms bibliotek på Facebook", "Laholms kulturskola på Facebook"]
        assert page.soup.select_one("main details").has_attr("open")

    def test_by_what_it_is_about(self, account, shown):
        log_post(account, category=Category.VIOLENCE)
        log_post(account, lane=Lane.QUESTION, text="När öppnar ni?")
        assert parts(shown(galler="violence")) == {"Senare i veckan": ["Våldsskildringar"]}
        assert parts(shown(galler="question")) == {"I dag och i morgon": ["”När öppnar ni?”"]}

    def test_one_category_is_not_the_crime_of_the_same_name(self, account, shown):
        log_post(account, lane=Lane.CRIMINAL, criminal_grounds=(CriminalGround.VIOLENCE,))
        assert parts(shown(galler="violence")) == {}

    def test_by_whose_they_are(self, account, colleagues_account, cast, shown, now):
        log_post(account)
        taken = log_post(colleagues_account, category=Category.VIOLENCE)
        taking.take(taken.pk, by=cast.librarian, now=now)
        assert parts(shown(vem="mina")) == {"Senare i veckan": ["Personangrepp"]}
        assert parts(shown(vem="kollegornas")) == {"Senare i veckan": ["Våldsskildringar"]}
        assert parts(shown(vem="tagna")) == {"Senare i veckan": ["Våldsskildringar"]}

    def test_search_finds_every_word_in_any_order(self, account, shown):
        log_post(account, text="Lån på 20 minuter", category=Category.ADVERTISING)
        log_post(account, text="Hon är korkad")
        assert parts(shown(q="minuter LÅN")) == {"Senare i veckan": ["Kommersiell reklam"]}
        assert parts(shown(q="lån korkad")) == {}

    def test_search_never_looks_at_who_wrote_it(self, account, shown):
        log_post(account, author="Kritiker Karlsson")
        page = shown(q="Karlsson")
        assert parts(page) == {}
        assert "Inget inlägg stämmer" in page.text

    def test_no_filter_by_author(self, shown, account):
        names = {field["name"] for field in shown().soup.select("form[role=search] [name]")}
        assert names == {"q", "konto", "galler", "vem"}

    def test_what_is_no_choice_changes_nothing(self, account, shown):
        log_post(account)
        assert list(parts(shown(konto="hej", galler="hej", vem="hej"))) == ["Senare i veckan"]


class TestPaging:
    def test_in_the_queues_order(self, account, shown, monkeypatch):
        monkeypatch.setattr(queue, "PAGE_SIZE", 2)
        for text in "abc":
            log_post(account, lane=Lane.QUESTION, text=text)
        first, second = shown(), shown(page="2")
        assert [len(rows) for rows in (first.rows, second.rows)] == [2, 1]
        assert {*first.rows, *second.rows} == {"”a”", "”b”", "”c”"}
        assert not second.soup.select("#kon .btn-primary")

    def test_as_many_queries_however_many(self, account, cast, client_for):
        client = client_for(cast.librarian)
        texts = iter("abc")
        assert_same_query_count(lambda: client.get(URL), add_row=lambda: log_post(account, text=next(texts)))


class TestWho:
    def test_a_manager_sees_the_units_and_a_registrator_of_the_board_nothing_ordinary(self, account, cast, shown):
        log_post(account)
        assert list(parts(shown(cast.manager))) == ["Senare i veckan"]
        assert parts(shown(cast.outsider)) == {}

    def test_anonymous_is_sent_to_login(self):
        assert_asks_for_sign_in(URL)

    def test_nothing_can_be_sent(self, cast, client_for):
        assert_only_get(client_for(cast.librarian), URL)
