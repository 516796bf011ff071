"""The registrator's inbox: what is handed over, once and frozen, and read by those who may (R15, R16, R22)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from archive.models import Handover, HandoverContent, HandoverView
from archive.services.handover import Material, hand_over
from tests.archive.factories import handed_over, registrar_of
from tests.clock import NOW, TODAY
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db

SECRET = "Min granne får hjälp av socialen."
LIST = "/diarium/inkorg/"


@pytest.fixture
def board(cast):
    return cast.culture_board


@pytest.fixture
def registrar(board):
    return registrar_of(board)


def address(handover: Handover) -> str:
    return reverse("archive:handover-detail", args=[handover.pk])


def test_same_thing_is_handed_over_once(board, cast):
    material = Material(board=board, source_ref="case:1/0", subject="Fråga på kontot", received_on=TODAY)
    first = hand_over(material, by=cast.librarian, now=NOW)
    assert hand_over(material, by=cast.assistant, now=NOW) == first
    assert Handover.objects.count() == 1


def test_is_frozen(board):
    handed_over(board)
    with pytest.raises(DatabaseError), transaction.atomic():
        HandoverContent.objects.update(text="Något annat")


def test_nothing_is_left_of_what_is_rolled_back(board):
    with transaction.atomic():
        handed_over(board)
        transaction.set_rollback(True)
    assert not Handover.objects.exists()


class TestPages:
    def test_registrator_reads_what_waits_the_oldest_first(self, board, registrar, client_for):
        handed_over(board, subject="Först", is_restricted=False)
        handed_over(board, subject="Sedan", is_restricted=False, now=NOW + timedelta(hours=1))
        page = Page(client_for(registrar).get(LIST))
        assert page.rows == ["Först", "Sedan"]

    def test_list_says_of_what_may_be_secret_that_it_may_be_and_no_more(self, board, registrar, client_for):
        handed_over(board)
        page = Page(client_for(registrar).get(LIST))
        assert "Kan vara sekretess" in page.text
        assert SECRET not in page.text
        assert not HandoverView.objects.exists()

    def test_each_reading_of_what_may_be_secret_is_noted(self, board, registrar, client_for):
        handover = handed_over(board)
        page = Page(client_for(registrar).get(address(handover)))
        assert SECRET in page.text
        assert "Det antecknas att du läser det." in page.text
        client_for(registrar).get(address(handover))
        assert HandoverView.objects.filter(handover=handover, user=registrar).count() == 2

    def test_ordinary_reading_is_not(self, board, registrar, client_for):
        client_for(registrar).get(address(handed_over(board, is_restricted=False)))
        assert not HandoverView.objects.exists()

    def test_file_comes_as_it_was_and_is_never_shown(self, board, registrar, client_for):
        handover = handed_over(board)
        url = reverse("archive:handover-file", args=[handover.pk, handover.files.get().pk])
        response = client_for(registrar).get(url)
        assert response.content == b"PNG"
        assert response.headers["Content-Disposition"] == 'attachment; filename="bild.png"'
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert HandoverView.objects.count() == 1
        assert_only_get(client_for(registrar), url)

    def test_strangers_sign_in_and_others_find_nothing(self, board, cast, client_for):
        handover = handed_over(board)
        file = reverse("archive:handover-file", args=[handover.pk, handover.files.get().pk])
        for url in (LIST, address(handover), file):
            assert_asks_for_sign_in(url)
        for person in (cast.librarian, cast.manager, cast.communicator, cast.administrator):
            client = client_for(person)
            assert client.get(LIST).status_code == 403
            assert {client.get(address(handover)).status_code, client.get(file).status_code} == {404}
        assert not HandoverView.objects.exists()

    def test_another_boards_registrator_finds_nothing(self, board, cast, client_for):
        handover = handed_over(board)
        client = client_for(registrar_of(cast.building_board))
        assert client.get(address(handover)).status_code == 404
        assert Page(client.get(LIST)).rows == []
        assert client.post(address(handover), {"designation": "1"}).status_code == 404

    def test_unknown_is_404(self, registrar, client_for):
        assert client_for(registrar).get(reverse("archive:handover-detail", args=[uuid4()])).status_code == 404

    def test_costs_the_same_with_more(self, board, registrar, client_for):
        client = client_for(registrar)
        assert_same_query_count(lambda: client.get(LIST), add_row=lambda: handed_over(board))

    def test_waits_in_att_gora_without_a_word_of_it(self, board, registrar, client_for):
        handover = handed_over(board)
        page = Page(client_for(registrar).get(reverse("to-do")))
        assert address(handover) in page.links.values()
        assert SECRET not in page.text

    def test_nothing_waits(self, registrar, client_for):
        assert "Inget väntar på att registreras." in Page(client_for(registrar).get(LIST)).text
