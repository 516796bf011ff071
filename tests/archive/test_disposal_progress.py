"""A gallring is carried out: how far it has come, paused, resumed, and done only with its protocol (R18)."""

import json

import pytest
from django.urls import reverse

from archive.enums import DiaryKind, DisposalStatus
from archive.models import DisposalFile, DisposalRun, Handover, Series
from archive.services import disposal_protocol, disposal_run, disposing
from tests.archive.disposals import begun, decided, made_up, old_case, plan_for, settled
from tests.archive.factories import SeriesFactory, archive_head_of, archivist_of, registrar_of, stopped
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory
from tests.jobs import perform_waiting_jobs, waiting_jobs
from tests.moderation.factories import library_account
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch):
    monkeypatch.setattr(disposal_protocol, "render_pdf", lambda html, data: b"%PDF-1.7")


@pytest.fixture
def board(cast):
    return SeriesFactory(board=cast.culture_board).board


@pytest.fixture
def case(cast, board):
    found = old_case(library_account(cast))
    plan_for(board)
    return found


@pytest.fixture
def archivist(board):
    return archivist_of(board)


def address(name, run, *more):
    return reverse(f"archive:{name}", args=[run.pk, *more])


def carried_out(board):
    """Return a gallring that lacks its protocol alone."""
    return settled(made_up(board))


def done(board):
    return disposal_protocol.conclude(carried_out(board).pk, now=NOW)


def status_of(run):
    return DisposalRun.objects.get(pk=run.pk).status


def test_shows_how_far_it_has_come_and_asks_again_by_itself(board, archivist, client_for):
    run, client = disposal_run.begin(decided(made_up(board)).pk, now=NOW), client_for(archivist)
    page = Page(client.get(address("run-detail", run)))
    assert f"0 av {run.items.count()} handlingar är avgjorda" in page.text
    assert page.soup.select_one("#lage")["hx-get"] == address("run-progress", run)
    assert client.get(address("run-progress", run)).status_code == 302
    part = client.get(address("run-progress", run), headers=HTMX)
    assert "HX-Refresh" not in part
    assert b"<html" not in part.content


def test_the_page_comes_anew_when_all_is_settled(board, archivist, client_for):
    part = client_for(archivist).get(address("run-progress", carried_out(board)), headers=HTMX)
    assert part["HX-Refresh"] == "true"


@pytest.mark.parametrize("who", [archivist_of, archive_head_of])
def test_is_paused_and_goes_on(board, who, client_for):
    run, client = disposal_run.begin(decided(made_up(board)).pk, now=NOW), client_for(who(board))
    page = Page(client.post(address("run-pause", run), follow=True))
    assert page.messages == ["Gallringen är pausad. Det som är gallrat är gallrat."]
    assert "Fortsätt gallringen" in page.buttons
    assert "hx-get" not in page.soup.select_one("#lage").attrs
    assert Page(client.post(address("run-pause", run), follow=True)).messages == ["Gallringen är inte i det läget."]
    before = len(waiting_jobs("carry_out_disposal"))
    assert Page(client.post(address("run-resume", run), follow=True)).messages == ["Gallringen fortsätter."]
    assert len(waiting_jobs("carry_out_disposal")) == before + 1


def test_what_is_not_begun_is_not_paused(board, archivist, client_for):
    page = Page(client_for(archivist).post(address("run-pause", made_up(board)), follow=True))
    assert page.messages == ["Gallringen är inte i det läget."]


def test_says_what_was_kept_because_of_a_stop_that_came_between(board, case, archivist, client_for):
    run = begun(board)
    stopped(board, case, name="Begäran om utlämnande")
    disposing.carry_out(run.pk, clock=lambda: NOW)
    disposal_protocol.conclude(run.pk, now=NOW)
    page = Page(client_for(archivist).get(address("run-detail", run)))
    assert "Fick inte gallras" in page.text
    assert "Gallringsstopp: Begäran om utlämnande." in page.text
    assert "Genomförd i delar" in page.text


# The protocol


def test_done_leads_to_its_protocol(board, archivist, client_for):
    run = done(board)
    page = Page(client_for(archivist).get(address("run-detail", run)))
    assert f"Diariefört som {run.protocol}." in page.text
    assert str(run.protocol) not in page.links
    assert str(run.protocol) in Page(client_for(both(board)).get(address("run-detail", run))).links


def both(board):
    """An arkivredogörare who registers as well."""
    return RoleAssignmentFactory(user=archivist_of(board), role_id="registrator", board=board).user


