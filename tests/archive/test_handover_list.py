import pytest
from django.urls import reverse

from tests.archive.factories import handed_over
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("archive:handover-list")


def test_only_registrars(cast, client_for):
    assert_asks_for_sign_in(URL)
    for person in (cast.librarian, cast.communicator, cast.administrator):
        assert client_for(person).get(URL).status_code == 403


def test_what_waits_without_a_word_of_what_it_says(cast, registrar, stranger, client_for):
    kept = handed_over(cast.culture_board)
    page = Page(client_for(registrar).get(URL))
    assert page.rows == [kept.subject]
    assert "Kan vara sekretess" in page.text
    assert kept.content.text not in page.text
    assert "Inget väntar på att registreras." in Page(client_for(stranger).get(URL)).text


def test_query_count(cast, registrar, client_for):
    client = client_for(registrar)
    assert_same_query_count(lambda: client.get(URL), add_row=lambda: handed_over(cast.culture_board))


def test_only_get(registrar, client_for):
    assert_only_get(client_for(registrar), URL)
