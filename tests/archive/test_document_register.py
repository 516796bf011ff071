import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.models import Document, DocumentFile, Matter, SecrecyMark
from archive.services import diary
from tests.clock import NOW
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db
URL = reverse("archive:document-register")


@pytest.fixture
def typed(cast, series):
    return {
        "board": str(cast.culture_board.pk),
        "place": "nytt",
        "subject": "Synpunkt om dörr",
        "direction": "incoming",
        "correspondent": "Enskild",
        "dated_on": "2026-11-23",
        "text": "När lagas dörren?",
    }


def test_who_may(cast, registrar, client_for):
    assert_asks_for_sign_in(URL)
    for person in (cast.librarian, cast.communicator, cast.administrator):
        assert client_for(person).get(URL).status_code == 403
        assert client_for(person).post(URL).status_code == 403
    assert client_for(registrar).get(URL).status_code == 200


def test_new_matter(typed, registrar, client_for):
    page = Page(client_for(registrar).post(URL, typed, follow=True))
    assert page.messages == ["Registrerad som KUN-SM 2026-000001-1."]
    assert page.heading == "KUN-SM 2026-000001-1"
    assert "När lagas dörren?" in page.text


def test_into_a_matter_that_is_there(typed, opened, registrar, client_for):
    client = client_for(registrar)
    url = f"{URL}?arende={opened.pk}"
    assert Page(client.get(url)).typed("place") == [str(opened.pk)]
    page = Page(client.post(url, {**typed, "place": str(opened.pk)}, follow=True))
    assert page.heading == f"{opened}-1"
    assert Matter.objects.count() == 1


def test_under_the_existing_diariums_number(typed, registrar, client_for):
    client = client_for(registrar)
    page = Page(client.post(URL, {**typed, "place": "befintligt"}))
    assert page.errors == {"existing_designation": "Skriv ärendets nummer i nämndens diarium"}
    assert page.typed("subject") == typed["subject"]
    page = Page(client.post(URL, {**typed, "place": "befintligt", "existing_designation": "2022-000282"}, follow=True))
    assert page.heading == "2022-000282-1"


def test_provisions_are_offered_and_none_is_chosen(typed, registrar, client_for):
    client = client_for(registrar)
    page = Page(client.get(URL))
    assert "Hälsa och sexualliv, OSL 21 kap. 1 §" in page.text
    assert page.typed("provisions") == []
    client.post(
        URL,
        {**typed, "provisions": ["Hälsa och sexualliv, OSL 21 kap. 1 §"], "other_provision": "OSL 26 kap. 1 §"},
    )
    assert set(SecrecyMark.objects.values_list("provision", flat=True)) == {
        "Hälsa och sexualliv, OSL 21 kap. 1 §",
        "OSL 26 kap. 1 §",
    }
    assert Document.objects.get().is_restricted


def test_a_file_is_known_by_its_content(typed, registrar, client_for):
    client = client_for(registrar)
    page = Page(client.post(URL, {**typed, "file": SimpleUploadedFile("brev.pdf", b"<html>")}))
    assert page.errors["file"].startswith("Filen är varken PDF, JPEG eller PNG")
    pdf = b"%PDF-1.7\nx\nstartxref\n0\n%%EOF"
    client.post(URL, {**typed, "file": SimpleUploadedFile("brev.exe", pdf)})
    assert DocumentFile.objects.get().content_type == "application/pdf"


@pytest.mark.parametrize(
    ("left_out", "error"),
    [
        ({"subject": ""}, {"subject": "Skriv en ärendemening, utan namn"}),
        ({"correspondent": ""}, {"correspondent": "Skriv vem handlingen kommer från eller går till."}),
        ({"dated_on": "i går"}, {"dated_on": "Skriv dagen som 2026-11-24"}),
        ({"dated_on": "2026-11-25"}, {"dated_on": "Dagen kan inte ligga framåt i tiden."}),
        ({"text": ""}, {"text": "Klistra in vad handlingen säger, eller välj filen"}),
        ({"place": "finns-inte"}, {"place": "Välj ett ärende i listan, eller ett nytt"}),
    ],
)
def test_nothing_is_half_done(typed, registrar, client_for, left_out, error):
    page = Page(client_for(registrar).post(URL, {**typed, **left_out}))
    assert {name: words for name, words in page.errors.items() if name in error} == error
    assert not Matter.objects.exists()


def test_another_boards_matter_cannot_be_chosen(typed, opened, stranger, cast, client_for):
    page = Page(client_for(stranger).post(URL, {**typed, "place": str(opened.pk)}))
    assert set(page.errors) == {"place"}
    assert str(opened) not in page.text


def test_a_closed_matter_is_not_offered(typed, opened, registrar, client_for):
    diary.close_matter(opened.pk, by=registrar, now=NOW)
    page = Page(client_for(registrar).post(URL, {**typed, "place": str(opened.pk)}))
    assert "place" in page.errors
