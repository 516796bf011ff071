"""A file is hashed as it is written, and there if and only if its row is (R23)."""

import hashlib
from io import BytesIO

import pytest
from django.db import transaction

from archive.enums import SnapshotFileKind
from archive.models import SnapshotFile, snapshot_storage
from archive.services import keeping
from archive.services.keeping import keep, keeping_files, read
from tests.archive.snapshots import requested
from tests.clock import NOW

pytestmark = pytest.mark.django_db
CONTENT = b"Laholm" * 100_000


@pytest.fixture
def kept(account, cast):
    """Keep some bytes in a snapshot that is asked for."""
    snapshot = requested(account, by=cast.librarian)

    def write(content=CONTENT, position=0):
        return keep(
            content,
            snapshot=snapshot,
            kind=SnapshotFileKind.TEXT,
            content_type="text/plain",
            position=position,
            now=NOW,
        )

    return write


@pytest.fixture
def names(snapshot_folder):
    """Tell which files the folder holds."""
    before = {path for path in snapshot_folder.rglob("*") if path.is_file()}
    return lambda: {path for path in snapshot_folder.rglob("*") if path.is_file()} - before


@pytest.mark.parametrize("content", [CONTENT, BytesIO(CONTENT)], ids=["bytes", "file"])
def test_size_and_fingerprint_are_those_of_what_was_written(kept, content):
    with keeping_files():
        file = kept(content)
    assert (file.size, file.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    assert b"".join(read(file)) == CONTENT


def test_name_says_nothing_and_has_no_address(kept):
    with keeping_files():
        file = kept()
    assert file.name.startswith("2026/11/")
    with pytest.raises(ValueError, match="ingen adress"):
        snapshot_storage().url(file.name)


def test_only_the_portal_may_read_it(kept, snapshot_folder):
    with keeping_files():
        file = kept()
    assert (snapshot_folder / file.name).stat().st_mode & 0o777 == 0o600


def test_rolled_back_it_is_gone_again(kept, names):
    seen = []

    @keeping_files()
    def written_and_regretted():
        kept()
        seen.extend(names())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        written_and_regretted()
    assert len(seen) == 1
    assert (names(), SnapshotFile.objects.count()) == (set(), 0)


def test_the_storage_that_stops_half_way_leaves_nothing(kept, names, monkeypatch):
    @keeping_files()
    def one_and_a_half():
        kept()
        monkeypatch.setattr(keeping, "_Hashing", FullDisk)
        kept(position=1)

    with pytest.raises(OSError, match="full"):
        one_and_a_half()
    assert (names(), SnapshotFile.objects.count()) == (set(), 0)


class FullDisk(keeping._Hashing):
    def read(self, size=-1):
        if self.counted:
            raise OSError("Disken är full")
        return super().read(10)


def test_a_storage_that_lost_some_is_found_at_once(kept, monkeypatch):
    monkeypatch.setattr(type(snapshot_storage()), "size", lambda self, name: 3)
    with pytest.raises(OSError, match="inte hel"), keeping_files():
        kept()


@pytest.mark.django_db(transaction=True)
def test_an_error_after_the_commit_takes_nothing_away(kept, names):
    @keeping_files()
    def committed_and_then_an_error():
        kept()
        transaction.on_commit(lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        committed_and_then_an_error()
    assert len(names()) == SnapshotFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_inside_another_transaction_it_is_refused():
    with transaction.atomic(), pytest.raises(RuntimeError), keeping_files():
        pass


def test_outside_its_transaction_nothing_is_written(kept, names):
    with pytest.raises(RuntimeError, match="keeping_files"):
        kept()
    assert names() == set()
