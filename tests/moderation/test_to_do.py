"""What the queue asks of people under Att göra."""

from datetime import timedelta

import pytest

from moderation.enums import Category, Lane
from moderation.services import advice, taking
from tests.factories import AccountFactory
from tests.moderation.battery import decide
from tests.moderation.factories import library_account, log_post
from tests.pages import Page, words_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek")


@pytest.fixture
def asked(client_for):
    """What stands on the start page: each heading, and the rows below it."""

    def sections(person) -> dict[str, list[str]]:
        page = Page(client_for(person).get("/"))
        parts = page.soup.select("main section, .ls-lines > li")
        return {words_of(part.h2): [words_of(row) for row in part.select("h3")] for part in parts}

    return sections


class TestEditor:
    def test_the_most_urgent_first(self, account, cast, asked, now):
        log_post(account)
        log_post(account, category=Category.ADVERTISING, text="Lån", now=now - timedelta(days=7))
        assert asked(cast.librarian)["Två inlägg att granska på dina konton"] == [
            "Kommersiell reklam",
            "Personangrepp",
        ]

    def test_says_why_and_leads_there(self, account, cast, client_for):
        case = log_post(account)
        page = Page(client_for(cast.librarian).get("/"))
        assert "Senast torsdag 26 november kl. 10.00. Laholms bibliotek, Facebook." in page.text
        assert page.links["Granska personangrepp"] == f"/granska/{case.pk}/"

    def test_not_what_is_decided_nor_what_colleagues_look_after(self, account, cast, asked, now):
        decide(log_post(account), by=cast.librarian, now=now)
        other = AccountFactory(unit=cast.culture_department, active=True, responsible=cast.head)
        log_post(other)
        assert not [heading for heading in asked(cast.librarian) if "granska" in heading]

    def test_what_may_be_secret_is_not_told(self, account, cast, client_for):
        log_post(account, lane=Lane.SECRECY, text="Min granne vårdas på")
        page = Page(client_for(cast.librarian).get("/"))
        assert "Inlägg på Laholms bibliotek" in page.rows
        assert "granne" not in str(page.soup)

    def test_as_many_queries_however_many(self, account, cast, client_for):
        client = client_for(cast.librarian)
        texts = iter("abc")
        assert_same_query_count(lambda: client.get("/"), add_row=lambda: log_post(account, text=next(texts)))


class TestKommunikationsenheten:
    def test_what_is_late(self, account, cast, client_for, asked, now):
        log_post(account, now=now - timedelta(days=7))
        assert asked(cast.communicator)["Ett inlägg för sent"] == ["Personangrepp"]
        assert "Biblioteket. Ingen har tagit det." in Page(client_for(cast.communicator).get("/")).text

    def test_the_unit_is_written_to_from_the_line(self, account, cast, client_for, now):
        log_post(account, now=now - timedelta(days=7))
        links = Page(client_for(cast.communicator).get("/")).links
        assert links[f"Mejla {cast.library.email}"] == f"mailto:{cast.library.email}"

    def test_questions_until_they_are_answered(self, account, cast, client_for, asked, calm, now):
        case = log_post(account)
        advice.ask(case.pk, question="Är det här ett personangrepp?", by=cast.librarian, now=now)
        assert asked(cast.communicator)["En fråga till oss"] == ["Personangrepp på Laholms bibliotek på Facebook"]
        page = Page(client_for(cast.communicator).get("/"))
        assert page.links["Ge råd om Laholms bibliotek på Facebook"] == f"/granska/{case.pk}/rad/"
        assert "”Är det här ett personangrepp?”" in page.text
        advice.advise(case.pk, advice="Ja.", by=cast.communicator, now=now)
        assert calm()

    def test_questions_about_what_may_be_secret_are_not_told(self, account, cast, calm, now):
        secret = log_post(account, lane=Lane.SECRECY, text="Min granne vårdas på")
        advice.ask(secret.pk, question="Får det stå kvar?", by=cast.librarian, now=now)
        assert calm()

    def test_who_has_it(self, account, cast, client_for, now):
        case = log_post(account, now=now - timedelta(days=7))
        taking.take(case.pk, by=cast.assistant, now=now)
        text = Page(client_for(cast.communicator).get("/")).text
        assert "Assistent Asp har den." in text
        assert "Ingen har tagit det." not in text

    @pytest.fixture
    def calm(self, client_for, cast):
        """Whether it is said that nothing is late, and that nobody asks."""

        def is_calm() -> bool:
            text = Page(client_for(cast.communicator).get("/")).text
            return "Inget inlägg för sent" in text and "Inga frågor till oss" in text

        return is_calm

    def test_nothing_late_is_said(self, account, calm):
        log_post(account)
        assert calm()

    def test_found_late_is_not_late_until_its_time_is_out(self, account, calm, now):
        log_post(account, published_at=now - timedelta(days=30))
        assert calm()

    def test_nothing_of_what_may_be_secret(self, account, calm, now):
        log_post(account, lane=Lane.SECRECY, now=now - timedelta(days=7))
        assert calm()

    def test_others_are_not_asked(self, account, cast, asked, now):
        log_post(account, now=now - timedelta(days=7))
        assert not [heading for heading in asked(cast.manager) if "för sent" in heading]
