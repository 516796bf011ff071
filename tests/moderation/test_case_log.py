"""Logga ett inlägg: what is found is logged in one page, and the sentence that matters follows (R12, R14, R23)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app

from accounts.enums import AccountStatus
from laholm_sociala.common import in_memory
from laholm_sociala.common.models import Mail
from moderation.enums import Category, Lane
from moderation.models import Case, Evidence, PendingPicture
from moderation.services import log, pending
from moderation.services.opening import Post
from tests.clock import NOW, STOCKHOLM
from tests.factories import AccountFactory, UserFactory
from tests.moderation.factories import library_account, log_post, picture, picture_bytes
from tests.pages import Page, assert_asks_for_sign_in
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db

URL = reverse("moderation:case-log")
LINK = "https://www.facebook.com/laholmsbibliotek/posts/1017"
TEXT = "Sparka henne!"


@pytest.fixture
def account(cast):
    return library_account(cast)


@pytest.fixture
def librarian(client_for, cast, account) -> Client:
    return client_for(cast.librarian)


@pytest.fixture
def send(librarian, account) -> Callable[..., Page]:
    """Send the form as the librarian's browser does: `send(text="…")`."""

    def post(client: Client = librarian, **typed: object) -> Page:
        filled_in = {"account": str(account.pk), "link": LINK, "about": "personal_attack", **typed}
        return Page(client.post(URL, {name: value for name, value in filled_in.items() if value is not None}))

    return post


def screenshot(name: str = "skarmbild.png", **how) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes(**how), content_type="image/png")


def said(client: Client) -> str:
    """What the next page tells."""
    from django.contrib.messages import get_messages

    request = client.get(reverse("to-do")).wsgi_request
    return " ".join(str(message) for message in get_messages(request))


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


class TestWhatIsNeverCopied:
    def test_only_link_account_and_time_are_kept(self, send, librarian):
        send(
            about="criminal",
            grounds=["child_abuse"],
            text="Texten",
            author="Namnet",
            place="Platsen",
            published_at="2026-11-24 08.00",
            pictures=[screenshot()],
        )
        case = Case.objects.get()
        assert (case.copy_forbidden, case.content.link) == (True, LINK)
        assert (case.content.text, case.content.author, case.content.place) == ("", "", "")
        assert not Evidence.objects.exists()
        assert said(librarian) == (
            "Inlägget är loggat. Ta ingen kopia. Ring polisen på 114 14, vid fara 112. Bara länken, kontot och tiden "
            "är sparade. Texten och bilderna är borta. Ta bort nu."
        )

    def test_where_nothing_more_was_sent_nothing_is_said_to_be_gone(self, send, librarian):
        send(about="criminal", grounds=["child_abuse"])
        assert "borta" not in said(librarian)

    def test_the_pictures_are_never_looked_at(self, send, monkeypatch):
        monkeypatch.setattr("moderation.forms.fields.read_picture", lambda *args: pytest.fail("looked at"))
        send(about="criminal", grounds=["child_abuse"], pictures=[screenshot()])
        assert Case.objects.exists()

    def test_wants_the_link(self, send):
        page = send(about="criminal", grounds=["child_abuse"], link="", text="Texten", pictures=[screenshot()])
        assert page.errors["link"] == "Klistra in länken till inlägget. Ingenting annat sparas."
        assert (page.typed("text"), page.typed("grounds")) == ("", ["child_abuse"])
        assert not PendingPicture.objects.exists()

    def test_another_choice_with_the_crime_ticked_copies_nothing_either(self, send):
        page = send(grounds=["child_abuse"], text="Texten", pictures=[screenshot()])
        assert "ta bort krysset" in page.errors["grounds"]
        assert (page.typed("text"), PendingPicture.objects.count()) == ("", 0)

    def test_what_waited_from_an_earlier_try_is_gone_at_once(self, send, cast):
        send(about=None, pictures=[screenshot()])
        assert PendingPicture.objects.of(cast.librarian).exists()
        send(about="criminal", grounds=["child_abuse"], link="")
        assert not PendingPicture.objects.exists()

    def test_the_page_says_call_the_police(self, librarian):
        assert "ta ingen kopia, ring polisen" in Page(librarian.get(URL)).text


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("typed", "field", "error"),
        [
            ({"link": ""}, "link", "Klistra in en länk, texten eller en bild."),
            ({"link": "se bilden"}, "link", "Det här är ingen länk."),
            ({"about": None}, "about", "Välj vad det gäller"),
            ({"about": "rudeness"}, "about", "Välj ett giltigt alternativ"),
            ({"about": "criminal"}, "grounds", "Kryssa i vilket brott det kan vara"),
            ({"grounds": ["threat"]}, "grounds", "Välj ”Uppenbart brottsligt”, eller ta bort krysset för brott"),
            ({"published_at": "i går"}, "published_at", "Skriv tiden som 2026-11-24 08.30"),
            ({"published_at": "2026-11-25"}, "published_at", "Inlägget kan inte vara publicerat efter nu."),
            ({"account": ""}, "account", "Välj konto"),
            ({"kept": ["00000000-0000-4000-8000-000000000009"]}, "kept", "Bilden finns inte kvar."),
        ],
    )
    def test_is_said_at_its_field_and_all_typed_is_kept(self, send, typed, field, error):
        page = send(text=TEXT if "link" not in typed else "", place="I tråden", **typed)
        assert page.title.startswith("Fel:")
        assert page.errors[field].startswith(error)
        assert page.typed("place") == "I tråden"
        assert not Case.objects.exists()

    @pytest.mark.parametrize(
        ("name", "content", "error"),
        [
            ("bild.svg", b"<svg onload='x'/>", "bild.svg: Filen är ingen bild i JPEG eller PNG."),
            ("bild.png", picture_bytes()[:-30], "bild.png: Bilden går inte att öppna."),
        ],
    )
    def test_a_file_that_is_no_picture_is_named(self, send, name, content, error):
        page = send(pictures=[SimpleUploadedFile(name, content)])
        assert page.errors["pictures"].startswith(error)

    def test_pictures_are_kept_while_the_form_is_put_right(self, send, cast):
        page = send(about=None, pictures=[screenshot("a.png"), SimpleUploadedFile("b.gif", b"GIF89a")])
        assert "b.gif" in page.errors["pictures"]
        assert len(page.typed("kept")) == 1
        assert "a.png" in page.text
        send(kept=page.typed("kept"), pictures=[screenshot("c.png", colour="red")])
        assert {each.file_name for each in Evidence.objects.all()} == {"a.png", "c.png"}
        assert not PendingPicture.objects.exists()

    def test_a_picture_that_is_unticked_is_not_kept(self, send):
        send(about=None, pictures=[screenshot("a.png")])
        send(kept=[])
        assert not Evidence.objects.exists()

    def test_somebody_elses_waiting_picture_cannot_be_taken(self, send, cast):
        (waiting,) = pending.keep_waiting([picture()], by=cast.assistant, now=NOW)
        page = send(kept=[str(waiting.pk)])
        assert "kept" in page.errors
        assert not Evidence.objects.exists()

    def test_at_most_ten_pictures(self, send):
        page = send(pictures=[screenshot(f"{number}.png", size=(10 + number, 10)) for number in range(11)])
        assert page.errors["pictures"].startswith("10.png: Bilderna är för många")
        assert len(page.typed("kept")) == 10

    def test_too_much_together_lets_go_of_what_is_over_and_keeps_the_words(self, send, monkeypatch):
        monkeypatch.setattr(in_memory, "MOST_TOGETHER", 400)
        page = send(text=TEXT, pictures=[screenshot("a.png"), screenshot("b.png", size=(900, 900))])
        assert page.errors["pictures"].startswith("b.png: ")
        assert (page.typed("text"), "a.png" in page.text) == (TEXT, True)


