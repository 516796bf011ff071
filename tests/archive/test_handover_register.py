"""What was handed over is read, and becomes a handling in the diarium (R15, R16, R22)."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from archive.enums import HandoverStatus
from archive.models import Document, DocumentView, Handover, HandoverView, Matter
from archive.services import registering
from archive.services.diary import close_matter
from laholm_sociala.common.errors import RefusedError
from tests.archive.battery import assert_only_the_boards_registrar
from tests.archive.factories import SeriesFactory, entry, handed_over, matter, registrar_of
from tests.clock import NOW
from tests.pages import Page
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db
NEW_MATTER = {"subject": "Synpunkt"}


@pytest.fixture
def handover(cast, series):
    return handed_over(cast.culture_board)


@pytest.fixture
def url(handover):
    return reverse("archive:handover-detail", args=[handover.pk])


@pytest.fixture
def typed():
    return {"place": "nytt", "subject": "Synpunkt om dörr", "correspondent": "Enskild", "dated_on": "2026-11-24"}


def register(handover, *, by, matter_id=None):
    return registering.register_handover(
        handover.pk, entry(), matter_id=matter_id, new_matter=NEW_MATTER, by=by, now=NOW
    )


def test_who_may(url, registrar, stranger, cast, client_for):
    assert_only_the_boards_registrar(url, registrar=registrar, stranger=stranger, cast=cast, client_for=client_for)
    assert client_for(registrar).get(reverse("archive:handover-detail", args=[uuid4()])).status_code == 404


def test_proposes_without_names(url, handover, registrar, client_for):
    page = Page(client_for(registrar).get(url))
    assert page.typed("subject") == handover.subject
    assert (page.typed("correspondent"), page.typed("dated_on")) == ("Enskild", "2026-11-24")
    assert (page.typed("place"), page.typed("provisions")) == (["nytt"], [])
    assert handover.content.text in page.text


def test_each_reading_is_written_down(url, handover, registrar, client_for):
    client_for(registrar).get(url)
    assert HandoverView.objects.get(handover=handover).user == registrar


def test_becomes_a_handling_with_all_of_it(url, typed, handover, registrar, client_for):
    page = Page(client_for(registrar).post(url, typed, follow=True))
    assert page.messages == ["Registrerad som KUN-SM 2026-000001-1."]
    document = Document.objects.get()
    assert (document.source_ref, document.is_restricted) == (handover.source_ref, True)
    assert document.content.text == handover.content.text
    assert document.content.details == handover.content.details
    assert bytes(document.files.get().content) == bytes(handover.files.get().content)
    kept = Handover.objects.get()
    assert (kept.status, kept.designation) == (HandoverStatus.REGISTERED, "KUN-SM 2026-000001-1")
    assert DocumentView.objects.get().document == document


def test_goes_into_a_matter_that_is_there(url, typed, opened, registrar, client_for):
    page = Page(client_for(registrar).post(url, {**typed, "place": str(opened.pk)}, follow=True))
    assert page.heading == f"{opened}-1"
    assert Matter.objects.count() == 1


def test_takes_the_existing_diariums_number(url, typed, registrar, client_for):
    client = client_for(registrar)
    page = Page(client.post(url, {**typed, "place": "befintligt"}))
    assert page.errors == {"existing_designation": "Skriv ärendets nummer i nämndens diarium"}
    page = Page(client.post(url, {**typed, "place": "befintligt", "existing_designation": "2022-000282"}, follow=True))
    assert page.heading == "2022-000282-1"


def test_nothing_is_half_done(url, typed, registrar, client_for):
    page = Page(client_for(registrar).post(url, {**typed, "correspondent": ""}))
    assert page.errors == {"correspondent": "Skriv vem handlingen kommer från eller går till."}
    assert not Matter.objects.exists()
    assert Handover.objects.get().status == HandoverStatus.WAITING


def test_twice_is_refused_and_the_page_says_its_number(url, handover, registrar, client_for):
    register(handover, by=registrar)
    with pytest.raises(RefusedError, match="redan registrerat som KUN-SM 2026-000001-1"):
        register(handover, by=registrar)
    page = Page(client_for(registrar).get(url))
    assert page.heading == "KUN-SM 2026-000001-1"
    assert page.buttons == []


def test_a_closed_or_foreign_matter_is_refused(handover, opened, registrar, stranger, cast):
    close_matter(opened.pk, by=registrar, now=NOW)
    with pytest.raises(RefusedError, match="avslutat"):
        register(handover, by=registrar, matter_id=opened.pk)
    with pytest.raises(PermissionDenied):
        register(handover, by=stranger)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_one_registers(self, handover, registrar, monkeypatch):
        meet_at(monkeypatch, registering, "open_matter")
        outcomes = race(*[lambda: register(handover, by=registrar)] * 2)
        assert len(winners(outcomes)) == Document.objects.count() == 1
        assert isinstance(losers(outcomes)[0], RefusedError)

    def test_without_the_lock_a_number_would_be_spent_twice(self, handover, registrar, monkeypatch):
        meet_at(monkeypatch, registering, "open_matter")
        take_the_lock_away(monkeypatch)
        race(*[lambda: register(handover, by=registrar)] * 2)
        assert Matter.objects.count() == 2


def test_matter_of_another_board_is_not_offered(url, cast, registrar, client_for):
    SeriesFactory(board=cast.building_board, prefix="MBN-SM")
    foreign = matter(cast.building_board, by=registrar_of(cast.building_board))
    assert str(foreign) not in Page(client_for(registrar).get(url)).text
