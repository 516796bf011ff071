"""Reports that lead to no account of ours, as kommunikationsenheten meets them."""

from uuid import uuid4

import pytest
from django.urls import reverse

from moderation.models import Case, PublicReport
from moderation.reported import Answer, Wrong
from moderation.services.reporting import place_report
from tests.clock import NOW
from tests.factories import AccountFactory
from tests.moderation.factories import library_account, picture
from tests.moderation.reporting import WORDS, reported
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, assert_only_post
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
LIST = reverse("moderation:report-list")
PAGES = ["detail", "place", "answer", "picture"]


def address(name, report):
    return reverse(f"moderation:report-{name}", args=[getattr(report, "pk", report)])


@pytest.fixture
def report(db):
    return reported(wrong=Wrong.FAKE, link="https://www.facebook.com/laholms.vinnare", text=WORDS, picture=picture())


@pytest.fixture
def communicator(client_for, cast):
    return client_for(cast.communicator)


class TestWhoGetsIn:
    @pytest.mark.parametrize("name", PAGES)
    def test_anonymous_are_sent_to_sign_in(self, report, name):
        assert_asks_for_sign_in(address(name, report))

    @pytest.mark.parametrize("name", PAGES)
    def test_others_are_refused(self, report, cast, client_for, name):
        method = "post" if name in {"place", "answer"} else "get"
        for person in (cast.librarian, cast.manager, cast.administrator):
            assert getattr(client_for(person), method)(address(name, report)).status_code == 403

    @pytest.mark.parametrize("name", PAGES)
    def test_unknown_is_404(self, communicator, name):
        method = "post" if name in {"place", "answer"} else "get"
        assert getattr(communicator, method)(address(name, uuid4())).status_code == 404

    @pytest.mark.parametrize("name", ["place", "answer"])
    def test_changes_are_sent(self, report, communicator, name):
        assert_only_post(communicator, address(name, report))

    @pytest.mark.parametrize("name", ["detail", "picture"])
    def test_pages_are_read(self, report, communicator, name):
        assert_only_get(communicator, address(name, report))

    @pytest.mark.parametrize("name", PAGES)
    def test_one_on_an_account_is_read_with_its_case_alone(self, report, communicator, cast, name):
        place_report(report.pk, library_account(cast), by=cast.communicator, now=NOW)
        method = "post" if name in {"place", "answer"} else "get"
        assert getattr(communicator, method)(address(name, report)).status_code == 404


class TestList:
    def test_the_oldest_first_and_nothing_of_what_they_say(self, communicator, report, clock):
        reported(wrong=Wrong.OTHER, now=clock.move(hours=1))
        page = Page(communicator.get(LIST))
        assert page.rows == ["Ett falskt konto som låtsas vara kommunen", "Något annat"]
        assert WORDS not in page.text
        assert "vinnare" not in page.text

    def test_only_those_that_wait(self, communicator, cast):
        reported(library_account(cast))
        assert Page(communicator.get(LIST)).rows == []

    def test_nothing_waits(self, communicator):
        assert "Allt är lugnt." in Page(communicator.get(LIST)).text

    def test_rows_cost_no_queries(self, communicator):
        assert_same_query_count(lambda: communicator.get(LIST), add_row=reported)

    def test_waits_under_att_gora(self, communicator, report, client_for, cast):
        page = Page(communicator.get(reverse("to-do")))
        assert "En rapport utan konto" in page.text
        assert WORDS not in page.text
        assert "rapport utan konto" not in Page(client_for(cast.librarian).get(reverse("to-do"))).text


class TestDetail:
    def test_shows_what_was_said(self, communicator, report):
        page = Page(communicator.get(address("detail", report)))
        assert page.heading == "Ett falskt konto som låtsas vara kommunen"
        assert WORDS in page.text
        assert page.links["facebook.com/laholms.vinnare"] == "https://www.facebook.com/laholms.vinnare"
        assert page.soup.select_one("main img")["src"] == address("picture", report)
        assert page.buttons == ["Lägg på kontot", "Svara"]

    def test_title_says_the_number_alone(self, communicator, report):
        assert Page(communicator.get(address("detail", report))).title == f"Rapport {report.receipt_in_groups}"

    def test_the_picture_is_drawn_anew_and_can_do_nothing(self, communicator):
        report = reported(picture=picture("skarmbild.jpg", form="JPEG"))
        response = communicator.get(address("picture", report))
        assert response.content.startswith(b"\x89PNG")
        assert response.content != bytes(report.picture.original)
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert "no-store" in response.headers["Cache-Control"]

    def test_markup_is_text(self, communicator):
        report = reported(text="<script>alert(1)</script>")
        page = Page(communicator.get(address("detail", report)))
        assert page.soup.select("main script") == []


class TestPlace:
    def test_opens_the_case(self, communicator, report, cast):
        account = library_account(cast)
        response = communicator.post(address("place", report), {"account": account.pk}, follow=True)
        assert Page(response).messages == ["Rapporten är lagd på kontot, och de som sköter det granskar."]
        assert Case.objects.get().account == account

    @pytest.mark.parametrize("account", ["", uuid4()])
    def test_no_account_chosen(self, communicator, report, account):
        page = Page(communicator.post(address("place", report), {"account": account}))
        assert page.errors == {"account": "Välj vilket konto det gäller"}
        assert page.title.startswith("Fel:")

    def test_a_planned_account_cannot_be_chosen(self, communicator, report):
        page = Page(communicator.post(address("place", report), {"account": AccountFactory().pk}))
        assert list(page.errors) == ["account"]


class TestAnswer:
    def test_answers(self, communicator, report):
        response = communicator.post(address("answer", report), {"answer": Answer.FAKE_REPORTED}, follow=True)
        assert Page(response).messages[0].startswith("Svaret står på kvittots sida.")
        assert PublicReport.objects.get().answer == Answer.FAKE_REPORTED
        page = Page(communicator.get(address("detail", report)))
        assert (page.buttons, Answer.FAKE_REPORTED.label in page.text) == ([], True)

    def test_none_chosen(self, communicator, report):
        page = Page(communicator.post(address("answer", report), {}))
        assert page.errors == {"answer": "Välj ett svar"}

    def test_the_second_is_told(self, communicator, report):
        communicator.post(address("answer", report), {"answer": Answer.NOT_OURS})
        response = communicator.post(address("answer", report), {"answer": Answer.PASSED_ON}, follow=True)
        assert Page(response).messages[-1] == "Rapporten är redan besvarad."
        assert PublicReport.objects.get().answer == Answer.NOT_OURS
