"""One of everything that a gallring reaches, and a canary in every field that can hold somebody's words."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from psycopg import sql
from psycopg.types.json import Jsonb

from accounts.models import AccountImport, ApprovedForm, LogoExemption, MissionStatement, ScannedForm
from archive.content import declared
from archive.enums import RequestScope, RuleAction, StartsFrom
from archive.models import RecordsRequestMask, SnapshotFile
from archive.retention import record_types
from archive.services.diary import close_matter
from archive.services.entries import File
from archive.services.fixity import check_storage
from archive.services.records_requests import Scope, gather_request
from archive.services.retention_plan import Terms
from archive.storage import LocalFolder
from laholm_sociala.common.history import TrackedModel, history_model
from laholm_sociala.common.models import Mail, MailAttachment
from moderation.enums import Lane, NoticeKind
from moderation.models import AccessReview, CaseAccess, Notice, RestrictedView
from moderation.reported import Wrong
from moderation.services import acting, blocking, incident
from moderation.services.incident import Assessment
from tests.archive.factories import SeriesFactory, asked_for, document, handed_over, registrar_of
from tests.archive.snapshots import uploaded
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.factories import ApplicationFactory, LogoExemptionFactory, UserFactory, approve, make_draft
from tests.moderation.factories import library_account, log_post, picture
from tests.moderation.reporting import reported

# Short, for it must fit in a receipt's number; of letters that no hexadecimal number has.
CANARY = "qzkvxwy"
PDF = {"sha256": hashlib.sha256(b"%PDF").hexdigest()}
AT_ONCE = Terms(RuleAction.AFTER_YEARS, 0, StartsFrom.CREATED)
FINISHED = (
    """UPDATE moderation_case SET status = 'closed', outcome = 'removed', decided_at = now(), closed_at = now(),
       record_choice = 'kept_in_order', is_restricted = false""",
    "UPDATE archive_handover SET status = 'registered', designation = 'KUN 1'",
    "UPDATE archive_recordsrequest SET status = 'withdrawn', closed_at = now(), closed_why = 'Klart'",
    "UPDATE accounts_application SET status = 'withdrawn'",
    "UPDATE accounts_accountimport SET status = 'done'",
    "UPDATE moderation_accessreview SET reviewed_at = now()",
)


def rules() -> dict[str, Terms]:
    """Return that everything that can go goes at once."""
    return {one.code: AT_ONCE for one in record_types() if not (one.preserved_because or one.clears_itself)}


def write_everything(cast: Cast) -> None:
    """Write one row at least in every table that goes with a record, of the library's board or of KS."""
    SeriesFactory(board=cast.executive_board, prefix="KS-SM")
    SeriesFactory(board=cast.culture_board)
    account = library_account(cast)
    _write_posts(cast, account)
    _write_diary(cast)
    _write_applications(cast, account)
    read_in = {"content": b"Namn", "sha256": hashlib.sha256(b"Namn").hexdigest(), "uploaded_at": NOW}
    AccountImport.objects.create(file_name="konton.csv", uploaded_by=cast.communicator, **read_in)
    uploaded(account, by=cast.librarian, attestation=f"Hela sidan {CANARY}")
    check_storage(clock=lambda: NOW, everything=True)
    MailAttachment.objects.create(mail=Mail.objects.first(), name="fil", content_type="x", content=b"x")


def _write_posts(cast: Cast, account: Any) -> None:
    report = reported(account, text=f"Rapport {CANARY}", email=f"{CANARY}@x.se", picture=picture())
    case = report.case
    blocking.propose(case.pk, reason=f"Hotar {CANARY}", by=cast.librarian, now=NOW)
    acting.leave(case.pk, reason=f"Kritik {CANARY}", version=None, by=cast.librarian, now=NOW)
    CaseAccess(case=case, user=cast.manager, granted_at=NOW).record(by=cast.librarian, now=NOW, reason="Läser")
    month = TODAY.replace(day=1)
    RestrictedView.objects.create(case=case, user=cast.manager, at=NOW, month=month, what="content")
    AccessReview(board=case.board, month=month).record(by=cast.manager, now=NOW, reason="Månadens första läsning")
    Notice.objects.create(kind=NoticeKind.WARNING, user=cast.librarian, day=TODAY, case=case, limit=NOW, sent_at=NOW)
    own = log_post(account, lane=Lane.OWN_POST, text=f"Vi visade {CANARY}")
    assessed = Assessment(is_reported=False, reason=f"Ingen såg {CANARY}")
    incident.assess(own.pk, assessed, version=None, by=cast.librarian, now=NOW)
    reported(wrong=Wrong.FAKE, text=f"Falskt {CANARY}", email="b@x.se", picture=picture())


