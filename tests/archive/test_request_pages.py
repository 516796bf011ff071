"""The pages by which a request for public documents is taken down and answered."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from archive.enums import Assessment, RequestStatus
from archive.models import DocumentView, RecordsRequest, RecordsRequestContact, RecordsRequestItem
from archive.services.entries import File
from archive.services.records_answers import release
from archive.services.records_requests import assess
from moderation.enums import Lane
from moderation.models import RestrictedView
from tests.archive.factories import asked_for, document
from tests.archive.request_factories import PROVISION, gathered, judged
from tests.clock import NOW, TODAY
from tests.moderation.factories import library_account, log_post
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.pdf import text_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
LIST, LOG = reverse("archive:request-list"), reverse("archive:request-log")
PARTS = ("detail", "gather", "release", "refuse", "withdraw", "history", "pdf", "package", "rest", "forget")
READ_BY_WHO_TOOK_IT_DOWN = {"detail", "forget"}


def url(asked, part="detail", **more):
    return reverse(f"archive:request-{part}", kwargs={"pk": asked.pk, **more})


@pytest.fixture
def asked(cast, registrar):
    """A request with one document gathered."""
    document(
        cast.culture_board, by=registrar, text="Anna Ek får hjälp.", files=[File("b.pdf", "application/pdf", b"%PDF")]
    )
    return gathered(asked_for(cast.culture_board, by=registrar, contact="fraga@example.se"), by=registrar)


@pytest.fixture
def item(asked):
    return asked.items.get()


def item_url(item, part="item", **more):
    return url(item.request, part, item_pk=item.pk, **more)


class TestWho:
    @pytest.mark.parametrize("part", PARTS)
    def test_outsiders_find_nothing(self, asked, part, stranger, cast, client_for):
        assert_asks_for_sign_in(url(asked, part))
        for person in (stranger, cast.communicator, cast.librarian, cast.administrator):
            client = client_for(person)
            assert {client.get(url(asked, part)).status_code, client.post(url(asked, part)).status_code} <= {404, 405}

    @pytest.mark.parametrize("part", PARTS)
    def test_who_took_it_down_sees_it_and_answers_nothing(self, cast, series, part, client_for):
        asked = asked_for(cast.culture_board, by=cast.communicator)
        client = client_for(cast.communicator)
        answers = {client.get(url(asked, part)).status_code, client.post(url(asked, part)).status_code} - {405}
        assert answers == ({200} if part == "detail" else {302} if part in READ_BY_WHO_TOOK_IT_DOWN else {403})

    def test_items_are_for_the_boards_registrar(self, item, stranger, cast, client_for):
        for address in (item_url(item), item_url(item, "item-file", number=0)):
            assert_asks_for_sign_in(address)
            for person in (stranger, cast.communicator, cast.librarian):
                assert client_for(person).get(address).status_code == 404

    def test_only_those_who_take_down(self, cast, client_for):
        for address in (LIST, LOG):
            assert_asks_for_sign_in(address)
            for person in (cast.librarian, cast.administrator, cast.manager):
                assert client_for(person).get(address).status_code == 403
            assert client_for(cast.communicator).get(address).status_code == 200

    @pytest.mark.parametrize("part", ["detail", "history", "pdf", "package"])
    def test_only_get(self, asked, part, registrar, client_for):
        assert_only_get(client_for(registrar), url(asked, part))

    @pytest.mark.parametrize("part", ["rest", "forget"])
    def test_never_get(self, asked, part, registrar, client_for):
        assert client_for(registrar).get(url(asked, part)).status_code == 405


class TestLog:
    @pytest.fixture
    def typed(self, cast, series):
        return {
            "board": cast.culture_board.pk,
            "asked": "Alla dolda inlägg i november",
            "received_on": "2026-11-23",
            "method": "phone",
        }

    def test_takes_it_down(self, registrar, typed, client_for):
        page = Page(client_for(registrar).post(LOG, typed, follow=True))
        assert page.messages == ["Begäran är antecknad. Den ska besvaras skyndsamt."]
        assert page.heading == "KUN-SM 2026-000001"
        assert "Kom in i går" in page.text

    def test_asks_neither_who_nor_why(self, registrar, client_for):
        page = Page(client_for(registrar).get(LOG))
        assert "Skriv inte vem som frågar eller varför" in page.text
        names = {field["name"] for field in page.soup.select("main [name]")} - {"csrfmiddlewaretoken"}
        assert names == {"board", "asked", "received_on", "method", "contact"}

    def test_says_what_is_missing_and_keeps_what_is_typed(self, registrar, typed, client_for):
        page = Page(client_for(registrar).post(LOG, {**typed, "asked": "", "received_on": "2026-11-25"}))
        assert page.errors == {"asked": "Skriv vad som begärs"}
        page = Page(client_for(registrar).post(LOG, {**typed, "received_on": "2026-11-25"}))
        assert page.errors == {"received_on": "Dagen kan inte ligga framåt i tiden."}
        assert page.typed("asked") == "Alla dolda inlägg i november"


class TestList:
    def test_the_oldest_first_with_its_age(self, cast, registrar, client_for):
        for days in (1, 6):
            asked_for(cast.culture_board, by=registrar, received_on=TODAY - timedelta(days))
        text = Page(client_for(registrar).get(LIST)).text
        assert text.index("Kom in för 6 dagar sedan") < text.index("Kom in i går")

    def test_under_att_gora_of_the_registrator_alone(self, asked, registrar, stranger, cast, client_for):
        words = "En begäran om handling att besvara"
        assert words in Page(client_for(registrar).get(reverse("to-do"))).text
        for person in (stranger, cast.librarian):
            assert words not in Page(client_for(person).get(reverse("to-do"))).text

    def test_query_count(self, cast, registrar, client_for):
        client = client_for(registrar)
        assert_same_query_count(lambda: client.get(LIST), add_row=lambda: asked_for(cast.culture_board, by=registrar))

    def test_query_count_of_its_documents(self, cast, registrar, client_for):
        client, asked = client_for(registrar), asked_for(cast.culture_board, by=registrar)

        def add_row():
            document(cast.culture_board, by=registrar)
            gathered(asked, by=registrar)

        assert_same_query_count(lambda: client.get(url(asked)), add_row=add_row)


class TestGather:
    def test_in_one_press(self, cast, registrar, client_for):
        account = library_account(cast)
        log_post(account)
        asked = asked_for(cast.culture_board, by=registrar)
        typed = {"kind": "account", "account": account.pk}
        page = Page(client_for(registrar).post(url(asked, "gather"), typed, follow=True))
        assert page.messages == ["Två handlingar är samlade. Pröva dem, en i taget."]
        assert "Personangrepp på" in page.text

    @pytest.mark.parametrize(
        ("typed", "errors"),
        [
            ({"kind": "account"}, {"account": "Välj ett av nämndens konton."}),
            ({"kind": "matter", "matter": "KS 1"}, {"matter": "Nämnden har inget ärende med det numret."}),
            ({"kind": "matter"}, {"matter": "Välj ett av nämndens ärenden."}),
            ({"kind": "period"}, {"last": "Skriv första och sista dagen, i den ordningen."}),
        ],
    )
    def test_says_what_is_missing(self, cast, registrar, client_for, typed, errors):
        asked = asked_for(cast.culture_board, by=registrar)
        assert Page(client_for(registrar).post(url(asked, "gather"), typed)).errors == errors


class TestJudge:
    def test_one_after_the_other(self, cast, registrar, client_for):
        for _ in range(2):
            document(cast.culture_board, by=registrar)
        asked = gathered(asked_for(cast.culture_board, by=registrar), by=registrar)
        first, second = asked.items.all()
        client = client_for(registrar)
        answer = client.post(item_url(first), {"assessment": "released"})
        assert answer.url == item_url(second)
        typed = {"assessment": "masked", "provision": PROVISION, "passages": "dörren"}
        page = Page(client.post(item_url(second), typed, follow=True))
        assert page.messages == ["Alla handlingar är prövade."]
        assert f"Lämnas ut med maskning, {PROVISION}" in page.text

    def test_says_what_is_wrong_and_keeps_what_is_typed(self, item, registrar, client_for):
        typed = {"assessment": "masked", "provision": PROVISION, "passages": "Lisa"}
        page = Page(client_for(registrar).post(item_url(item), typed))
        assert page.errors == {"passages": "”Lisa” står inte i handlingen. Skriv det precis som där."}
        assert (page.typed("provision"), page.typed("passages")) == (PROVISION, "Lisa")

    def test_begins_with_what_was_said(self, item, registrar, client_for):
        how = {"provision": PROVISION, "passages": ["Anna Ek"]}
        assess(item.pk, assessment=Assessment.MASKED, **how, by=registrar, now=NOW)
        assert Page(client_for(registrar).get(item_url(item))).typed("passages") == "Anna Ek"

    def test_the_rest_in_one_press(self, asked, registrar, client_for):
        page = Page(client_for(registrar).post(url(asked, "rest"), follow=True))
        assert page.messages == ["En handling lämnas ut."]
        assert "Alla handlingar är prövade" in page.text

    def test_an_original_is_downloaded_as_it_is(self, item, registrar, client_for):
        answer = client_for(registrar).get(item_url(item, "item-file", number=0))
        assert (answer.content, answer.headers["X-Content-Type-Options"]) == (b"%PDF", "nosniff")
        assert client_for(registrar).get(item_url(item, "item-file", number=1)).status_code == 404


class TestSecrecy:
    @pytest.mark.django_db(transaction=True)
    def test_each_reading_is_noted_where_it_belongs(self, cast, registrar, client_for):
        document(cast.culture_board, by=registrar, is_restricted=True)
        log_post(library_account(cast), lane=Lane.SECRECY, text="Min granne får hjälp.")
        asked = gathered(asked_for(cast.culture_board, by=registrar), by=registrar)
        client = client_for(registrar)
        for item in asked.items.all():
            assert "Det antecknas att du läser det." in Page(client.get(item_url(item))).text
        assert (DocumentView.objects.get().user, RestrictedView.objects.get().user) == (registrar, registrar)

    def test_no_word_of_it_for_who_took_the_request_down(self, cast, registrar, client_for):
        log_post(library_account(cast), lane=Lane.SECRECY, text="Min granne får hjälp.")
        asked = asked_for(cast.culture_board, by=cast.communicator)
        gathered(asked, by=registrar)
        page = Page(client_for(cast.communicator).get(url(asked)))
        assert "Kan vara sekretess" not in page.text
        assert "Handlingar" not in page.text


class TestAnswer:
    def test_give_out_and_fetch_the_package(self, asked, registrar, client_for):
        judged(asked, by=registrar)
        client = client_for(registrar)
        page = Page(client.post(url(asked, "release"), follow=True))
        assert page.messages == ["Utlämnat, och registrerat som KUN-SM 2026-000002-1. Hämta paketet och skicka det."]
        package = zipfile.ZipFile(io.BytesIO(client.get(url(asked, "package")).content))
        assert package.namelist() == ["utlamnade-handlingar.pdf", "original/001-1-b.pdf"]
        assert client.get(url(asked, "pdf")).content == package.read("utlamnade-handlingar.pdf")

    def test_look_through_it_first(self, asked, registrar, client_for):
        client = client_for(registrar)
        assert Page(client.get(url(asked, "pdf"), follow=True)).messages == ["1 handlingar är inte prövade än."]
        judged(asked, by=registrar)
        assert "Anna Ek får hjälp." in text_of(client.get(url(asked, "pdf")).content)
        assert RecordsRequest.objects.get().is_open

    def test_no_package_before(self, asked, registrar, client_for):
        page = Page(client_for(registrar).get(url(asked, "package"), follow=True))
        assert page.messages == ["Inget är utlämnat än."]

    def test_refuse(self, asked, registrar, client_for):
        judged(asked, Assessment.WITHHELD, by=registrar)
        client = client_for(registrar)
        assert Page(client.post(url(asked, "refuse"), {"reach": "N"})).errors == {
            "motivation": "Skriv skälen för beslutet"
        }
        typed = {"motivation": "Det står vem som får hjälp.", "mandate": "", "reach": "Nämnden, 312 80 Laholm"}
        page = Page(client.post(url(asked, "refuse"), typed, follow=True))
        assert page.messages == ["Beslutet är registrerat som KUN-SM 2026-000002-1. Skicka det till den som frågade."]
        assert RecordsRequest.objects.get().status == RequestStatus.REFUSED

    def test_offers_the_decision_on_what_was_kept_back(self, asked, item, registrar, client_for):
        how = {"provision": PROVISION, "passages": ["Anna Ek"]}
        assess(item.pk, assessment=Assessment.MASKED, **how, by=registrar, now=NOW)
        release(asked.pk, by=registrar, now=NOW)
        assert "ett skriftligt beslut om resten" in Page(client_for(registrar).get(url(asked))).text

    def test_taken_back(self, asked, registrar, client_for):
        client = client_for(registrar)
        assert Page(client.post(url(asked, "withdraw"), {"reason": ""})).errors == {"reason": "Skriv varför"}
        assert "Återtogs" in Page(client.post(url(asked, "withdraw"), {"reason": "Fick svar"}, follow=True)).text

    def test_the_address_is_forgotten(self, asked, registrar, client_for):
        client = client_for(registrar)
        assert "fraga@example.se" in Page(client.get(url(asked))).text
        assert Page(client.post(url(asked, "forget"), follow=True)).messages == ["Adressen är borttagen."]
        assert not RecordsRequestContact.objects.exists()

    def test_history_has_each_assessment(self, asked, registrar, client_for):
        judged(asked, by=registrar)
        text = Page(client_for(registrar).get(url(asked, "history"))).text
        assert "Prövades: lämnas ut" in text
        assert RecordsRequestItem.objects.get().history.count() == 2
