"""The receipt, and following a report by its number."""

import pytest
from django.test import Client
from django.urls import reverse

from moderation.enums import CaseStatus, RecordChoice
from moderation.models import Case, PublicReport
from moderation.report_numbers import SIGNS, decoy_receipt, in_groups, is_decoy, new_receipt, read_receipt
from moderation.reported import Answer, Wrong
from moderation.services.report_outcomes import DISCREET, OUTCOMES
from moderation.services.reporting import answer_report
from moderation.workflow import DECIDES
from tests.accounts.markers import account_of_markers, hidden_markers
from tests.clock import NOW
from tests.moderation.factories import library_account
from tests.moderation.reporting import WORDS, reported
from tests.pages import Page, words_of

pytestmark = pytest.mark.django_db
FOLLOW = reverse("moderation:report-follow")


def address(receipt: str) -> str:
    return reverse("moderation:report-receipt", args=[receipt])


def read(report: PublicReport) -> Page:
    response = Client().get(address(report.receipt))
    assert response.status_code == 200
    return Page(response)


def panel(page: Page) -> str:
    return words_of(page.soup.select_one(".ls-panel h2"))


def decide(case: Case, outcome: str, cast, *, closed: bool = False) -> None:
    case.status, case.outcome, case.decided_at = CaseStatus.DECIDED, outcome, NOW
    case.record(by=cast.librarian, now=NOW, reason="Upplagt för prov")
    if closed:
        case.status, case.closed_at, case.record_choice = CaseStatus.CLOSED, NOW, RecordChoice.REGISTER
        case.record(by=cast.librarian, now=NOW, reason="Upplagt för prov")


class TestReceipt:
    def test_says_the_number_and_what_comes_next(self, cast):
        report = reported(library_account(cast))
        page = read(report)
        assert page.heading == "Tack, vi har tagit emot din rapport"
        assert panel(page) == f"Kvitto {in_groups(report.receipt)}"
        assert "Vi granskar senast torsdag 26 november kl. 10.00 ." in page.text
        assert "Vid fara: ring 112" in page.text

    def test_also_without_an_account(self):
        assert "Vi granskar senast" in read(reported(wrong=Wrong.FAKE)).text

    def test_what_may_be_secret_is_promised_as_anything_else(self, cast):
        account = library_account(cast)
        secret = reported(account, wrong=Wrong.PRIVATE)
        other = reported(account, link="https://www.facebook.com/laholmsbibliotek/posts/2")
        assert secret.review_by == other.review_by

    def test_what_is_promised_stays_when_the_case_is_late(self, cast, clock):
        report = reported(library_account(cast))
        clock.move(days=30)
        assert "26 november" in read(report).text

    @pytest.mark.parametrize("typed", [str.lower, in_groups, lambda receipt: f"{receipt[:3]}-{receipt[3:]}"])
    def test_however_the_number_is_written(self, cast, typed):
        report = reported(library_account(cast))
        assert Client().get(address(typed(report.receipt))).status_code == 200

    def test_is_for_no_index_and_no_cache_and_sets_no_cookie(self, cast):
        response = Client().get(address(reported(library_account(cast)).receipt))
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert "no-store" in response.headers["Cache-Control"]
        assert "Set-Cookie" not in response.headers

    def test_nothing_can_be_sent(self):
        response = Client().post(address("AAAAAAAAAA"))
        assert (response.status_code, response.headers["Allow"]) == (405, "GET")


class TestNobodysData:
    def test_nothing_of_the_post_the_reporter_or_the_people_is_there(self, cast):
        account = account_of_markers()
        report = reported(account, text=WORDS, email="dold-reporter@exempel.example")
        pages = [read(report)]
        decide(report.case, "removed", cast, closed=True)
        pages.append(read(report))
        for page in pages:
            content = page.response.content.decode()
            hidden = [*hidden_markers(), WORDS, str(report.pk), str(report.case_id), str(account.pk), account.name]
            assert [marker for marker in hidden if marker in content] == []

    def test_not_even_which_way_it_went(self, cast):
        report = reported(library_account(cast), wrong=Wrong.PRIVATE)
        assert "ekretess" not in read(report).text


