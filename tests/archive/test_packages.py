"""What a board that diarieför elsewhere takes with it there, and the number that comes back (R15, R16, R22)."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from django.urls import reverse

from archive.enums import DiaryKind
from archive.models import Document, DocumentView, HandoverView
from archive.services.entries import File
from archive.services.handover import HandedFile
from tests.archive.battery import assert_only_the_boards_registrar
from tests.archive.factories import SeriesFactory, document, handed_over, registrar_of
from tests.pages import Page
from tests.pdf import opened as opened_pdf
from tests.pdf import text_of

pytestmark = pytest.mark.django_db

SECRET = "Min granne får hjälp av socialen."
PATHS_OUT = [HandedFile("../../etc/Bild på Åsa.PNG", "image/png", b"PNG"), HandedFile("..", "image/png", b"PNG2")]


@pytest.fixture
def elsewhere(cast):
    """The board diarieför in its existing diarium."""
    return SeriesFactory(board=cast.culture_board, kind=DiaryKind.EXISTING)


@pytest.fixture
def registrar(elsewhere):
    return registrar_of(elsewhere.board)


@pytest.fixture
def handover(elsewhere):
    return handed_over(elsewhere.board)


def package(record):
    return reverse(f"archive:{record._meta.model_name}-package", args=[record.pk])


def unpacked(response):
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_who_may(handover, registrar, stranger, cast, client_for):
    who = {"registrar": registrar, "stranger": stranger, "cast": cast, "client_for": client_for}
    assert_only_the_boards_registrar(package(handover), **who)


def test_holds_the_handling_its_fields_and_its_files(handover, registrar, client_for):
    response = client_for(registrar).get(package(handover))
    members = unpacked(response)
    assert set(members) == {"handling.pdf", "falt.json", "falt.csv", "filer/01-bild.png", "sha256.txt"}
    assert members["filer/01-bild.png"] == b"PNG"
    assert SECRET in text_of(members["handling.pdf"])
    fields = json.loads(members["falt.json"])
    assert (fields["arendemening"], fields["kom_in"]) == (handover.subject, "2026-11-24")
    assert (fields["kan_vara_sekretess"], fields["uppgifter"]) == (True, handover.content.details)
    assert fields["filer"][0]["namn"] == "bild.png"
    rows = dict(csv.reader(io.StringIO(members["falt.csv"].decode("utf-8-sig")), delimiter=";"))
    assert (rows["kan_vara_sekretess"], rows["text"]) == ("ja", SECRET)
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_pdf_is_for_the_archive(handover, registrar, client_for):
    members = unpacked(client_for(registrar).get(package(handover)))
    with opened_pdf(members["handling.pdf"]) as pdf:
        assert "pdfaid:part" in str(pdf.open_metadata())


def test_every_member_has_its_fingerprint(handover, registrar, client_for):
    members = unpacked(client_for(registrar).get(package(handover)))
    listed = dict(reversed(line.split("  ", 1)) for line in members.pop("sha256.txt").decode().splitlines())
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}


def test_is_the_same_bytes_each_time(handover, registrar, client_for):
    client = client_for(registrar)
    assert client.get(package(handover)).content == client.get(package(handover)).content


def test_no_file_lands_outside_whatever_it_is_called(elsewhere, registrar, client_for):
    members = unpacked(client_for(registrar).get(package(handed_over(elsewhere.board, files=PATHS_OUT))))
    assert {name for name in members if name.startswith("filer/")} == {"filer/01-fil", "filer/02-bild-pa-asa.png"}


def test_a_cell_never_becomes_a_formula(elsewhere, registrar, client_for):
    members = unpacked(client_for(registrar).get(package(handed_over(elsewhere.board, text="=HYPERLINK(1)"))))
    assert "'=HYPERLINK(1)" in members["falt.csv"].decode()


def test_is_a_reading_and_noted(handover, registrar, client_for):
    client_for(registrar).get(package(handover))
    assert HandoverView.objects.get(handover=handover).user == registrar


def test_registered_handling_is_packed_too(cast, client_for, registrar, elsewhere):
    board = SeriesFactory(board=cast.building_board, prefix="MBN-SM").board
    theirs = registrar_of(board)
    kept = document(board, by=theirs, provisions=["OSL 21 kap. 1 §"], files=[File("a.pdf", "application/pdf", b"%PDF")])
    members = unpacked(client_for(theirs).get(package(kept)))
    fields = json.loads(members["falt.json"])
    assert (fields["nummer"], fields["sekretessmarkeringar"]) == ("MBN-SM 2026-000001-1", ["OSL 21 kap. 1 §"])
    assert "Kan vara sekretess. Det är en varning och inget beslut." in text_of(members["handling.pdf"])
    assert "OSL 21 kap. 1 §, Miljö- och byggnadsnämnden, 2026-11-24" in text_of(members["handling.pdf"])
    assert members["filer/01-a.pdf"] == b"%PDF"
    assert DocumentView.objects.get(document=kept).user == theirs
    assert client_for(registrar).get(package(kept)).status_code == 404


class TestNumberComesBack:
    def test_the_page_offers_the_package_and_asks_for_the_number(self, handover, registrar, client_for):
        page = Page(client_for(registrar).get(reverse("archive:handover-detail", args=[handover.pk])))
        assert package(handover) in page.links.values()
        assert page.typed("place") == ["befintligt"]
        assert "Nytt ärende" not in page.text

    def test_typed_number_is_the_handlings(self, handover, registrar, client_for):
        typed = {
            "place": "befintligt",
            "existing_designation": "2026-000282",
            "subject": "Fråga",
            "dated_on": "2026-11-24",
        }
        url = reverse("archive:handover-detail", args=[handover.pk])
        page = Page(client_for(registrar).post(url, {**typed, "correspondent": "Enskild"}, follow=True))
        assert page.messages == ["Registrerad som 2026-000282-1."]
        assert Document.objects.get().content.text == SECRET

    def test_board_that_numbers_here_is_not_told_of_it(self, cast, registrar, client_for):
        board = SeriesFactory(board=cast.building_board, prefix="MBN-SM").board
        handover = handed_over(board)
        page = Page(client_for(registrar_of(board)).get(reverse("archive:handover-detail", args=[handover.pk])))
        assert package(handover) not in page.links.values()
        assert page.typed("place") == ["nytt"]
