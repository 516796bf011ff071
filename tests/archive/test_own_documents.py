"""What the portal draws up itself gets its number by one narrow way; of nothing else is the system user a registrar."""

import pytest

from accounts.models import User
from archive.enums import Direction
from archive.models import Document, Matter
from archive.services.diary_check import faults
from archive.services.entries import File
from archive.services.own_documents import register_own_document
from laholm_sociala.common.errors import RefusedError
from tests.archive.factories import SeriesFactory
from tests.clock import NOW, TODAY

pytestmark = pytest.mark.django_db
SOURCE = "disposal:0b0e8f5e-5a0c-4c51-9d57-8b8d9ad0a001"
PDF = File("gallringsprotokoll-2026.pdf", "application/pdf", b"%PDF")


def draw_up(board, source_ref=SOURCE):
    return register_own_document(board, subject="Gallringsprotokoll 2026", source_ref=source_ref, files=[PDF], now=NOW)


def test_is_drawn_up_in_an_matter_of_its_own(cast, series, opened):
    made = draw_up(cast.culture_board)
    assert str(made) == "KUN-SM 2026-000002-1"
    assert made.matter != opened
    assert (made.direction, made.dated_on, made.correspondent) == (Direction.DRAWN_UP, TODAY, "")
    assert not made.is_restricted
    assert bytes(made.files.get().content) == b"%PDF"
    assert list(faults()) == []


def test_says_that_the_portal_did_it(cast, series):
    made = draw_up(cast.culture_board)
    assert made.history.get().history_user == made.matter.history.get().history_user == User.objects.system()


@pytest.mark.parametrize("source_ref", ["", "case:1", "request:1:answer", "disposals:1"])
def test_nothing_else_is_registered_that_way(cast, series, source_ref):
    with pytest.raises(ValueError, match="draws up nothing"):
        draw_up(cast.culture_board, source_ref)
    assert not Document.objects.exists()


def test_a_board_that_numbers_elsewhere_gets_no_number_from_it(cast):
    SeriesFactory(board=cast.culture_board, kind="existing")
    with pytest.raises(RefusedError, match="nummer i nämndens diarium"):
        draw_up(cast.culture_board)
    assert not Matter.objects.exists()