def test_is_fetched_as_pdf_and_as_json(board, archivist, client_for):
    run, client = done(board), client_for(archivist)
    pdf = client.get(address("run-protocol-file", run, "pdf"))
    assert (pdf.content, pdf["Content-Disposition"]) == (
        b"%PDF-1.7",
        'attachment; filename="gallringsprotokoll-2026.pdf"',
    )
    protocol = json.loads(client.get(address("run-protocol-file", run, "json")).content)
    assert protocol["namnd"] == board.name
    types = run.items.order_by("record_type").values_list("record_type", flat=True).distinct()
    rules = [run.plan.rules.get(record_type=code).in_words for code in types]
    assert [row["regel"] for row in protocol["handlingstyper"]] == rules
    assert client.get(address("run-protocol-file", run, "exe")).status_code == 404
    assert client.post(address("run-protocol-file", run, "pdf")).status_code == 405


@pytest.mark.parametrize("who", [archivist_of, archive_head_of, registrar_of])
def test_nothing_carried_out_has_no_protocol_to_see(board, who, client_for):
    """Neither a draft nor what is decided on and has begun."""
    client, run = client_for(who(board)), made_up(board)
    for url in (address("run-protocol", run), address("run-protocol-file", run, "pdf")):
        assert client.get(url).status_code == 404
    assert client.post(address("run-protocol", run)).status_code == 404
    disposal_run.begin(decided(run).pk, now=NOW)
    assert client.get(address("run-protocol", run)).status_code == 404


def test_those_with_no_part_in_it_find_no_protocol(cast, board, client_for):
    run = done(board)
    for url in (address("run-protocol", run), address("run-protocol-file", run, "pdf")):
        assert_asks_for_sign_in(url)
        for person in (cast.librarian, cast.administrator, registrar_of(cast.building_board)):
            assert client_for(person).get(url).status_code == 404
    assert client_for(registrar_of(board)).get(address("run-protocol", run)).status_code == 200


@pytest.mark.parametrize("who", [archivist_of, archive_head_of, registrar_of])
def test_a_protocol_that_failed_is_shown_and_tried_again(board, who, client_for):
    run, client = carried_out(board), client_for(who(board))
    page = Page(client.get(address("run-protocol", run)))
    assert "Protokollet saknas" in page.text
    assert page.buttons == ["Försök igen"]
    again = Page(client.post(address("run-protocol", run), follow=True))
    assert again.messages == ["Portalen försöker igen. Ladda om sidan om en stund."]
    perform_waiting_jobs()
    assert status_of(run) == DisposalStatus.DONE
    refused = Page(client.post(address("run-protocol", run), follow=True))
    assert refused.messages == ["Protokollet behöver inte skrivas en gång till."]


def test_rendering_that_fails_leaves_it_undone(board, archivist, monkeypatch, client_for):
    run = carried_out(board)

    def fail(html, data):
        raise OSError("Inget typsnitt")

    monkeypatch.setattr(disposal_protocol, "render_pdf", fail)
    with pytest.raises(OSError, match="typsnitt"):
        disposal_protocol.conclude(run.pk, now=NOW)
    assert status_of(run) == DisposalStatus.EXECUTING
    assert "Protokollet saknas" in Page(client_for(archivist).get(address("run-detail", run))).text


def test_waits_for_its_number_where_the_board_numbers_elsewhere(cast, board, archivist, client_for):
    series = Series.objects.get(board=board)
    series.kind = DiaryKind.EXISTING
    series.record(by=archivist, now=NOW, reason="Nämnden diarieför i sitt befintliga diarium")
    run = carried_out(board)
    disposal_protocol.conclude(run.pk, now=NOW)
    assert Handover.objects.filter(source_ref=disposal_protocol.source_of(run)).exists()
    page = Page(client_for(archivist).get(address("run-detail", run)))
    assert "Protokollet väntar på sitt nummer" in page.text
    assert "Försök igen" not in page.buttons


def test_files_that_are_left_are_told_of(board, archivist, client_for, monkeypatch):
    run = disposal_run.begin(decided(made_up(board)).pk, now=NOW)
    DisposalFile.objects.create(item=run.items.first(), storage="snapshots", name="kvar.png")
    with monkeypatch.context() as patch:
        patch.setattr(disposing, "remove_files", lambda run, *, now: None)
        disposing.carry_out(run.pk, clock=lambda: NOW)
    page = Page(client_for(archivist).get(address("run-detail", run)))
    assert "en fil har inte gått att ta bort" in page.text
    disposal_run.try_again(run.pk, by=archivist, now=NOW)
    perform_waiting_jobs()
    assert status_of(run) == DisposalStatus.DONE
