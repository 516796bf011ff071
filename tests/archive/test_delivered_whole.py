"""Everything that a board's plan preserves is in the package: a word in every field is found there (R07, R17, R18)."""

import hashlib
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from psycopg import sql

from accounts.models import Account, Closing
from archive.content import declared, fields_with_content
from archive.enums import RuleAction
from archive.models import SnapshotFile, snapshot_storage
from archive.package.checking import faults
from archive.retention import MAIL, record_types
from archive.services import transfer_rows, transfer_said, transfer_words
from archive.services.planned_changes import announce_change
from archive.services.retention_plan import Terms
from archive.services.transfer_list import deliverable
from archive.services.transfer_packing import read_package
from tests.archive.canary import CANARY, plant, plant_in_files, write_everything
from tests.archive.factories import decided_plan
from tests.archive.package.validator import errors, validate
from tests.archive.transfers import details_of, packed
from tests.clock import NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

PRESERVED = Terms(RuleAction.PRESERVE)
FINISHED = {
    "accounts_account": "status = 'closed'",
    "accounts_historicalaccount": "status = 'closed'",
    "archive_document": "cancelled_at = now()",
    "archive_matter": "cancelled_at = now()",
    "accounts_closing": "confirmed_by_id = requested_by_id, confirmed_at = now()",
    "accounts_logoexemption": "decided_at = now()",
    "accounts_accountimport": "applied_at = now()",
    "common_mail": "sent_at = now()",
    "moderation_publicreport": "answered_at = now()",
    "moderation_reportercontact": "told_at = now()",
}
# PostgreSQL's own clock, by which the planting says when things ended, is past the tests'.
LATER = NOW.replace(year=2100)
MADE_TO_BE_SEEN = "made from the original, to be shown on the screen"
STORAGE = "the key of a file in the portal's own storage; the file is there by its own name"
NOT_DELIVERED = {
    "moderation.evidence.shown": MADE_TO_BE_SEEN,
    "archive.document.source_ref": "where in the portal the handling came from: a key that leads nowhere else",
    "archive.document.public_correspondent": "what the public list says instead: the handling has who it was",
}


def carried():
    """Yield every field with content that a deliverable handlingstyp has, with its model."""
    labels = {one.kind for one in deliverable()}
    labels |= {part.model for one in deliverable() for part in one.parts if part not in MAIL}
    for label in sorted(labels & set(declared())):
        model = apps.get_model(label)
        for field in fields_with_content(model):
            content = declared()[label].get(field.name)
            if content and (content.goes_with or content.preserved_because):
                yield model, field


def word_of(model, field):
    place = next(at for at, (one, kept) in enumerate(carried()) if (one, kept.name) == (model, field.name))
    letters = "ghijklmnopqrstuvwxyz"
    return f"{CANARY}{letters[place // len(letters)]}{letters[place % len(letters)]}"


def write_the_rest(cast):
    """Write what no gallring takes, and is delivered all the same."""
    account = Account.objects.order_by("registered_at", "pk").first()
    announce_change(account.pk, what="Nytt namn", planned_on=TODAY, by=cast.librarian, now=NOW)
    closing = Closing(account=account, reason="Flyttar", requested_by=cast.librarian, requested_at=NOW)
    closing.record(by=cast.librarian, now=NOW, reason="Avslutet begärdes")


def finish(owner):
    """Let everything have ended, as nobody but the owner can."""
    for table in FINISHED:
        owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
    for table, changes in FINISHED.items():
        owner.execute(sql.SQL("UPDATE {} SET " + changes).format(sql.Identifier(table)))
    for table in FINISHED:
        owner.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))


def mend_fingerprints(owner):
    """Let every fingerprint be the planted file's: the portal packs nothing that is another than when it came."""
    for model, field in carried():
        names = {one.name for one in model._meta.concrete_fields}
        if field.get_internal_type() == "BinaryField" and "sha256" in names and field.name != "shown":
            table, column = sql.Identifier(model._meta.db_table), sql.Identifier(field.column)
            owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
            owner.execute(sql.SQL("UPDATE {} SET sha256 = encode(sha256({}), 'hex')").format(table, column))
            owner.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))
    owner.execute("ALTER TABLE archive_snapshotfile DISABLE TRIGGER USER")
    for file in SnapshotFile.objects.all():
        content = Path(snapshot_storage().path(file.name)).read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        owner.execute("UPDATE archive_snapshotfile SET sha256 = %s WHERE id = %s", [sha256, file.pk])
    owner.execute("ALTER TABLE archive_snapshotfile ENABLE TRIGGER USER")


@pytest.fixture
def boards(cast, owner, monkeypatch):
    """Everything there is, a word of its own in every field, in two boards whose plans preserve all of it."""
    monkeypatch.setattr("archive.services.transfer_contents.render_pdf", lambda html, data=(): b"%PDF-1.7")
    monkeypatch.setattr("archive.services.transfer_documentation.render_pdf", lambda html: b"%PDF-1.7")
    monkeypatch.setattr(transfer_said, "render_pdf", lambda html, data=(): b"%PDF-1.7")
    write_everything(cast)
    write_the_rest(cast)
    boards = [cast.culture_board, cast.executive_board]
    for board in boards:
        decided_plan(board, valid_from=TODAY, **{one.code: PRESERVED for one in record_types() if one.delivery})
        details_of(board)
    plant(owner, list(carried()), word_of)
    finish(owner)
    plant_in_files(snapshot_storage())
    mend_fingerprints(owner)
    return boards


def delivered(board, tmp_path):
    """Return everything in the board's package, whole and valid, as one."""
    transfer = packed(board, through=LATER.date() - timedelta(days=1), now=LATER)
    assert transfer.package, transfer.failure
    with read_package(transfer.package) as opened:
        content = opened.read()
    assert faults(BytesIO(content)) == []
    with zipfile.ZipFile(BytesIO(content)) as package:
        package.extractall(tmp_path)
        found = b"".join(package.read(name) for name in package.namelist())
    assert errors(validate(tmp_path / f"leverans-{transfer.pk}")) == []
    return found


def missing(boards, tmp_path):
    found = b"".join(delivered(board, tmp_path) for board in boards)
    planted = {f"{model._meta.label_lower}.{field.name}": word_of(model, field) for model, field in carried()}
    return {place for place, word in planted.items() if word.encode() not in found}


def test_every_field_is_found(boards, tmp_path):
    assert missing(boards, tmp_path) == set(NOT_DELIVERED)


def test_a_field_that_is_not_said_is_missed(boards, tmp_path, monkeypatch):
    """The control: what reads the rows and leaves one field out is told of by it."""
    said = transfer_rows.said_fields
    monkeypatch.setattr(
        transfer_words, "said_fields", lambda model: [one for one in said(model) if one.name != "reason"]
    )
    assert missing(boards, tmp_path) > set(NOT_DELIVERED) | {"accounts.closing.reason"}
