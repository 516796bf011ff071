"""Logga ett inlägg: what is found is logged in one page, and the sentence that matters follows (R12, R14, R23)."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.enums import AccountStatus
from laholm_sociala.common.models import Mail
from moderation.enums import Category, Lane
from moderation.models import Case, Evidence
from moderation.services import log
from moderation.services.opening import Post
from tests.clock import NOW, STOCKHOLM
from tests.factories import AccountFactory, UserFactory
from tests.moderation.case_log.steps import LINK, TEXT, URL, said, screenshot
from tests.moderation.factories import log_post, picture_bytes
from tests.pages import Page, assert_asks_for_sign_in
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


class TestThePage:
    def test_asks_what_was_found_and_what_it_is_about(self, librarian, account):
        page = Page(librarian.get(URL))
        assert (page.title, page.heading) == ("Logga ett inlägg", "Logga ett inlägg")
        assert page.typed("account") == str(account.pk)
        for label in (*Category.labels, "Uppenbart brottsligt", "Kan vara sekretess", "Fråga", "Vårt eget inlägg"):
            assert label in page.text
        assert page.text.count("(frivilligt)") == 3  # when, where and who; of the three above any will do

    def test_takes_pictures_from_the_camera_roll(self, librarian):
        field = Page(librarian.get(URL)).soup.select_one('[name="pictures"]')
        assert (field["accept"], field.has_attr("multiple"), field.has_attr("capture")) == (
            "image/png,image/jpeg",
            True,
            False,
        )

    def test_own_accounts_come_first_and_the_last_used_is_chosen(self, librarian, account, cast):
        other = AccountFactory(unit=cast.culture_department, active=True, name="Aktuellt i kulturen")
        page = Page(librarian.get(URL))
        assert page.choices("account") == [str(account), str(other)]
        log_post(other, by=cast.librarian)
        assert Page(librarian.get(URL)).typed("account") == str(other.pk)

    def test_the_account_asked_for_is_chosen(self, librarian, account, cast):
        other = AccountFactory(unit=cast.library, active=True)
        assert Page(librarian.get(f"{URL}?konto={other.pk}")).typed("account") == str(other.pk)
        assert Page(librarian.get(f"{URL}?konto=finns-inte")).typed("account") == str(account.pk)

    def test_only_what_is_in_use_can_be_chosen(self, librarian, account, cast):
        AccountFactory(unit=cast.library)
        closing = AccountFactory(unit=cast.library, active=True, status=AccountStatus.CLOSING, name="Avvecklas")
        AccountFactory(unit=cast.library, active=True, status=AccountStatus.CLOSED)
        assert set(Page(librarian.get(URL)).choices("account")) == {str(account), str(closing)}

    def test_costs_the_same_however_many_accounts(self, librarian, cast):
        assert_same_query_count(
            lambda: librarian.get(URL), add_row=lambda: AccountFactory(unit=cast.library, active=True)
        )


class TestWhoMayLog:
    def test_anonymous_is_sent_to_sign_in(self):
        assert_asks_for_sign_in(URL)

    def test_those_of_the_board_its_leaders_and_kommunikationsenheten(self, cast, account, client_for):
        colleague = UserFactory(unit=cast.culture_department)
        AccountFactory(unit=cast.culture_department, active=True, responsible=colleague)
        for person in (
            cast.librarian,
            cast.assistant,
            cast.manager,
            cast.deputy,
            cast.head,
            cast.communicator,
            colleague,
        ):
            assert client_for(person).get(URL).status_code == 200
            assert log.may_log(account, person, NOW)

    def test_others_have_nothing_to_log_on(self, cast, account, client_for):
        for person in (cast.outsider, cast.outsider_manager, cast.administrator, UserFactory(unit=cast.library)):
            client = client_for(person)
            assert {client.get(URL).status_code, client.post(URL).status_code} == {403}

    def test_an_account_of_another_board_cannot_be_chosen(self, cast, send):
        elsewhere = AccountFactory(unit=cast.building_permits, active=True)
        page = send(account=str(elsewhere.pk))
        assert "account" in page.errors
        assert not Case.objects.exists()

    def test_the_service_refuses_too(self, cast, account):
        post = Post(account=account, lane=Lane.QUESTION, text="Hej")
        with pytest.raises(PermissionDenied):
            log.log_post(post, by=cast.outsider, now=NOW)

    @pytest.mark.parametrize("method", ["put", "delete"])
    def test_wrong_method_is_refused(self, librarian, method):
        assert getattr(librarian, method)(URL).status_code == 405


class TestLogging:
    def test_leads_to_the_case_with_the_sentence_that_matters(self, send, librarian):
        page = send(text=TEXT)
        case = Case.objects.get()
        assert page.response.url == reverse("moderation:case-detail", args=[case.pk])
        assert said(librarian) == "Inlägget är loggat. Senast torsdag 26 november kl. 10.00."
        assert (case.category, case.content.text, case.content.link) == (Category.PERSONAL_ATTACK, TEXT, LINK)

    def test_what_is_plainly_criminal_is_to_go_now(self, send, librarian):
        send(about="criminal", grounds=["threat", "privacy"])
        assert Case.objects.get().criminal_grounds == ["threat", "privacy"]
        assert said(librarian) == "Inlägget är loggat. Ta bort nu."

    def test_a_crime_that_is_ticked_is_choice_enough(self, send):
        send(about=None, grounds=["threat"])
        assert Case.objects.get().lane == Lane.CRIMINAL

    @pytest.mark.parametrize("lane", [Lane.SECRECY, Lane.QUESTION, Lane.MESSAGE, Lane.OWN_POST])
    def test_every_other_way(self, send, lane):
        send(about=lane.value)
        assert (Case.objects.get().lane, Case.objects.get().category) == (lane, "")

    def test_our_own_post_is_told_to_the_dataskyddsombud_once(self, send, settings):
        for _again in range(2):
            send(about="own_post")
        mail = Mail.objects.get()
        assert (mail.to, mail.subject) == (
            [settings.DATA_PROTECTION_EMAIL],
            "Möjlig personuppgiftsincident i sociala medier",
        )

    def test_may_also_be_secret(self, send):
        send(may_be_secret="on")
        assert Case.objects.get().is_restricted

    def test_pictures_are_kept_as_they_came(self, send):
        send(link="", pictures=[screenshot("a.png"), screenshot("b.jpg", form="JPEG")])
        kept = Evidence.objects.all()
        assert {(each.file_name, each.content_type) for each in kept} == {
            ("a.png", "image/png"),
            ("b.jpg", "image/jpeg"),
        }
        assert picture_bytes() in {bytes(each.original) for each in kept}

    @pytest.mark.parametrize(
        ("typed", "moment"),
        [
            ("2026-11-23 08.30", datetime(2026, 11, 23, 8, 30, tzinfo=STOCKHOLM)),
            ("2026-11-23 08:30", datetime(2026, 11, 23, 8, 30, tzinfo=STOCKHOLM)),
            (" 2026-11-23  kl. 8.30 ", datetime(2026, 11, 23, 8, 30, tzinfo=STOCKHOLM)),
            ("2026-11-23", datetime(2026, 11, 23, 0, 0, tzinfo=STOCKHOLM)),
        ],
    )
    def test_when_it_was_published(self, send, typed, moment):
        send(published_at=typed)
        assert Case.objects.get().starts_at == moment

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            (f"Kolla in det här {LINK}?mibextid=1 via Facebook", f"{LINK}?mibextid=1"),
            ("facebook.com/laholmsbibliotek/posts/1017", LINK.replace("www.", "")),
        ],
    )
    def test_a_link_with_words_around_it(self, send, typed, kept):
        send(link=typed)
        assert Case.objects.get().content.link == kept

    def test_the_same_post_again_joins_the_open_case(self, send, librarian, account, cast):
        case = log_post(account, link=LINK, by=cast.assistant)
        page = send(link=f"{LINK}?fbclid=1", text="Mer text")
        assert page.response.url == reverse("moderation:case-detail", args=[case.pk])
        assert said(librarian).startswith("Inlägget granskas redan. Det du skickade är sparat där. Senast")


class TestWhatIsSecretLeaksNothing:
    @pytest.fixture
    def colleague(self, cast, client_for) -> Client:
        """An editor of another account of the board, who sees what is open and not what may be secret."""
        person = UserFactory(unit=cast.culture_department)
        AccountFactory(unit=cast.culture_department, active=True, responsible=person)
        return client_for(person)

    def test_logging_anew_and_joining_say_the_same(self, colleague, send, account, cast):
        assert send(colleague, about="secrecy", text="Patienten heter").response.url == URL
        first = said(colleague)
        assert send(colleague, about="secrecy", text="Patienten heter").response.url == URL
        assert (first, said(colleague)) == ("Det du skickade är sparat. De som får läsa det tar hand om det.",) * 2
        assert Case.objects.get().actions.count() == 2

    def test_joining_what_somebody_else_holds_secret(self, colleague, send, account):
        case = log_post(account, lane=Lane.SECRECY, link=LINK, text="Hemlig text")
        page = send(colleague, text="Egen text")
        assert page.response.url == URL
        assert str(case.pk) not in page.response.headers["Location"]
        assert "Hemlig" not in said(colleague)


def test_a_link_to_another_of_our_platforms_asks_which_account(send):
    page = send(link="https://www.instagram.com/p/Cxy123/", text=TEXT)
    assert page.errors == {"account": "Länken går till Instagram. Välj det konto som inlägget finns på"}
    assert page.typed("text") == TEXT
    assert not Case.objects.exists()


def test_a_link_to_somewhere_unknown_is_taken_as_it_is(send):
    send(link="https://l.example/abc")
    assert Case.objects.get().content.link == "https://l.example/abc"
