import pytest
from django.urls import reverse

from archive.services import diary
from tests.archive.factories import document, entry
from tests.clock import NOW
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("archive:document-list")


def numbers(response) -> list[str]:
    return [cell.a.get_text() for cell in Page(response).soup.select("tbody th")]


def test_only_registrars(cast, client_for):
    assert_asks_for_sign_in(URL)
    for person in (cast.librarian, cast.communicator, cast.administrator):
        assert client_for(person).get(URL).status_code == 403


def test_newest_first(cast, registrar, client_for):
    first = document(cast.culture_board, by=registrar)
    diary.register_document(first.matter_id, entry(), by=registrar, now=NOW.replace(hour=11))
    assert numbers(client_for(registrar).get(URL)) == ["KUN-SM 2026-000001-2", "KUN-SM 2026-000001-1"]


def test_another_boards_are_not_there(kept, stranger, client_for):
    page = Page(client_for(stranger).get(URL))
    assert "Ingen handling stämmer" in page.text
    assert kept.subject not in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=dörröppnare", 1),
        ("q=dörröppnaren", 1),  # another form of the word
        ("q=röppna", 1),  # a part of it
        ("q=Facebook", 1),
        ("q=2026-000001", 1),
        ("q=KUN-SM+2026-000001", 1),
        ("q=badhus", 0),
        ("riktning=outgoing", 0),
        ("riktning=incoming", 1),
        ("fran=2026-11-24", 1),
        ("fran=2026-11-25", 0),
    ],
)
def test_search_and_filters(kept, registrar, client_for, query, found):
    assert len(numbers(client_for(registrar).get(f"{URL}?{query}"))) == found


def test_wrong_day_is_said_beside_the_field(kept, registrar, client_for):
    page = Page(client_for(registrar).get(f"{URL}?fran=igår"))
    assert page.errors == {"fran": "Skriv dagen som 2026-11-24"}
    assert page.typed("fran") == "igår"


def test_cancelled_and_restricted_are_said_in_words(cast, registrar, client_for):
    document(cast.culture_board, by=registrar, provisions=["OSL 21 kap. 1 §"])
    diary.cancel_document(document(cast.culture_board, by=registrar).pk, reason="Dubbelt", by=registrar, now=NOW)
    text = Page(client_for(registrar).get(URL)).text
    assert "Kan vara sekretess" in text
    assert "Makulerad" in text


def test_csv_is_the_public_variant(cast, registrar, client_for):
    document(cast.culture_board, by=registrar, correspondent="=Anna", public_correspondent="Enskild", subject="Åsikt")
    text = client_for(registrar).get(reverse("archive:document-list-csv")).getvalue().decode("utf-8-sig")
    assert text.splitlines()[1] == "KUN-SM 2026-000001-1;2026-11-24;Inkommen;Enskild;Åsikt;" + document_subject() + ";"
    assert "Anna" not in text


def document_subject() -> str:
    return "Synpunkt om trasig dörröppnare, biblioteket i Våxtorp"


def test_query_count(cast, registrar, client_for):
    client = client_for(registrar)
    assert_same_query_count(lambda: client.get(URL), add_row=lambda: document(cast.culture_board, by=registrar))


def test_only_get(registrar, client_for):
    assert_only_get(client_for(registrar), URL)