class TestFilesStayInMemory:
    def test_no_file_is_ever_written_to_a_disk(self, send, monkeypatch, settings):
        monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *args, **named: pytest.fail("a file on a disk"))
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
        send(pictures=[screenshot()])
        assert Evidence.objects.count() == 1

    def test_the_token_is_still_asked_for(self, cast, account):
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.librarian)
        assert client.post(URL, {"link": LINK, "pictures": [screenshot()]}).status_code == 403
        token = Page(client.get(URL)).soup.select_one("main [name=csrfmiddlewaretoken]")["value"]
        answer = client.post(
            URL,
            {
                "csrfmiddlewaretoken": token,
                "account": account.pk,
                "about": "question",
                "link": LINK,
                "pictures": [screenshot()],
            },
        )
        assert answer.status_code == 302
        assert Evidence.objects.count() == 1


def test_forgotten_pictures_are_cleared_after_a_day(cast, clock):
    pending.keep_waiting([picture()], by=cast.librarian, now=NOW)
    assert pending.clear_forgotten(now=clock.move(hours=23, minutes=59)) == 0
    pending.keep_waiting([picture(colour="red")], by=cast.librarian, now=clock.now)
    assert pending.clear_forgotten(now=NOW + timedelta(days=1)) == 1
    assert PendingPicture.objects.count() == 1


def test_the_worker_clears_them(cast, clock):
    pending.keep_waiting([picture()], by=cast.librarian, now=NOW)
    clock.move(days=1)
    app.tasks["clear_forgotten_pictures"](timestamp=0)
    assert not PendingPicture.objects.exists()


def test_a_link_to_another_of_our_platforms_asks_which_account(send):
    page = send(link="https://www.instagram.com/p/Cxy123/", text=TEXT)
    assert page.errors == {"account": "Länken går till Instagram. Välj det konto som inlägget finns på"}
    assert page.typed("text") == TEXT
    assert not Case.objects.exists()


def test_a_link_to_somewhere_unknown_is_taken_as_it_is(send):
    send(link="https://l.example/abc")
    assert Case.objects.get().content.link == "https://l.example/abc"
