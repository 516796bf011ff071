"""What gallring asks of each under Att göra (R18)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from archive.models import DisposalRun
from archive.services import disposal_advice, disposal_protocol, disposal_run, due_counts
from archive.services.diary import close_matter
from tests.archive.disposals import AT_ONCE, decided, made_up, sent, settled
from tests.archive.factories import SeriesFactory, archive_head_of, archivist_of, decided_plan, document, registrar_of
from tests.clock import NOW
from tests.factories import BoardFactory, RoleAssignmentFactory, UserFactory
from tests.pages import Page
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(cast):
    return SeriesFactory(board=cast.culture_board).board


@pytest.fixture
def to_do(client_for):
    """Read Att göra as a person."""
    return lambda person: Page(client_for(person).get("/"))


def test_arkivansvarig_decides_on_what_others_sent(board, to_do):
    sent(made_up(board))
    page = to_do(archive_head_of(board))
    assert "En gallring att besluta om" in page.text
    assert "Arkivredogöraren har skickat listan." in page.text
    assert "gallring" not in to_do(UserFactory()).text.lower()


def test_and_hears_of_a_decision_that_is_about_to_expire(board, clock, to_do):
    decided(made_up(board))
    head = archive_head_of(board)
    assert "besluta om" not in to_do(head).text
    clock.move(days=25)
    assert "Beslutet gäller till och med torsdag 24 december." in to_do(head).text


def test_kommunarkivarien_advises_before_the_decision(board, to_do):
    """On every board's, once: nothing more is asked when something is said, or when it is decided."""
    runs = [sent(made_up(one)) for one in (board, BoardFactory())]
    adviser = RoleAssignmentFactory(role_id="kommunarkivarie", board=None).user
    assert "Två gallringar att lämna råd om" in to_do(adviser).text
    disposal_advice.advise(runs[0].pk, "Behåll badhuset.", by=adviser, now=NOW)
    page = to_do(adviser)
    assert "En gallring att lämna råd om" in page.text
    assert reverse("archive:run-detail", args=[runs[1].pk]) in page.links.values()
    head = archive_head_of(runs[1].board)
    assert "lämna råd" not in to_do(head).text
    disposal_run.approve(runs[1].pk, seen_sha256=runs[1].list_sha256, by=head, now=NOW)
    assert "lämna råd" not in to_do(adviser).text


def test_arkivredogoraren_goes_on_with_the_list(board, to_do):
    run = made_up(board)
    assert "Listan är inte skickad än." in to_do(archivist_of(board)).text
    sent(run)
    assert "En gallring att förbereda" not in to_do(run.prepared_by).text


def test_and_reads_why_it_was_sent_back(board, to_do):
    run = sent(made_up(board))
    disposal_run.send_back(run.pk, reason="Behåll badhuset.", by=archive_head_of(board), now=NOW + timedelta(seconds=1))
    assert "Skickades tillbaka: Behåll badhuset." in to_do(run.prepared_by).text


def test_and_prepares_when_something_was_due_last_night(board, to_do):
    registrar = registrar_of(board)
    kept = document(board, by=registrar)
    close_matter(kept.matter_id, by=registrar, now=NOW)
    decided_plan(board, document=AT_ONCE)
    archivist = archivist_of(board)
    assert "Att gallra 2026" not in to_do(archivist).text
    due_counts.note_what_is_due(NOW)
    page = to_do(archivist)
    assert "En nämnd har att gallra" in page.text
    assert "En handling har nått sin frist." in page.text
    run = disposal_run.prepare(board, NOW.date(), by=archivist, now=NOW)
    assert "En nämnd har att gallra" not in to_do(archivist).text
    disposal_protocol.conclude(settled(run).pk, now=NOW)
    assert "En nämnd har att gallra" not in to_do(archivist).text


def test_registratorn_hears_of_a_protocol_that_did_not_come(board, clock, to_do):
    run = settled(made_up(board))
    registrar = registrar_of(board)
    assert "utan protokoll" not in to_do(registrar).text
    clock.move(hours=1)
    page = to_do(registrar)
    assert "En gallring utan protokoll" in page.text
    assert reverse("archive:run-protocol", args=[run.pk]) in page.links.values()
    disposal_protocol.conclude(run.pk, now=clock.now)
    assert DisposalRun.objects.get(pk=run.pk).protocol is not None
    assert "utan protokoll" not in to_do(registrar).text


def test_costs_the_same_however_many(client_for, cast):
    person = archivist_of(cast.culture_board)
    RoleAssignmentFactory(user=person, role_id="kommunarkivarie", board=None)
    client = client_for(person)

    def add_row():
        board = BoardFactory()
        for role in ("arkivredogorare", "arkivansvarig", "registrator"):
            RoleAssignmentFactory(user=person, role_id=role, board=board)
        made_up(board)
        board = BoardFactory()
        RoleAssignmentFactory(user=person, role_id="arkivansvarig", board=board)
        sent(made_up(board))

    assert_same_query_count(lambda: client.get("/"), add_row=add_row)
