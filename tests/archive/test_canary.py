"""A word in every field that can hold one is found before a gallring, and nowhere after it (R18)."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import connections

from archive.content import declared
from archive.enums import DisposalStatus, ItemStatus
from archive.ledger import Ledger
from archive.models import (
    DisposalFile,
    DisposalItem,
    DisposalRun,
    DocumentContent,
    DocumentFile,
    FixityCheck,
    Snapshot,
    Tombstone,
)
from archive.retention import record_types
from archive.services import disposal_files, disposal_protocol, disposing
from archive.services.sweeping import sweep
from laholm_sociala.cluster.binaries import find_binaries
from laholm_sociala.common.models import Mail, MailAttachment
from tests.archive.canary import CANARY, fields_that_go, plant, plant_in_files, rules, write_everything
from tests.archive.disposals import begun
from tests.archive.factories import decided_plan
from tests.clock import NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

# What the protocols are kept in, and told of by.
NEW = {DocumentContent, DocumentFile, Mail, MailAttachment}


@pytest.fixture
def storage():
    """Where the files of snapshots lie, emptied afterwards: what a control leaves, others would find."""
    found = storages["snapshots"]
    yield found
    for left in Path(found.location).iterdir():
        shutil.rmtree(left)


@pytest.fixture
def places(cast, owner, storage, settings, tmp_path):
    """Everything there is, with the canary in all of it, in two boards whose plans let all of it go."""
    settings.DISPOSAL_LEDGER = tmp_path / "ledger.jsonl"
    settings.SWEPT_FOLDERS = [tmp_path]
    write_everything(cast)
    for board in (cast.culture_board, cast.executive_board):
        decided_plan(board, valid_from=TODAY, **rules())
    found = plant(owner)
    plant_in_files(storage)
    return found


def dispose(board):
    run = begun(board)
    assert disposing.carry_out(run.pk, clock=lambda: NOW)
    return disposal_protocol.conclude(run.pk, now=NOW)


def dump() -> bytes:
    """Everything in the database, as PostgreSQL's own program for backups writes it."""
    given = connections["owner"].settings_dict
    where = {"PGHOST": given["HOST"], "PGPORT": str(given["PORT"] or 5432), "PGUSER": given["USER"]}
    environment = {**os.environ, **where, "PGPASSWORD": given["PASSWORD"], "PGDATABASE": given["NAME"]}
    command = [find_binaries() / "pg_dump", "--no-password"]
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout


def is_dumped() -> bool:
    written = dump()
    assert b"archive_tombstone" in written
    return CANARY.encode() in written or CANARY.encode().hex().encode() in written


def test_found_everywhere_before_and_nowhere_after(places, cast, storage):
    files = list(storage.listdir("")[1]) or storage.listdir("")[0]
    assert files
    found = {find.place for find in sweep(CANARY, using="owner")}
    assert places - found == set()
    assert "lagring snapshots" in found
    assert is_dumped()

    runs = [dispose(board) for board in (cast.culture_board, cast.executive_board)]

    assert [run.status for run in runs] == [DisposalStatus.DONE] * 2
    assert [str(find) for find in sweep(CANARY, using="owner")] == []
    assert not is_dumped()
    assert [model for model, _field in fields_that_go() if model not in NEW and model._base_manager.exists()] == []

    gone = DisposalFile.objects.all()
    assert gone.exists()
    assert not [file.name for file in gone if file.removed_at is None or storage.exists(file.name)]
    assert not FixityCheck.objects.filter(file__isnull=False).exists()

    protocols = [run.protocol for run in runs]
    assert all(protocol.files.filter(content_type="application/pdf").exists() for protocol in protocols)
    stones = set(Tombstone.objects.values_list("object_id", flat=True))
    told = {line.content["object"] for line in Ledger(settings.DISPOSAL_LEDGER).lines() if line.kind == "tombstone"}
    assert told == {str(key) for key in stones}
    assert not DisposalItem.objects.exclude(status=ItemStatus.DESTROYED).exists()


def test_a_file_that_cannot_be_removed_stops_it_and_goes_the_next_time(places, cast, storage, monkeypatch):
    run = begun(cast.culture_board)
    with monkeypatch.context() as patch:
        patch.setattr(type(storage), "delete", lambda self, name: None)
        with pytest.raises(OSError, match="finns kvar"):
            disposing.carry_out(run.pk, clock=lambda: NOW)
    assert not Snapshot.objects.exists()
    waiting = DisposalFile.objects.filter(removed_at__isnull=True)
    assert waiting.exists()
    assert disposing.carry_out(run.pk, clock=lambda: NOW)
    assert not waiting.exists()


def test_without_the_list_of_files_they_stay(places, cast, storage, monkeypatch):
    """The control: what removes the rows and writes no list leaves the files, and the sweep tells."""
    monkeypatch.setattr(disposing, "list_files", lambda kind, items: {})
    dispose(cast.culture_board)
    assert {find.place for find in sweep(CANARY, using="owner")} >= {"lagring snapshots"}


def test_every_field_that_goes_with_a_record_is_within_reach(places):
    """A field of a model that no handlingstyp takes with it would be in the registry, and stay."""
    kinds = {one.kind for one in record_types()}
    named = {content.goes_with for fields in declared().values() for content in fields.values() if content.goes_with}
    assert named <= kinds
    assert DisposalRun.objects.count() == 0
    assert disposal_files.STORAGE in storages.backends
