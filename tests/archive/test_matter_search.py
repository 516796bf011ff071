"""An existing ärende is found as one types, within the person's own boards; without JavaScript by a press."""

import pytest
from django.urls import reverse

from archive.models import Document
from archive.services.diary import close_matter
from tests.archive.factories import SeriesFactory, handed_over, matter, registrar_of
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("archive:matter-search")
DOOR = "Dörröppnaren på biblioteket i Våxtorp"


@pytest.fixture
def door(cast, registrar):
    found = matter(cast.culture_board, by=registrar, subject=DOOR)
    for number in range(4):
        matter(cast.culture_board, by=registrar, subject=f"Något annat {number}")
    return found


@pytest.fixture
def find(registrar, client_for):
    def find(words, **more):
        return Page(client_for(registrar).get(URL, {"find": words, **more})).soup

    return find


@pytest.mark.parametrize("words", ["dörr", "DÖRRÖPPNARE", "våxtorp dörr", "000001", "KUN-SM 2026-000001"])
def test_is_found_by_part_of_a_word_or_of_the_number(words, door, find):
    assert f"{door}: {DOOR}" in find(words).text


def test_is_not_among_the_latest_else(door, find):
    assert DOOR not in find("").text


@pytest.mark.parametrize("words", ["hammare", "dörr hammare", "' & | ! :*", "\x00"])
def test_nothing_found_is_said_in_a_sentence(words, door, find):
    page = find(words)
    assert DOOR not in page.text
    assert words == "\x00" or "Inget öppet ärende i nämnden stämmer" in page.text


def test_what_is_chosen_stays_chosen(door, find):
    page = find("annat", place=str(door.pk))
    assert [choice["value"] for choice in page.select("[name=place][checked]")] == [str(door.pk)]
    assert "Något annat 3" in page.text


def test_closed_ones_and_other_boards_are_not_found(door, cast, registrar, client_for, find):
    board = SeriesFactory(board=cast.building_board, prefix="MBN-SM").board
    matter(board, by=registrar_of(board), subject="Dörr till bygglov")
    assert "Dörr till bygglov" not in find("dörr").text
    assert "Dörr till bygglov" not in find("dörr", board=str(board.pk)).text
    close_matter(door.pk, by=registrar, now=door.history.get().history_date)
    assert DOOR not in find("dörr").text


def test_only_registrators(cast, registrar, client_for):
    assert_asks_for_sign_in(URL)
    for person in (cast.librarian, cast.communicator, cast.administrator):
        assert client_for(person).get(URL).status_code == 403
    assert_only_get(client_for(registrar), URL)


def test_costs_the_same_however_many_are_found(door, cast, registrar, client_for):
    client = client_for(registrar)
    add = lambda: matter(cast.culture_board, by=registrar, subject="Dörr")  # noqa: E731
    assert_same_query_count(lambda: client.get(URL, {"find": "dörr"}), add_row=add)


class TestWithoutJavaScript:
    def test_handover_page_searches_and_keeps_what_is_typed(self, door, cast, registrar, client_for):
        url = reverse("archive:handover-detail", args=[handed_over(cast.culture_board).pk])
        typed = {"find": "dörr", "place": "nytt", "subject": "Mina ord", "correspondent": "", "dated_on": "i går"}
        page = Page(client_for(registrar).post(url, {**typed, "sok": "1"}))
        assert f"{door}: {DOOR}" in page.text
        assert (page.typed("subject"), page.typed("dated_on")) == ("Mina ord", "i går")
        assert page.errors == {}
        assert not Document.objects.exists()

    def test_what_was_found_is_registered_in(self, door, cast, registrar, client_for):
        url = reverse("archive:handover-detail", args=[handed_over(cast.culture_board).pk])
        typed = {"find": "dörr", "place": str(door.pk), "subject": "Fråga", "dated_on": "2026-11-24"}
        client_for(registrar).post(url, {**typed, "correspondent": "Enskild"})
        assert Document.objects.get().matter == door

    def test_register_page_searches_too(self, door, registrar, client_for):
        page = Page(client_for(registrar).post(reverse("archive:document-register"), {"find": "dörr", "sok": "1"}))
        assert f"{door}: {DOOR}" in page.text
        assert page.errors == {}
