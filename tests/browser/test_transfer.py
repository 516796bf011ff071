"""A leverans to the e-archive: prepared, packed, taken home, handed over, and the receipt noted (R07, R18)."""

import zipfile

from playwright.sync_api import Page, expect

from archive.enums import TransferStatus
from archive.models import Document, Transfer, TransferReading
from archive.package.checking import faults
from tests.archive.factories import SeriesFactory, archivist_of, registrar_of
from tests.archive.transfers import AFTER_DELIVERY, ready
from tests.browser.visitors import Visitors
from tests.clock import TODAY


def test_prepared_packed_taken_home_handed_over_and_receipted(visitors: Visitors, cast, clock, work):
    board = ready(SeriesFactory(board=cast.culture_board).board, document=AFTER_DELIVERY)
    archivist = visitors.let_in(visitors.arrive(), archivist_of(board))
    prepare(archivist)
    pack(archivist, work)
    take_home(archivist)
    hand_over(archivist)

    registrar = visitors.let_in(visitors.arrive(), registrar_of(board))
    number = register_the_receipt(registrar)

    note_the_receipt(archivist, number)
    transfer = Transfer.objects.get()
    assert transfer.status == TransferStatus.RECEIVED
    assert (str(transfer.receipt), transfer.receipt_on) == (number, TODAY)
    assert TransferReading.objects.count() == 1


def prepare(page: Page) -> None:
    page.goto("/arkiv/leveranser/")
    page.get_by_role("link", name="Förbered en leverans").click()
    page.get_by_role("button", name="Gör listan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leverans till och med 31 december 2025")
    expect(page.get_by_role("checkbox", name="Ta med Ett ärende")).to_be_checked()


def pack(page: Page, work) -> None:
    """The handlingar are left without their ärenden first: it is said, and nothing is lost."""
    page.get_by_role("checkbox", name="Ta med Ett ärende").uncheck()
    page.get_by_role("button", name="Packa").click()
    expect(page.get_by_role("main")).to_contain_text("Handlingarna packas i sina ärenden.")
    page.get_by_role("button", name="Packa").click()
    expect(page.get_by_role("status")).to_contain_text("Portalen packar.")
    work()
    # The page asks by itself.
    expect(page.get_by_role("heading", name="Lämna över paketet")).to_be_visible()


def take_home(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta paketet").click()
    assert download.value.suggested_filename.startswith("leverans-2025-12-31-")
    path = download.value.path()
    with path.open("rb") as opened:
        assert faults(opened) == []
    with zipfile.ZipFile(path) as package:
        assert [name for name in package.namelist() if name.endswith("01-brev-fran-asa.pdf")]


def hand_over(page: Page) -> None:
    page.get_by_role("link", name="Det är överlämnat").click()
    page.get_by_role("button", name="Anteckna").click()
    expect(page.get_by_role("status")).to_contain_text("Nu väntar ni på e-arkivets kvittens.")


def register_the_receipt(page: Page) -> str:
    """Register what came from the e-archive, and return its number."""
    page.goto("/diarium/registrera/")
    page.get_by_label("Ärendemening", exact=True).fill("Leverans till e-arkivet")
    page.get_by_label("Avsändare/mottagare", exact=True).fill("Kommunarkivet")
    page.get_by_label("Vad handlingen säger").fill("E-arkivet har tagit emot leveransen.")
    page.get_by_role("button", name="Registrera").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Registrera handling")
    receipt = Document.objects.get(correspondent="Kommunarkivet")
    return str(receipt)


def note_the_receipt(page: Page, number: str) -> None:
    """The number of the ärende alone is not enough: the field says what is missing, and keeps what was typed."""
    page.get_by_role("link", name="Anteckna kvittensen").click()
    page.get_by_label("Kvittensens nummer i diariet").fill(number.rpartition("-")[0])
    page.get_by_role("button", name="Anteckna kvittensen").click()
    expect(page.get_by_role("main")).to_contain_text("Nämnden har ingen handling med det numret.")
    page.get_by_label("Kvittensens nummer i diariet").fill(number)
    page.get_by_role("button", name="Anteckna kvittensen").click()
    expect(page.get_by_role("heading", name="E-arkivet har kvitterat")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(f"diarieförd som {number}")