class TestOutcome:
    @pytest.mark.parametrize("closed", [False, True])
    @pytest.mark.parametrize(("outcome", "sentence"), OUTCOMES.items())
    def test_in_one_sentence(self, cast, outcome, sentence, closed):
        report = reported(library_account(cast))
        decide(report.case, outcome, cast, closed=closed)
        page = read(report)
        assert (page.heading, panel(page)) == ("Svar på din rapport", sentence)

    def test_what_stays_says_that_criticism_is_allowed(self):
        assert "kritik mot kommunen är tillåten" in OUTCOMES["left"]

    def test_every_way_to_decide_has_its_sentence(self):
        assert set().union(*DECIDES.values()) <= set(OUTCOMES)

    @pytest.mark.parametrize("outcome", ["removed", "gone"])
    def test_of_what_may_be_secret_reveals_nothing(self, cast, outcome):
        report = reported(library_account(cast), wrong=Wrong.PRIVATE)
        decide(report.case, outcome, cast, closed=True)
        assert panel(read(report)) == DISCREET

    def test_neither_for_one_who_called_it_something_else(self, cast):
        account = library_account(cast)
        reported(account, wrong=Wrong.PRIVATE)
        report = reported(account, wrong=Wrong.COARSE)
        decide(report.case, "removed", cast, closed=True)
        assert panel(read(report)) == DISCREET

    @pytest.mark.parametrize("answer", Answer)
    def test_of_what_was_about_none_of_our_accounts(self, cast, answer):
        report = reported(wrong=Wrong.FAKE)
        answer_report(report.pk, answer, by=cast.communicator, now=NOW)
        assert panel(read(report)) == answer.label

    def test_a_post_opened_again_is_looked_at_again(self, cast):
        report = reported(library_account(cast))
        decide(report.case, "left", cast)
        case = report.case
        case.status, case.outcome, case.decided_at = CaseStatus.NEW, "", None
        case.record(by=cast.librarian, now=NOW, reason="Upplagt för prov")
        assert panel(read(report)).startswith("Kvitto")


class TestUnknown:
    @pytest.mark.parametrize("receipt", ["AAAAAAAAAA", "finns-inte", "åäö", "x" * 300, "%00", "'--"])
    def test_is_a_friendly_404_with_the_question_again(self, receipt):
        response = Client().get(address(receipt))
        page = Page(response)
        assert response.status_code == 404
        assert page.heading == "Vi hittar ingen rapport med det numret"
        assert page.soup.select_one('main [name="nummer"]')["value"] == receipt
        assert "noindex" in response.headers["X-Robots-Tag"]

    def test_guessing_comes_to_an_end(self, settings):
        settings.RECEIPT_GUESSES_PER_SENDER = 2
        codes = [Client().get(address(f"AAAAAAAAA{number}")).status_code for number in range(4)]
        assert codes == [404, 404, 429, 429]

    def test_but_who_knows_the_number_is_always_let_in(self, settings, cast):
        settings.RECEIPT_GUESSES_PER_SENDER = 1
        report = reported(library_account(cast))
        for _ in range(3):
            Client().get(address("AAAAAAAAAA"))
        assert Client().get(address(report.receipt)).status_code == 200


class TestFollow:
    def test_asks_for_the_number(self):
        page = Page(Client().get(FOLLOW))
        assert page.title == page.heading == "Följ din rapport"
        assert "Set-Cookie" not in page.response.headers

    def test_leads_to_the_report(self, cast):
        report = reported(library_account(cast))
        response = Client().get(FOLLOW, {"nummer": report.receipt_in_groups.lower()})
        assert (response.status_code, response.url) == (302, address(report.receipt))

    @pytest.mark.parametrize("typed", ["", "  ", "---"])
    def test_nothing_typed_says_so(self, typed):
        assert Page(Client().get(FOLLOW, {"nummer": typed})).errors == {"nummer": "Skriv numret på kvittot"}

    @pytest.mark.parametrize("typed", ["a\0b", "x" * 100])
    def test_nonsense_is_survived(self, typed):
        assert list(Page(Client().get(FOLLOW, {"nummer": typed})).errors) == ["nummer"]

    def test_nothing_can_be_sent(self):
        response = Client().post(FOLLOW)
        assert (response.status_code, response.headers["Allow"]) == (405, "GET")


class TestNumbers:
    def test_are_of_signs_that_cannot_be_mistaken(self):
        assert set("".join(new_receipt() for _ in range(200))) <= set(SIGNS)
        for alike in ("0OQD", "1I", "2Z", "5S", "8B", "6G", "MN", "UV", "PB", "TD", "FS"):
            assert len(set(alike) & set(SIGNS)) <= 1

    def test_are_read_aloud_in_three_groups(self):
        assert in_groups("K7M4XR9FJL") == "K7M 4XR 9FJL"
        assert read_receipt(" k7m-4xr 9fjl ") == "K7M4XR9FJL"

    def test_never_come_again(self):
        assert len({new_receipt() for _ in range(1000)}) == 1000

    def test_of_machines_are_told_from_all_others(self):
        assert all(is_decoy(decoy_receipt()) for _ in range(100))
        assert not any(is_decoy(new_receipt()) for _ in range(1000))

    def test_of_machines_look_like_any_other(self):
        assert {len(decoy_receipt()), len(new_receipt())} == {10}
        assert set("".join(decoy_receipt() for _ in range(200))) <= set(SIGNS)
