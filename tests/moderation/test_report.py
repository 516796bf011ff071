"""Rapportera innehåll: the form that everyone may send."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import AccountStatus
from laholm_sociala.common.models import Mail
from moderation.enums import CaseStatus, Category, CriminalGround, Lane, Source
from moderation.forms.report import NO_PICTURE, UNKNOWN, stamp
from moderation.models import Case, Evidence, PublicReport, ReportContent, ReporterContact, ReportPicture
from moderation.report_numbers import is_decoy
from moderation.reported import Wrong
from tests.clock import NOW
from tests.factories import AccountFactory, platform
from tests.moderation.factories import library_account, picture_bytes
from tests.moderation.reporting import POST, URL, WORDS, send, typed, upload
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek", platform=platform("facebook"), handle="laholmsbibliotek")


def receipt_of(response) -> PublicReport:
    assert response.status_code == 302, Page(response).errors
    report = PublicReport.objects.get()
    assert response.url == reverse("moderation:report-receipt", args=[report.receipt])
    return report


class TestTheForm:
    def test_is_open_to_everyone(self):
        page = Page(Client().get(URL))
        assert page.response.status_code == 200
        assert page.title == page.heading == "Rapportera innehåll"
        assert "Vid fara: ring 112" in page.text
        assert "Lämna inga känsliga uppgifter; det du skickar blir allmän handling." in page.text
        assert "Ring polisen 114 14" in page.text

    def test_asks_in_everyday_words(self):
        page = Page(Client().get(URL))
        asked = [label.get_text() for label in page.soup.select("#div_id_wrong label")]
        assert [words.removesuffix(f". {NO_PICTURE}") for words in asked] == Wrong.labels
        assert f"Övergrepp mot barn. {NO_PICTURE}" in asked
        for category in (*Category.labels, "Uppenbart brottsligt"):
            assert category not in page.text

    def test_says_what_happens_with_the_data(self):
        told = Page(Client().get(URL)).soup.select_one("main details").get_text(" ")
        for word in (
            "personuppgiftsansvarig",
            "allmänt intresse",
            "gallringsbeslut",
            "rättade",
            "dataskyddsombud",
            "Integritetsskyddsmyndigheten",
        ):
            assert word in told

    def test_sets_the_forms_own_cookie_and_no_other(self, settings):
        response = Client().get(URL)
        assert list(response.cookies) == [settings.CSRF_COOKIE_NAME]
        assert "no-store" in response.headers["Cache-Control"]
        assert "Sidan sätter en enda kaka" in response.content.decode()

    def test_asks_for_no_account_before_it_has_to(self, account):
        page = Page(Client().get(URL))
        assert account.name not in page.text

    def test_opened_from_an_account_says_which(self, account):
        page = Page(Client().get(URL, {"konto": account.pk}))
        assert "Det gäller Laholms bibliotek på Facebook." in page.text
        assert page.typed("account") == str(account.pk)

    @pytest.mark.parametrize("konto", ["finns-inte", "0" * 40, "\0", "<b>"])
    def test_opened_from_nonsense_is_an_empty_form(self, konto):
        assert "Det gäller" not in Page(Client().get(URL, {"konto": konto})).text

    def test_opened_from_an_account_that_is_not_public_says_nothing(self, cast):
        planned = AccountFactory(unit=cast.library, name="Hemligt")
        assert "Hemligt" not in Page(Client().get(URL, {"konto": planned.pk})).text

    def test_opened_with_an_address_that_is_not_ours(self):
        page = Page(Client().get(URL, {"adress": "facebook.com/laholms.bibliotek.vinnare"}))
        assert page.typed("link") == "facebook.com/laholms.bibliotek.vinnare"
        assert page.typed("wrong") == [Wrong.FAKE]

    def test_without_csrf_token_nothing_is_taken(self):
        assert Client(enforce_csrf_checks=True).post(URL, typed()).status_code == 403


class TestTaken:
    def test_opens_a_case_on_the_account_of_the_link(self, account):
        report = receipt_of(send())
        case = Case.objects.get()
        assert (report.account, report.case, report.reported_at) == (account, case, NOW)
        assert (case.account, case.lane, case.category) == (account, Lane.INAPPROPRIATE, Category.PERSONAL_ATTACK)
        assert (case.source, case.status, case.reported_at) == (Source.PUBLIC, CaseStatus.NEW, NOW)
        assert (report.content.link, report.content.text) == (POST, WORDS)
        assert case.content.link == POST

    def test_what_the_reporter_writes_is_not_the_kept_copy(self, account):
        send()
        assert Case.objects.get().content.text == ""

    def test_the_picture_becomes_the_cases_copy(self, account):
        send(picture=upload())
        kept = Evidence.objects.get()
        assert (bytes(kept.original), kept.case) == (picture_bytes(), Case.objects.get())
        assert not ReportPicture.objects.exists()

    def test_link_copied_with_words_around_it(self, account):
        send(link=f"Kolla in det här inlägget! {POST} via Facebook")
        assert ReportContent.objects.get().link == POST

    def test_link_without_scheme(self, account):
        send(link=POST.removeprefix("https://www."))
        assert the_report().account == account

    def test_from_the_accounts_page_needs_no_link_but_something_to_go_by(self, account):
        assert Page(send(link="", text="", account=account.pk)).errors == {
            "link": "Klistra in länken, eller berätta vilket inlägg det är"
        }
        report = receipt_of(send(link="", account=account.pk))
        assert report.case.content.link == account.web_address

    def test_the_link_says_more_than_the_page_it_was_opened_from(self, account, cast):
        other = AccountFactory(active=True, unit=cast.building_permits)
        assert receipt_of(send(account=other.pk)).account == account

    def test_the_same_post_again_joins_the_case(self, account):
        send()
        send(link=POST + "?fbclid=abc")
        assert Case.objects.count() == 1
        assert set(PublicReport.objects.values_list("case", flat=True)) == {Case.objects.get().pk}

    @pytest.mark.parametrize(
        ("wrong", "lane", "grounds", "is_restricted"),
        [
            (Wrong.COARSE, Lane.INAPPROPRIATE, [], False),
            (Wrong.CRIME, Lane.CRIMINAL, [CriminalGround.THREAT], False),
            (Wrong.PRIVATE, Lane.SECRECY, [], True),
            (Wrong.CHILD_ABUSE, Lane.CRIMINAL, [CriminalGround.CHILD_ABUSE], False),
            (Wrong.OTHER, Lane.MESSAGE, [], False),
        ],
    )
    def test_everyday_words_lead_the_right_way(self, account, wrong, lane, grounds, is_restricted):
        send(wrong=wrong.value)
        case = Case.objects.get()
        assert (case.lane, case.criminal_grounds, case.is_restricted) == (lane, grounds, is_restricted)

    @pytest.mark.parametrize("wrong", [wrong for wrong in Wrong if wrong != Wrong.FAKE])
    def test_every_choice_opens_a_case(self, account, wrong):
        assert receipt_of(send(wrong=wrong.value)).case == Case.objects.get()

    def test_sets_no_session(self, account, settings):
        client = Client()
        send(client)
        assert settings.SESSION_COOKIE_NAME not in client.cookies


def the_report() -> PublicReport:
    return PublicReport.objects.get()


class TestSuspectedChildAbuse:
    """No picture and no words are taken, whatever is sent (BrB ch. 16 § 10 a; R23)."""

    def test_only_the_link_is_kept(self, account):
        report = receipt_of(send(wrong=Wrong.CHILD_ABUSE.value, picture=upload()))
        assert (report.content.link, report.content.text) == (POST, "")
        assert not Evidence.objects.exists()
        assert not ReportPicture.objects.exists()
        assert report.case.copy_forbidden

    def test_also_where_no_account_is_known(self):
        send(link="https://exempel.example/bild", wrong=Wrong.CHILD_ABUSE.value, picture=upload())
        report = the_report()
        assert report.content.text == ""
        assert not ReportPicture.objects.exists()

    def test_the_file_is_not_even_looked_at(self, account):
        assert send(wrong=Wrong.CHILD_ABUSE.value, picture=upload(content=b"nej")).status_code == 302


class TestWithoutAccount:
    def test_a_false_account_waits_for_kommunikationsenheten(self, account):
        report = receipt_of(send(link="https://www.facebook.com/laholms.vinnare", wrong=Wrong.FAKE.value))
        assert (report.account, report.case) == (None, None)
        assert list(PublicReport.objects.waiting()) == [report]

    def test_a_false_account_reported_from_a_true_ones_page_is_not_about_that(self, account):
        assert receipt_of(send(wrong=Wrong.FAKE.value, account=account.pk)).account is None

    def test_its_picture_is_kept_beside_it(self):
        send(link="https://www.facebook.com/laholms.vinnare", wrong=Wrong.FAKE.value, picture=upload())
        assert bytes(ReportPicture.objects.get().original) == picture_bytes()

    def test_a_post_whose_account_cannot_be_told_asks_for_it(self, account, cast):
        elsewhere = AccountFactory(active=True, unit=cast.library, name="Bilderna", platform=platform("instagram"))
        page = Page(send(link="https://www.facebook.com/permalink.php?story_fbid=1&id=2"))
        assert page.errors == {"account": "Välj vilket av våra konton det gäller, eller Vet inte"}
        assert page.choices("account") == ["Välj", "Laholms bibliotek på Facebook", "Vet inte"]
        assert elsewhere.name not in page.text
        assert page.typed("text") == WORDS

    def test_the_chosen_account_gets_it(self, account):
        link = "https://www.facebook.com/permalink.php?story_fbid=1&id=2"
        assert receipt_of(send(link=link, account=account.pk)).account == account

    def test_one_who_does_not_know_is_taken_too(self, account):
        link = "https://www.facebook.com/permalink.php?story_fbid=1&id=2"
        assert receipt_of(send(link=link, account=UNKNOWN)).case is None

    def test_a_link_to_no_platform_of_ours_waits(self, account):
        assert receipt_of(send(link="https://laholmsbloggen.example/inlagg")).case is None

    @pytest.mark.parametrize("status", [AccountStatus.PLANNED, AccountStatus.CLOSED])
    def test_an_account_that_is_not_public_cannot_be_chosen(self, cast, status):
        hidden = AccountFactory(active=True, status=status, unit=cast.library, platform=platform("facebook"))
        page = Page(send(link="https://www.facebook.com/permalink.php?story_fbid=1&id=2", account=hidden.pk))
        assert page.choices("account") == ["Välj", "Vet inte"]


class TestRefused:
    def test_empty_form_says_what_is_missing(self):
        page = Page(send(link="", wrong="", text=""))
        assert list(page.errors) == ["link", "wrong"]
        assert page.title.startswith("Fel:")
        assert not PublicReport.objects.exists()

    def test_nothing_to_find_the_post_by(self):
        page = Page(send(link=""))
        assert page.errors["link"].startswith("Klistra in länken. Har du ingen, rapportera från kontots sida")

    @pytest.mark.parametrize("link", ["inte en länk", "javascript:alert(1)", "mailto:a@b.se", "hej"])
    def test_what_is_no_link(self, link):
        assert Page(send(link=link)).errors["link"].startswith("Det här är ingen länk.")

    @pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.4", b"<svg/>", b"\x89PNG\r\n\x1a\nhalf"])
    def test_what_is_no_picture(self, account, content):
        page = Page(send(picture=upload(content=content)))
        assert list(page.errors) == ["picture"]
        assert page.typed("text") == WORDS

    def test_no_email_address(self, account):
        page = Page(send(email="inte en adress"))
        assert list(page.errors) == ["email"]
        assert page.typed("link") == POST
        assert page.typed("wrong") == [Wrong.ATTACK]

    @pytest.mark.parametrize("name", ["link", "text", "email", "account", "opened"])
    def test_a_nul_is_survived(self, account, name):
        assert send(**{name: "a\0b"}).status_code in {200, 302}

    def test_markup_is_text(self):
        page = Page(send(link="", wrong="", text="<script>alert(1)</script>"))
        assert page.typed("text") == "<script>alert(1)</script>"
        assert page.soup.select("main script") == []


class TestMachines:
    def test_one_that_fills_what_nobody_sees_gets_the_same_answer_and_nothing_is_kept(self, account):
        response = send(trap="https://kop-piller.example", picture=upload())
        assert response.status_code == 302
        assert is_decoy(response.url.rstrip("/").rsplit("/", 1)[-1])
        assert not PublicReport.objects.exists()
        assert not Case.objects.exists()
        answer = Page(Client().get(response.url))
        assert answer.heading == "Tack, vi har tagit emot din rapport"

    def test_one_in_a_hurry_is_asked_once_more_with_everything_kept(self, account):
        page = Page(send(opened=stamp(NOW)))
        assert page.summary == ["Det gick fort. Titta igenom rapporten och skicka den igen."]
        assert page.typed("text") == WORDS
        assert not PublicReport.objects.exists()

    @pytest.mark.parametrize("opened", ["", "påhittat", "1:2:3", stamp(NOW) + "x"])
    def test_a_moment_made_up_is_replaced_by_a_true_one(self, account, clock, opened):
        page = Page(send(opened=opened))
        assert not PublicReport.objects.exists()
        clock.move(seconds=3)
        receipt_of(send(opened=page.typed("opened")))

    def test_one_who_took_all_week_is_welcome(self, account, clock):
        opened = Page(Client().get(URL)).typed("opened")
        clock.move(days=7)
        receipt_of(send(opened=opened))

    def test_exactly_long_enough(self, account, clock, settings):
        opened = Page(Client().get(URL)).typed("opened")
        clock.move(seconds=settings.REPORT_LEAST_SECONDS)
        receipt_of(send(opened=opened))


class TestEmail:
    def test_without_one_nothing_is_kept_or_sent(self, account):
        send()
        assert not ReporterContact.objects.exists()
        assert not Mail.objects.exists()

    def test_the_receipt_is_sent(self, account):
        send(email="anna@exempel.example")
        report = the_report()
        [mail] = Mail.objects.all()
        assert mail.to == ["anna@exempel.example"]
        assert report.receipt_in_groups in mail.subject
        assert reverse("moderation:report-receipt", args=[report.receipt]) in mail.text
        assert WORDS not in mail.text + mail.html
        assert ReporterContact.objects.get().report == report
