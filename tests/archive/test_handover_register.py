"""What was handed over is read, and becomes a handling in the diarium (R15, R16, R22)."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from archive.enums import HandoverStatus
from archive.models import Document, DocumentView, Handover, HandoverView, Matter
from archive.services import diary, registering
from archive.services.diary import close_matter
from archive.services.entries import Opening
from laholm_sociala.common.errors import RefusedError
from tests.archive.battery import assert_only_the_boards_registrar
from tests.archive.factories import SeriesFactory, entry, handed_over, matter, registrar_of
from tests.clock import NOW
from tests.pages import Page
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db
NUMBER = "2022-000282"


@pytest.fixture
def handover(cast, series):
    return handed_over(cast.culture_board)


@pytest.fixture
def url(handover):
    return reverse("archive:handover-detail", args=[handover.pk])


@pytest.fixture
def typed():
    return {"place": "nytt", "subject": "Synpunkt om dörr", "correspondent": "Enskild", "dated_on": "2026-11-24"}


def register(handover, *, by, matter_id=None, typed=""):
    opening = Opening("Synpunkt", existing_designation=typed)
    return registering.register_handover(handover.pk, entry(), matter_id=matter_id, opening=opening, by=by, now=NOW)


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


class TestNumberThatIsHereAlready:
    """One more handling in an ärende of the board's existing diarium, which is how an ärende grows."""

    def test_is_one_more_handling_in_the_same_matter(self, cast, handover, url, typed, registrar, client_for):
        first = register(handed_over(cast.culture_board), by=registrar, typed=NUMBER)
        typed |= {"place": "befintligt", "existing_designation": f" {NUMBER}\t"}
        page = Page(client_for(registrar).post(url, typed, follow=True))
        assert page.messages == [f"Registrerad som {NUMBER}-2."]
        assert Matter.objects.get() == first.matter
        assert Handover.objects.get(pk=handover.pk).designation == f"{NUMBER}-2"

    def test_the_matter_keeps_its_own_words(self, handover, cast, registrar):
        there = matter(cast.culture_board, by=registrar, existing_designation=NUMBER)
        register(handover, by=registrar, typed=NUMBER)
        assert Matter.objects.get().subject == there.subject

    @pytest.mark.parametrize("change", [str, str.lower, lambda number: number.replace(" ", "   ")])
    def test_so_is_a_number_of_the_portals_own(self, handover, opened, registrar, change):
        assert register(handover, by=registrar, typed=change(str(opened))).matter == opened

    def test_another_boards_matter_is_another(self, handover, cast, stranger, registrar):
        matter(cast.building_board, by=stranger, existing_designation=NUMBER)
        assert str(register(handover, by=registrar, typed=NUMBER)) == f"{NUMBER}-1"
        assert Matter.objects.filter(designation=NUMBER).count() == 2

    def test_a_closed_one_is_refused_with_what_to_do(self, url, typed, cast, registrar, client_for):
        there = matter(cast.culture_board, by=registrar, existing_designation=NUMBER)
        close_matter(there.pk, by=registrar, now=NOW)
        typed |= {"place": "befintligt", "existing_designation": NUMBER}
        page = Page(client_for(registrar).post(url, typed))
        assert "Ärendet är avslutat. Öppna det igen, eller välj ett annat." in page.text
        assert page.typed("existing_designation") == NUMBER
        assert Handover.objects.get().status == HandoverStatus.WAITING


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
        meet_at(monkeypatch, registering, "open_or_find_matter")
        outcomes = race(*[lambda: register(handover, by=registrar)] * 2)
        assert len(winners(outcomes)) == Document.objects.count() == 1
        assert isinstance(losers(outcomes)[0], RefusedError)

    def test_without_the_lock_a_number_would_be_spent_twice(self, handover, registrar, monkeypatch):
        meet_at(monkeypatch, registering, "open_or_find_matter")
        take_the_lock_away(monkeypatch)
        race(*[lambda: register(handover, by=registrar)] * 2)
        assert Matter.objects.count() == 2


@pytest.mark.django_db(transaction=True)
class TestTheSameNumberAtOnce:
    @pytest.fixture
    def both(self, cast, handover, registrar):
        return [
            lambda kept=kept: register(kept, by=registrar, typed=NUMBER)
            for kept in (handover, handed_over(cast.culture_board))
        ]

    def test_becomes_one_matter_with_both(self, both, monkeypatch):
        meet_at(monkeypatch, diary, "matter_numbered", afterwards=True)
        assert sorted(map(str, winners(race(*both)))) == [f"{NUMBER}-1", f"{NUMBER}-2"]
        assert Matter.objects.count() == 1

    def test_without_the_lock_one_would_fail(self, both, monkeypatch):
        meet_at(monkeypatch, diary, "matter_numbered", afterwards=True)
        take_the_lock_away(monkeypatch)
        assert len(winners(race(*both))) == 1


def test_matter_of_another_board_is_not_offered(url, cast, registrar, client_for):
    SeriesFactory(board=cast.building_board, prefix="MBN-SM")
    foreign = matter(cast.building_board, by=registrar_of(cast.building_board))
    assert str(foreign) not in Page(client_for(registrar).get(url)).text
