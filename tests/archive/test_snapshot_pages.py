"""An account's snapshots through the years, one, two beside each other, and their files (R19, R23)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from archive.enums import SnapshotFileKind
from archive.models import snapshot_storage
from archive.services import snapshots
from tests.archive.snapshots import picture, to_judge, uploaded
from tests.clock import NOW
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.pdf import text_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
BY_ACCOUNT = ("snapshot-timeline", "snapshot-compare")
BY_FILE = {
    "snapshot-zoom": SnapshotFileKind.SHOWN,
    "snapshot-picture": SnapshotFileKind.THUMBNAIL,
    "snapshot-original": SnapshotFileKind.UPLOAD,
}
EVERY = (*BY_ACCOUNT, *BY_FILE, "snapshot-detail", "snapshot-history", "snapshot-pdf")


@pytest.fixture
def snapshot(account, cast):
    return uploaded(account, by=cast.librarian)


@pytest.fixture
def address(snapshot):
    """Return where a page is, by its name."""

    def of(name):
        if name in BY_ACCOUNT:
            return reverse(f"archive:{name}", args=[snapshot.account_id])
        if name in BY_FILE:
            return reverse(f"archive:{name}", args=[snapshot.pk, snapshot.files.get(kind=BY_FILE[name]).pk])
        return reverse(f"archive:{name}", args=[snapshot.pk])

    return of


@pytest.fixture
def client(cast, client_for):
    return client_for(cast.librarian)


@pytest.mark.parametrize("name", EVERY)
def test_who_gets_in(name, address, cast, client, client_for):
    url = address(name)
    assert_asks_for_sign_in(url)
    for person in (cast.outsider, cast.outsider_manager, cast.administrator):
        assert client_for(person).get(url).status_code == 404
    assert_only_get(client, url)


def test_timeline_shows_small_pictures_newest_first(snapshot, account, cast, address, client):
    uploaded(account, by=cast.librarian, now=NOW + timedelta(minutes=1), attestation="Efter bytet av namn")
    shown = Page(client.get(address("snapshot-timeline")))
    assert [line.split(": ")[1] for line in map(str.strip, _lines(shown))] == [
        "Efter bytet av namn",
        "Hela första sidan",
    ]
    assert len(shown.soup.select(".ls-small-shots img[alt]")) == 2
    assert "Jämför två år" in shown.links


def _lines(shown):
    return [" ".join(line.get_text(" ").split()) for line in shown.soup.select(".ls-shots .ls-meta")]


def test_history_says_who_did_what(snapshot, address, client):
    shown = Page(client.get(address("snapshot-detail")))
    assert shown.links["Historik"] == address("snapshot-history")
    told = Page(client.get(address("snapshot-history"))).text
    assert "Egna skärmbilder skickades" in told
    assert "Läge: från Begärd till Sparad" in told
    assert "Intygat: från tomt till Hela första sidan" in told


def test_timeline_costs_the_same_however_many(account, cast, address, client):
    assert_same_query_count(
        lambda: client.get(address("snapshot-timeline")), add_row=lambda: uploaded(account, by=cast.librarian)
    )


def test_detail_says_what_and_when(address, client):
    shown = Page(client.get(address("snapshot-detail")))
    assert shown.lead == "Hela första sidan"
    assert shown.facts["Tagen"] == "2026-11-24 09.00"
    assert {"Allt som en PDF", "skärmbild.png"} <= set(shown.links)


def test_compare_takes_the_two_newest_unless_told(snapshot, account, cast, address, client):
    older = uploaded(account, by=cast.librarian, taken_at=NOW - timedelta(days=400))
    oldest = uploaded(account, by=cast.librarian, taken_at=NOW - timedelta(days=800))
    url = address("snapshot-compare")
    shown = Page(client.get(url))
    assert (shown.typed("fore"), shown.typed("efter")) == (str(older.pk), str(snapshot.pk))
    shown = Page(client.get(url, {"fore": oldest.pk, "efter": older.pk}))
    assert (shown.typed("fore"), shown.typed("efter")) == (str(oldest.pk), str(older.pk))


def test_compare_needs_two(address, client):
    assert "Det behövs två" in Page(client.get(address("snapshot-compare"))).text


class TestFiles:
    def test_original_comes_back_byte_for_byte_and_cannot_run(self, address, client):
        response = client.get(address("snapshot-original"))
        assert response.getvalue() == picture()
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response.headers["Cache-Control"] == "private, no-store"

    def test_original_is_never_shown_as_a_picture(self, snapshot, client):
        original = snapshot.files.get(kind=SnapshotFileKind.UPLOAD)
        assert client.get(reverse("archive:snapshot-picture", args=[snapshot.pk, original.pk])).status_code == 404

    def test_picture_is_one_drawn_anew(self, address, client):
        response = client.get(address("snapshot-picture"))
        assert response.headers["Content-Type"] == "image/png"
        assert response.getvalue().startswith(b"\x89PNG")

    def test_one_that_is_gone_from_the_storage_is_not_found(self, snapshot, address, client):
        snapshot_storage().delete(snapshot.files.get(kind=SnapshotFileKind.UPLOAD).name)
        assert client.get(address("snapshot-original")).status_code == 404


class TestPDF:
    def test_holds_the_evidence_and_every_fingerprint(self, snapshot, address, client):
        words = text_of(client.get(address("snapshot-pdf")).content)
        original = snapshot.files.get(kind=SnapshotFileKind.UPLOAD)
        assert original.sha256 in words.replace("\n", "").replace(" ", "")
        assert "Hela första sidan" in words
        assert "Bibliotekarie Björk" in words

    def test_of_a_capture_says_how_it_was_taken(self, account, cast, tmp_path, client):
        taken = to_judge(account, tmp_path, by=cast.librarian)
        snapshots.judge(taken.pk, good=True, by=cast.manager, now=NOW)
        words = text_of(client.get(reverse("archive:snapshot-pdf", args=[taken.pk])).content)
        assert "12 av 12 laddade" in words
        assert "svarskod 200" in words
        assert "Bild 1, dator, del 1" in words
