"""Leveranser till e-arkivet on screen, for those who work with the board's gallring (R07, R17, R18)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from archive.enums import TransferStatus
from archive.models import Document, Transfer, TransferDetails, TransferReading, transfer_storage
from archive.package.checking import faults
from archive.services import transfer_packing, transfers
from archive.services.diary import correct_document
from archive.services.transfer_failing import STOPPED, give_up_packing
from archive.services.transfer_packing import clear_packages
from tests.archive.factories import SeriesFactory, archive_head_of, archivist_of, decided_plan, registrar_of
from tests.archive.gallring import assert_only_those_with_gallring
from tests.archive.transfers import (
    AFTER_DELIVERY,
    NUMBER,
    asked,
    closed_matter,
    drafted,
    handed_over,
    packed,
    ready,
    receipt_for,
    receipted,
    taken_home,
)
from tests.clock import NOW, TODAY
from tests.factories import RoleAssignmentFactory
from tests.jobs import waiting_jobs
from tests.pages import Page, assert_only_get, assert_only_post
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
DETAILS = {"organisation_number": NUMBER, "receiver": "Kommunarkivets e-arkiv", "agreement": ""}


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch):
    monkeypatch.setattr("archive.services.transfer_contents.render_pdf", lambda html, data=(): b"%PDF-1.7")
    monkeypatch.setattr("archive.services.transfer_documentation.render_pdf", lambda html: b"%PDF-1.7")


@pytest.fixture
def board(cast):
    return ready(cast.culture_board, document=AFTER_DELIVERY)


@pytest.fixture
def archivist(board):
    return archivist_of(board)


@pytest.fixture
def strangers(cast, board):
    """Everyone without a part in the board's gallring, another board's arkivredogörare among them."""
    others = (cast.librarian, cast.communicator, cast.administrator)
    return (archivist_of(cast.building_board), registrar_of(board), *others)


def address(name, record):
    return reverse(f"archive:transfer-{name}", args=[record.pk])


def status_of(transfer):
    return Transfer.objects.get(pk=transfer.pk).status


class TestWhoGetsIn:
    @pytest.mark.parametrize("name", ["list", "details", "prepare"])
    def test_to_the_boards(self, board, archivist, strangers, client_for, name):
        assert_only_those_with_gallring(
            address(name, board), inside=archivist, strangers=strangers, client_for=client_for
        )

    @pytest.mark.parametrize("name", ["detail", "pack", "hand-over", "receipt", "cancel", "history"])
    def test_to_a_leverans(self, board, archivist, strangers, client_for, name):
        assert_only_those_with_gallring(
            address(name, packed(board)), inside=archivist, strangers=strangers, client_for=client_for
        )

    def test_the_package_is_for_nobody_else(self, board, strangers, client_for):
        transfer = packed(board)
        assert {client_for(person).get(address("package", transfer)).status_code for person in strangers} == {404}
        assert not TransferReading.objects.exists()

    @pytest.mark.parametrize("name", ["pack", "package", "hand-over", "receipt", "cancel"])
    def test_those_who_do_not_prepare_only_look(self, board, client_for, name):
        transfer = packed(board)
        adviser = RoleAssignmentFactory(role_id="kommunarkivarie", board=None).user
        for person in (archive_head_of(board), adviser):
            client = client_for(person)
            assert client.get(address("detail", transfer)).status_code == 200
            method = client.get if name == "package" else client.post
            assert method(address(name, transfer)).status_code == 403

    def test_methods(self, board, archivist, client_for):
        transfer, client = packed(board), client_for(archivist)
        assert_only_post(client, address("pack", transfer))
        for name in ("detail", "progress", "package", "history"):
            assert_only_get(client, address(name, transfer))
        assert_only_get(client, address("list", board))

    def test_one_board_is_opened_at_once(self, board, archivist, client_for):
        response = client_for(archivist).get(reverse("archive:transfer-boards"))
        assert response.url == address("list", board)

    def test_several_are_listed(self, board, client_for):
        adviser = RoleAssignmentFactory(role_id="kommunarkivarie", board=None).user
        assert str(board) in Page(client_for(adviser).get(reverse("archive:transfer-boards"))).rows


class TestDetails:
    def test_are_asked_for_where_they_are_missing(self, cast, client_for):
        board = SeriesFactory(board=cast.culture_board).board
        page = Page(client_for(archivist_of(board)).get(address("list", board)))
        assert "Nämndens organisationsnummer och e-arkivets namn saknas" in page.text
        assert "Fyll i uppgifterna" in page.text
        assert "Förbered en leverans" not in page.text

    def test_are_written(self, cast, client_for):
        board = SeriesFactory(board=cast.culture_board).board
        page = Page(client_for(archivist_of(board)).post(address("details", board), DETAILS, follow=True))
        assert page.facts["Organisationsnummer"] == NUMBER
        assert page.facts["Leveransöverenskommelse"] == "Ingen angiven"
        assert TransferDetails.objects.get().history.count() == 1

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"organisation_number": "123"}, "Skriv numret med tio siffror, till exempel 212000-1234."),
            ({"organisation_number": "999999-9998"}, "Siffrorna hör inte ihop. Kontrollera numret."),
        ],
    )
    def test_a_wrong_number_is_said_beside_it_and_kept(self, board, archivist, client_for, given, said):
        page = Page(client_for(archivist).post(address("details", board), {**DETAILS, **given}))
        assert page.errors == {"organisation_number": said}
        assert page.soup.select_one("#id_organisation_number")["value"] == given["organisation_number"]
        assert page.soup.select_one("#id_receiver")["value"] == DETAILS["receiver"]

    def test_without_them_preparing_says_where_to_write_them(self, cast, client_for):
        board = SeriesFactory(board=cast.culture_board).board
        decided_plan(board, valid_from=TODAY)
        closed_matter(board)
        page = Page(client_for(archivist_of(board)).post(address("prepare", board), {"through": "2025-12-31"}))
        assert "Fyll i dem under Uppgifter för leverans" in page.text


class TestPrepare:
    def test_begins_with_the_last_day_of_last_year(self, board, archivist, client_for):
        page = Page(client_for(archivist).get(address("prepare", board)))
        assert page.soup.select_one("#id_through")["value"] == "2025-12-31"

    def test_shows_what_comes_along(self, board, archivist, client_for):
        page = Page(client_for(archivist).post(address("prepare", board), {"through": "2025-12-31"}, follow=True))
        assert page.rows == ["Ett ärende", "En handling"]
        assert "Packa" in page.buttons

    @pytest.mark.parametrize(
        ("typed", "said"),
        [("2026-11-24", "Välj en dag som har gått."), ("igår", "Skriv dagen som 2026-11-24")],
    )
    def test_a_day_that_cannot_be_is_said_beside_it(self, board, archivist, client_for, typed, said):
        page = Page(client_for(archivist).post(address("prepare", board), {"through": typed}))
        assert page.errors == {"through": said}


class TestPack:
    def test_goes_to_the_worker(self, board, archivist, client_for):
        transfer = drafted(board)
        sent = {"finns": ["matter", "document"], "ta_med": ["matter"]}
        page = Page(client_for(archivist).post(address("pack", transfer), sent, follow=True))
        assert page.messages == ["Portalen packar. Du kan gå härifrån så länge."]
        assert [job.args["transfer_id"] for job in waiting_jobs("pack_transfer")] == [str(transfer.pk)]
        assert list(transfer.items.values_list("record_type", flat=True)) == ["matter"]

    def test_with_nothing_ticked_it_is_said(self, board, archivist, client_for):
        transfer = drafted(board)
        sent = {"finns": ["matter", "document"]}
        page = Page(client_for(archivist).post(address("pack", transfer), sent, follow=True))
        assert page.messages == ["Ta med något, annars finns det inget att packa."]
        assert status_of(transfer) == TransferStatus.DRAFT

    def test_shows_how_far_it_has_come_and_asks_again_by_itself(self, board, archivist, client_for):
        transfer, client = asked(board), client_for(archivist)
        transfer_packing._tell(transfer, 20, 60)
        page = Page(client.get(address("detail", transfer)))
        assert "20 av 60 filer är packade" in page.text
        assert page.soup.select_one("#lage")["hx-get"] == address("progress", transfer)
        assert client.get(address("progress", transfer)).status_code == 302
        part = client.get(address("progress", transfer), headers=HTMX)
        assert "HX-Refresh" not in part
        transfer_packing.pack(transfer.pk, clock=lambda: NOW)
        assert client.get(address("progress", transfer), headers=HTMX)["HX-Refresh"] == "true"

    def test_a_package_that_is_made_again_begins_at_nothing(self, board):
        transfer = asked(board)
        transfer_packing._tell(transfer, 60, 60)
        transfer.packed_as_of += timedelta(minutes=1)
        assert transfer_packing.progress_of(transfer) is None

    def test_what_went_wrong_is_said(self, board, archivist, client_for):
        transfer = asked(board)
        give_up_packing(transfer.pk, of_try=NOW, failure=STOPPED, now=NOW)
        page = Page(client_for(archivist).get(address("detail", transfer)))
        assert page.messages == [f"Det gick inte att packa. {STOPPED}"]

    def test_the_package_comes_whole_and_who_took_it_is_written(self, board, archivist, client_for):
        transfer = packed(board)
        response = client_for(archivist).get(address("package", transfer))
        assert faults(BytesIO(response.getvalue())) == []
        assert response["Content-Disposition"].startswith('attachment; filename="leverans-2025-12-31-')
        assert TransferReading.objects.get().user == archivist

    @pytest.mark.parametrize("step", [drafted, asked])
    def test_there_is_none_before_it_is_packed(self, board, archivist, client_for, step):
        assert client_for(archivist).get(address("package", step(board))).status_code == 404
        assert not TransferReading.objects.exists()

    def test_one_that_is_gone_from_the_storage_is_not_found_and_nobody_took_it(self, board, archivist, client_for):
        transfer = packed(board)
        transfer_storage().delete(transfer.package.name)
        assert client_for(archivist).get(address("package", transfer)).status_code == 404
        assert not TransferReading.objects.exists()

    def test_nor_once_the_archive_has_it(self, board, archivist, client_for):
        transfer = receipted(board)
        clear_packages(now=NOW)
        assert client_for(archivist).get(address("package", transfer)).status_code == 404


class TestOnwards:
    def test_is_handed_over(self, board, archivist, client_for):
        transfer = taken_home(packed(board))
        page = Page(client_for(archivist).post(address("hand-over", transfer), {"on": str(TODAY)}, follow=True))
        assert page.messages == ["Överlämnad. Nu väntar ni på e-arkivets kvittens."]
        assert status_of(transfer) == TransferStatus.HANDED_OVER

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("2026-11-25", "Dagen kan inte ligga framåt i tiden."),
            ("2026-11-23", "Paketet gjordes senare än så. Kontrollera dagen."),
        ],
    )
    def test_on_a_day_that_can_be(self, board, archivist, client_for, typed, said):
        page = Page(client_for(archivist).post(address("hand-over", packed(board)), {"on": typed}))
        assert page.errors == {"on": said}

    def test_not_before_somebody_has_taken_home_the_package_as_it_is(self, board, archivist, client_for):
        transfer, later = taken_home(packed(board)), NOW + timedelta(minutes=5)
        transfers.ask_to_pack(transfer.pk, by=archivist, now=later)
        transfer_packing.pack(transfer.pk, clock=lambda: later)
        page = Page(client_for(archivist).post(address("hand-over", transfer), {"on": str(TODAY)}))
        assert "Ingen har hämtat paketet som det är nu." in page.text
        assert status_of(transfer) == TransferStatus.PACKED

    def test_the_receipt_is_noted_by_its_number(self, board, archivist, client_for):
        transfer, receipt = handed_over(board), receipt_for(board)
        sent = {"number": f" {str(receipt).lower()} "}
        page = Page(client_for(archivist).post(address("receipt", transfer), sent, follow=True))
        assert page.messages[0].startswith("Kvitterad.")
        assert f"diarieförd som {receipt}" in page.text

    def test_a_number_that_is_none_is_said_beside_it_and_kept(self, board, archivist, client_for):
        page = Page(client_for(archivist).post(address("receipt", handed_over(board)), {"number": "KUN 7"}))
        assert page.errors["number"].startswith("Nämnden har ingen handling med det numret.")
        assert page.soup.select_one("#id_number")["value"] == "KUN 7"

    def test_in_the_wrong_state_it_is_said(self, board, archivist, client_for):
        page = Page(client_for(archivist).post(address("hand-over", drafted(board)), {"on": str(TODAY)}))
        assert "Läge: förbereds." in page.text

    def test_what_has_ended_is_not_changed(self, board, archivist, client_for):
        transfer = receipted(board)
        page = Page(client_for(archivist).get(address("cancel", transfer), follow=True))
        assert page.messages == ["Leveransen är kvitterad och ändras inte."]

    def test_is_cancelled_for_a_reason(self, board, archivist, client_for):
        transfer, client = packed(board), client_for(archivist)
        assert Page(client.post(address("cancel", transfer), {"reason": ""})).errors == {
            "reason": "Skriv varför leveransen avbryts"
        }
        page = Page(client.post(address("cancel", transfer), {"reason": "Fel dag"}, follow=True))
        assert page.lead == "Avbröts: Fel dag"

    def test_what_changed_since_it_was_packed_is_told(self, board, archivist, client_for, clock):
        transfer, letter, client = packed(board), Document.objects.get(), client_for(archivist)
        assert "Ändrat sedan" not in Page(client.get(address("detail", transfer))).text
        later = clock.move(hours=1)
        correct_document(letter.pk, subject="Rättad", reason="Skrivfel", by=registrar_of(board), now=later)
        page = Page(client.get(address("detail", transfer)))
        assert "Ändrat sedan paketet gjordes Packa igen innan du lämnar över det." in page.text
        assert str(letter) in page.text

    def test_history_says_who_did_what(self, board, archivist, client_for):
        text = Page(client_for(archivist).get(address("history", receipted(board)))).text
        for said in ("Leveransen förbereddes", "Packningen begärdes", "Leveransen packades", "E-arkivet kvitterade"):
            assert said in text


def test_the_list_costs_the_same_however_long(board, archivist, client_for):
    client = client_for(archivist)

    def add():
        transfer = drafted(board)
        transfers.cancel(transfer.pk, reason="Fel dag", by=transfer.prepared_by, now=NOW)

    assert_same_query_count(lambda: client.get(address("list", board)), add_row=add)


class TestToDo:
    def test_what_is_packed_waits_to_be_handed_over(self, board, archivist, cast, client_for):
        packed(board)
        page = Page(client_for(archivist).get("/"))
        assert "En leverans att gå vidare med" in page.text
        assert "Paketet är klart att lämna över till e-arkivet." in page.text
        assert "leverans" not in Page(client_for(cast.librarian).get("/")).text.lower()

    def test_what_could_not_be_packed_is_told(self, board, archivist, client_for):
        give_up_packing(asked(board).pk, of_try=NOW, failure=STOPPED, now=NOW)
        assert "Den gick inte att packa." in Page(client_for(archivist).get("/")).text

    def test_an_archive_that_does_not_answer_is_told_after_a_month(self, board, archivist, client_for, clock):
        handed_over(board)
        clock.move(days=29)
        assert "leverans" not in Page(client_for(archivist).get("/")).text.lower()
        clock.move(days=1)
        page = Page(client_for(archivist).get("/"))
        assert "Överlämnad tisdag 24 november. E-arkivet har inte kvitterat." in page.text


def test_gallring_leads_there(board, archivist, client_for):
    page = Page(client_for(archivist).get(reverse("archive:due-detail", args=[board.pk])))
    assert page.soup.select_one(f'a[href="{address("list", board)}"]')
