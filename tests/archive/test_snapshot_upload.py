"""Own pictures of a page, sent from the phone and answered for (R19, R20, R23)."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from archive.models import Snapshot
from tests.archive.snapshots import picture
from tests.clock import NOW
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + b"x" * 100 + b"\nstartxref\n0\n%%EOF\n"


@pytest.fixture
def url(account):
    return reverse("archive:snapshot-upload", args=[account.pk])


@pytest.fixture
def send(url, cast, client_for):
    """Send the form as the responsible person does, changed as told."""
    client = client_for(cast.librarian)

    def sent(*files, **changes):
        known = {
            "taken_on": "2026-11-24 09.30",
            "attestation": "Hela startsidan, från telefonen",
            "reason": "yearly",
            "attested": "on",
            "key": str(uuid4()),
            "files": list(files),
            **changes,
        }
        return client.post(url, {name: value for name, value in known.items() if value is not None})

    return sent


def file(name="sida.png", content=None):
    return SimpleUploadedFile(name, content if content is not None else picture())


def test_several_pictures_and_a_pdf_become_one_snapshot(send):
    response = send(file(), file("två.jpg", picture(kind="JPEG")), file("sida.pdf", PDF))
    snapshot = Snapshot.objects.good().get()
    assert response.url == reverse("archive:snapshot-detail", args=[snapshot.pk])
    originals = snapshot.files.filter(kind="upload").order_by("position")
    assert [(kept.original_name, kept.content_type) for kept in originals] == [
        ("sida.png", "image/png"),
        ("två.jpg", "image/jpeg"),
        ("sida.pdf", "application/pdf"),
    ]
    assert f"{snapshot.taken_at.astimezone(NOW.tzinfo):%H.%M}" == "09.30"


def test_sent_twice_it_is_one(send):
    key = str(uuid4())
    assert send(file(), key=key).url == send(file(), key=key).url
    assert Snapshot.objects.count() == 1


def test_name_does_not_decide_what_a_file_is(send):
    page = Page(send(file("sida.png", b"<script>alert(1)</script>")))
    assert page.errors["files"].startswith("sida.png: Filen går inte att öppna")
    assert not Snapshot.objects.exists()


def test_half_a_picture_is_refused(send):
    half = picture(400, 400, "JPEG")
    assert "sida.jpg: Filen går inte att öppna" in Page(send(file("sida.jpg", half[: len(half) // 2]))).errors["files"]


def test_bomb_is_measured_before_it_is_unpacked(send, monkeypatch):
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    monkeypatch.setattr(Image.Image, "load", lambda *args: pytest.fail("Bilden packades upp"))
    assert "Filen är för stor" in Page(send(file(content=out.getvalue()))).errors["files"]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"taken_on": "i går"}, "taken_on", "Skriv tiden som"),
        ({"taken_on": "2026-11-25 08.00"}, "taken_on", "ligger framåt i tiden"),
        ({"attestation": ""}, "attestation", "Skriv vad bilderna visar"),
        ({"attested": None}, "attested", "Kryssa i"),
    ],
)
def test_fault_stands_beside_its_field_and_what_is_typed_is_kept(send, changes, field, said):
    page = Page(send(file("startsida.png"), **changes))
    assert said in page.errors[field]
    assert page.errors["files"] == "Välj filerna en gång till: startsida.png"
    assert page.title.startswith("Fel:")
    if field != "attestation":
        assert page.typed("attestation") == "Hela startsidan, från telefonen"


def test_no_file_is_said_beside_the_field(send):
    assert Page(send()).errors["files"] == "Välj minst en bild eller en PDF"


def test_reason_follows_from_where_one_comes(url, cast, client_for):
    assert Page(client_for(cast.librarian).get(f"{url}?varfor=closing")).typed("reason") == ["closing"]


def test_anonymous_signs_in_first(url):
    assert_asks_for_sign_in(url)


def test_others_find_nothing(url, cast, client_for):
    assert client_for(cast.outsider).get(url).status_code == 404