def _write_diary(cast: Cast) -> None:
    registrar = registrar_of(cast.culture_board)
    file = File("brev.pdf", "application/pdf", b"%PDF")
    kept = document(cast.culture_board, by=registrar, text=CANARY, details={"Länk": CANARY}, files=[file])
    handed_over(cast.culture_board)
    asked = asked_for(cast.culture_board, by=registrar, contact="c@x.se")
    gather_request(asked.pk, Scope(RequestScope.MATTER, matter=kept.matter), by=registrar, now=NOW)
    RecordsRequestMask.objects.create(item=asked.items.first(), passage=CANARY)
    for matter in (kept.matter, asked.matter):
        close_matter(matter.pk, by=registrar, now=NOW)


def _write_applications(cast: Cast, account: Any) -> None:
    people = {"unit": cast.library, "applicant": cast.librarian, "substitute": cast.assistant}
    application = approve(ApplicationFactory(**people))
    decision = application.decisions.get()
    ApprovedForm.objects.create(decision=decision, pdf=b"%PDF", made_at=NOW, **PDF)
    scanned = {"content": b"%PDF", "content_type": "application/pdf", "signed_on": TODAY, "attached_at": NOW}
    ScannedForm.objects.create(decision=decision, **scanned, **PDF)
    make_draft(cast.librarian, application=application)
    made = {"content": "Syfte", "pdf": b"%PDF", "made_by": cast.librarian, "made_at": NOW}
    MissionStatement.objects.create(account=account, version=1, **made, **PDF)
    if not LogoExemption.objects.filter(account=account).exists():
        LogoExemptionFactory(account=account, by=UserFactory())


def fields_that_go() -> list[tuple[type[models.Model], models.Field]]:
    """Return every field that the registry says goes with a record, with its model: and the same of its history."""
    found = []
    for label, fields in declared().items():
        model = apps.get_model(label)
        for name, content in fields.items():
            if content.goes_with:
                found.append((model, model._meta.get_field(name)))
        if found and issubclass(model, TrackedModel):
            past = history_model(model)
            own = {field.name for field in past._meta.concrete_fields}
            found += [(past, field) for kept, field in found if kept is model and field.name in own]
    return found


def plant(
    owner: psycopg.Connection,
    planted: list[tuple[type[models.Model], models.Field]] | None = None,
    word: Callable[[type[models.Model], models.Field], str] = lambda model, field: CANARY,
) -> set[str]:
    """Put the canary, or each field's own word, in every such field of every row; return the places.

    As nobody but the owner can.
    """
    planted = fields_that_go() if planted is None else planted
    tables = sorted({model._meta.db_table for model, _field in planted})
    for table in [*tables, "archive_matter"]:
        owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
        checks = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'"
        for (name,) in owner.execute(checks, [table]).fetchall():
            owner.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(*map(sql.Identifier, (table, name))))
    for statement in FINISHED:
        owner.execute(statement)
    for model, field in planted:
        _plant(owner, model, field, word(model, field))
    for table in [*tables, "archive_matter"]:
        owner.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))
    return {f"{model._meta.db_table}.{field.column}" for model, field in planted}


def _plant(owner: psycopg.Connection, model: type[models.Model], field: models.Field, word: str) -> None:
    key = sql.Identifier(str(model._meta.pk.column))
    names = {"table": sql.Identifier(model._meta.db_table), "column": sql.Identifier(str(field.column))}
    if isinstance(field, models.BinaryField):
        value, given = sql.SQL("%s::bytea"), word.encode()
    elif isinstance(field, models.JSONField):
        value, given = sql.SQL("%s::jsonb"), Jsonb({"ord": [word]})
    elif isinstance(field, ArrayField):
        value, given = sql.SQL("%s::text[]"), [word]
    else:
        # Each row's own, as some of them are unique; and no longer than there is room for.
        room = min((field.max_length or 40) - len(word), 8)
        value = sql.SQL("%s || left(md5({}::text), {})").format(key, sql.Literal(room))
        given = word
    owner.execute(sql.SQL("UPDATE {table} SET {column} = {value}").format(value=value, **names), [given])
    some = owner.execute(sql.SQL("SELECT FROM {table}").format(**names)).fetchone()
    assert some is not None, f"{model._meta.label} has no row to put a canary in"


def plant_in_files(storage: LocalFolder) -> list[str]:
    """Put the canary in every file of the snapshots; return their names."""
    names = list(SnapshotFile.objects.values_list("name", flat=True))
    for name in names:
        with Path(storage.path(name)).open("ab") as file:
            file.write(CANARY.encode())
    return names
