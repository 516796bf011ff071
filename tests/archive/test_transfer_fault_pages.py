"""What could not be packed of a leverans, on screen: named, linked, and left out by one press (R07, R18)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from archive.enums import TransferStatus
from archive.models import Transfer, snapshot_storage
from archive.services import transfer_packing, transfers
from tests.archive.factories import archive_head_of
from tests.archive.transfers import AFTER_DELIVERY, asked, packed, ready, snapshot_of
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory
from tests.jobs import perform_waiting_jobs
from tests.pages import Page
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch):
    monkeypatch.setattr("archive.services.transfer_contents.render_pdf", lambda html, data=(): b"%PDF-1.7")
    monkeypatch.setattr("archive.services.transfer_documentation.render_pdf", lambda html: b"%PDF-1.7")


@pytest.fixture
def board(cast):
    return ready(cast.culture_board, document=AFTER_DELIVERY, snapshot=AFTER_DELIVERY)


@pytest.fixture
def snapshot(board, cast):
    """One whose file is gone."""
    return lose(snapshot_of(cast))


@pytest.fixture
def archivist(board, cast):
    """One who sees the account too."""
    return RoleAssignmentFactory(user=cast.librarian, role_id="arkivredogorare", board=board).user


def lose(snapshot):
    snapshot_storage().delete(snapshot.files.get(kind="upload").name)
    return snapshot


def address(name, record):
    return reverse(f"archive:transfer-{name}", args=[record.pk])


def press(page, client, transfer):
    """Press *Packa utan dem*, with everything ticked."""
    button = page.soup.find("button", attrs={"name": "utan"})
    sent = {"finns": ["matter", "document", "snapshot"], "ta_med": ["matter", "document", "snapshot"]}
    return Page(client.post(address("pack", transfer), {**sent, "utan": button["value"]}, follow=True))


def test_is_named_with_a_link_and_left_out_by_one_press(board, snapshot, archivist, client_for):
    transfer, client = packed(board), client_for(archivist)
    page = Page(client.get(address("detail", transfer)))
    assert "En sak gick inte att packa" in page.text
    assert "En fil saknas i lagringen." in page.text
    link = page.soup.select_one(f'a[href="{reverse("archive:snapshot-detail", args=[snapshot.pk])}"]')
    assert link.text.endswith(", måndag 20 oktober 2025")
    assert press(page, client, transfer).messages == ["Portalen packar. Du kan gå härifrån så länge."]
    perform_waiting_jobs()
    page = Page(client.get(address("detail", transfer)))
    assert Transfer.objects.get().status == TransferStatus.PACKED
    assert "Lämnades utanför Det här är inte levererat, och gallras inte." in page.text
    assert page.rows == ["Ett ärende", "En handling"]
    assert "utan en som inte gick att läsa" in Page(client.get(address("history", transfer))).text


def test_another_try_since_is_said(board, snapshot, archivist, client_for, clock):
    transfer, client = packed(board), client_for(archivist)
    page = Page(client.get(address("detail", transfer)))
    clock.move(minutes=5)
    client.post(address("pack", transfer))
    perform_waiting_jobs()
    said = "Leveransen har packats om sedan du öppnade sidan. Läs vad som inte gick att packa nu."
    assert said in press(page, client, transfer).messages
    assert not Transfer.objects.get().items.left_out().exists()


@pytest.mark.parametrize("said", ["", "i går"])
def test_what_is_no_moment_is_refused(board, archivist, client_for, said):
    assert client_for(archivist).post(address("pack", packed(board)), {"utan": said}).status_code == 400


def test_without_a_page_for_the_reader_it_is_named_without_a_link(board, snapshot, client_for):
    transfer = packed(board)
    page = Page(client_for(archive_head_of(board)).get(address("detail", transfer)))
    assert "En fil saknas i lagringen." in page.text
    assert not page.soup.select_one(f'a[href*="{snapshot.pk}"]')
    assert "Packa utan dem" not in page.buttons


def test_naming_costs_the_same_however_many(board, cast, archivist, client_for):
    client = client_for(archivist)

    def one_more():
        for transfer in Transfer.objects.unfinished():
            transfers.cancel(transfer.pk, reason="Fel dag", by=archivist, now=NOW)
        lose(snapshot_of(cast))
        packed(board)

    def look():
        page = Page(client.get(address("detail", Transfer.objects.unfinished().get())))
        assert "gick inte att packa" in page.text

    assert_same_query_count(look, add_row=one_more)


def test_a_try_that_failed_says_when_the_next_is(board, archivist, client_for, monkeypatch):
    transfer = asked(board)
    monkeypatch.setattr("archive.transfer_page.next_try_at", lambda one: NOW + timedelta(minutes=10))
    page = Page(client_for(archivist).get(address("detail", transfer)))
    assert "Portalen försöker igen i dag kl." in page.text
    transfer_packing.pack(transfer.pk, clock=lambda: NOW)
    assert "Portalen försöker igen" not in Page(client_for(archivist).get(address("detail", transfer))).text
