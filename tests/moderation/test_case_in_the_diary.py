"""The post's page follows its ärende: the number at once, whether it is closed, where it went and if it arrived."""

import pytest
from django.urls import reverse

from archive.models import Handover
from archive.services import diary
from archive.services.entries import Opening
from archive.services.forwarding import note_receipt
from archive.services.registering import register_handover
from moderation.enums import Lane, RecordChoice
from moderation.services import acting
from moderation.services.handing_over import handovers_of
from moderation.services.settling import Settlement, settle
from tests.archive.factories import SeriesFactory, entry, forwarded, handed_over, registrar_of
from tests.clock import NOW
from tests.moderation.factories import library_account, log_post
from tests.pages import Page
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
NUMBER = "KUN-SM 2026-000001-1"


@pytest.fixture
def registrar(cast):
    return registrar_of(SeriesFactory(board=cast.culture_board).board)


@pytest.fixture
def case(cast):
    found = log_post(library_account(cast), lane=Lane.INAPPROPRIATE)
    acting.remove(found.pk, version=None, by=cast.librarian, now=NOW)
    register = Settlement(RecordChoice.REGISTER, "Det kan bli ett ärende.")
    return settle(found.pk, register, version=None, by=cast.librarian, now=NOW)


@pytest.fixture
def read(case, cast, client_for):
    url = reverse("moderation:case-detail", args=[case.pk])
    return lambda: Page(client_for(cast.librarian).get(url)).text


def registered(registrar):
    handover = Handover.objects.get()
    return register_handover(handover.pk, entry(), matter_id=None, opening=Opening("Synpunkt"), by=registrar, now=NOW)


def test_waits_for_the_registrator(case, read):
    assert "Skickat till registratorn Tisdag 24 november." in read()


def test_number_stands_there_at_once(case, read, registrar):
    registered(registrar)
    assert f"diariefört som {NUMBER}. Ärendet är öppet." in read()


def test_says_when_the_matter_is_closed(case, read, registrar):
    diary.close_matter(registered(registrar).matter_id, by=registrar, now=NOW)
    assert "Ärendet avslutades tisdag 24 november." in read()


def test_says_where_it_went_and_whether_it_arrived(case, read, registrar):
    sent = forwarded(registered(registrar), by=registrar)
    assert "Skickad vidare till Region Halland tisdag 24 november. Väntar på kvittens." in read()
    note_receipt(sent.pk, how="På telefon", by=registrar, now=NOW)
    assert "Mottagen tisdag 24 november." in read()


def test_says_that_it_was_made_void(case, read, registrar):
    diary.cancel_document(registered(registrar).pk, reason="Fel ärende", by=registrar, now=NOW)
    assert f"diariefört som {NUMBER}, makulerad." in read()


def test_costs_the_same_however_often_it_was_handed_over(case, cast, registrar):
    registered(registrar)
    again = iter(range(1, 9))

    def hand_over_again():
        ref = f"case:{case.pk}/{next(again)}"
        handover = handed_over(cast.culture_board, source_ref=ref, is_restricted=False)
        register_handover(handover.pk, entry(), matter_id=None, opening=Opening("Igen"), by=registrar, now=NOW)

    assert_same_query_count(lambda: handovers_of(case), add_row=hand_over_again)
