"""The protocol of a gallring: PDF/A and JSON, registered in the diarium. Without it the gallring is not done (R18)."""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Max, Min
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from archive.enums import DiaryKind, DisposalStatus, ItemStatus
from archive.models import DisposalItem, DisposalRun, Document, Series
from archive.retention import record_type
from archive.services.disposing import carry_out, require_settled, sweep_up
from archive.services.entries import File
from archive.services.handover import HandedFile, Material, hand_over
from archive.services.own_documents import register_own_document
from laholm_sociala.common.pdf import Data, render_pdf

SOURCE: Final = "disposal:"
# Added up in the database: what is in memory is the same however long the list was.
ROWS: Final = """
SELECT gone.key, sum(gone.value::bigint)::bigint
FROM archive_tombstone AS stone JOIN archive_disposalitem AS item ON item.id = stone.item_id,
  jsonb_each_text(stone.counts) AS gone
WHERE item.run_id = %s GROUP BY gone.key
"""
logger = logging.getLogger(__name__)


def conclude(run_id: UUID, *, now: datetime) -> DisposalRun:
    """Sweep up after a gallring that is carried out, register its protocol, and call it done.

    Where the board numbers in its existing diarium the protocol is put in the registrator's inbox, and the gallring
    is done when it is registered. Idempotent. Raises RefusedError while something waits, and whatever the rendering
    raises: then the gallring is not done.
    """
    sweep_up(run_id)
    return _conclude(run_id, now)


def conclude_carried_out(*, clock: Callable[[], datetime]) -> None:
    """Try again to conclude every gallring whose list is settled, each by itself: what stops one stops no other.

    Files that could not be removed are tried again too. Raises ExceptionGroup of what stopped some of them, once all
    have had their turn.
    """
    stopped: list[Exception] = []
    for run_id in list(DisposalRun.objects.carried_out().values_list("pk", flat=True)):
        try:
            if carry_out(run_id, clock=clock):
                conclude(run_id, now=clock())
        except Exception as error:  # whatever it is: the others' protocols do not wait for it
            logger.exception("Gallringen %s kunde inte avslutas.", run_id)
            stopped.append(error)
    if stopped:
        raise ExceptionGroup("Alla gallringar kunde inte avslutas", stopped)


@transaction.atomic
def _conclude(run_id: UUID, now: datetime) -> DisposalRun:
    run = require_settled(run_id)
    if run.status != DisposalStatus.EXECUTING:
        return run
    protocol = _registered(run) or _register(run, now)
    if protocol is None:
        return run
    withheld = run.items.filter(status=ItemStatus.WITHHELD).exists()
    run.status = DisposalStatus.PARTIAL if withheld else DisposalStatus.DONE
    run.protocol, run.finished_at = protocol, now
    run.record(by=User.objects.system(), now=now, reason=f"Protokollet registrerades som {protocol}")
    return run


def protocol_content(run: DisposalRun, now: datetime) -> dict[str, Any]:
    """Return what the protocol says, with no word of what was disposed of."""
    today = timezone.localdate(now)
    return {
        "namnd": run.board.name,
        "gallring": str(run),
        "gallrat_till_och_med": str(run.as_of),
        "gallringsbeslut": run.plan.decision_in_words,
        "planens_version": run.plan.version,
        "forberedd": _act(run.submitted_by, run.submitted_at),
        "beslutad": _act(run.approved_by, run.approved_at),
        "paborjad": _moment(run.started_at),
        "genomford": _moment(now),
        "listans_fingeravtryck": run.list_sha256,
        "handlingstyper": _by_type(run),
        "rader_per_tabell": _rows(run),
        "behallet": _reasons(run, ItemStatus.KEPT),
        "inte_gallrat": _reasons(run, ItemStatus.WITHHELD),
        "sakerhetskopior_gar_ut": str(today + timedelta(days=settings.BACKUPS_KEPT_DAYS)),
        "databasens_logg_gar_ut": str(today + timedelta(days=settings.WAL_KEPT_DAYS)),
    }


def _registered(run: DisposalRun) -> Document | None:
    return Document.objects.filter(source_ref=source_of(run), cancelled_at__isnull=True).first()


def _register(run: DisposalRun, now: datetime) -> Document | None:
    content = protocol_content(run, now)
    as_json = json.dumps(content, ensure_ascii=False, indent=2).encode()
    name = f"gallringsprotokoll-{run.as_of.year}"
    page = render_to_string("archive/pdf/disposal_protocol.html", {"run": run, "protocol": content})
    pdf = render_pdf(page, data=[Data(f"{name}.json", as_json, now)])
    files = [(f"{name}.pdf", "application/pdf", pdf), (f"{name}.json", "application/json", as_json)]
    subject = f"Gallringsprotokoll {run.as_of.year}"
    if not Series.objects.filter(board=run.board, kind=DiaryKind.PORTAL).exists():
        handed = [HandedFile(*file) for file in files]
        material = Material(run.board, source_of(run), subject, timezone.localdate(now), files=handed)
        hand_over(material, by=User.objects.system(), now=now)
        return None
    kept = [File(*file) for file in files]
    return register_own_document(run.board, subject=subject, source_ref=source_of(run), files=kept, now=now)


def source_of(run: DisposalRun) -> str:
    """Return what the protocol is known by in the registrator's inbox and in the diarium."""
    return f"{SOURCE}{run.pk}"


def _by_type(run: DisposalRun) -> list[dict[str, Any]]:
    rows = run.items.order_by("record_type", "status").values("record_type", "status")
    counted = rows.annotate(number=Count("pk"), first=Min("starts_on"), last=Max("starts_on"))
    rules = {rule.record_type: rule.in_words for rule in run.plan.rules.all()}
    return [
        {
            "handlingstyp": _name(row["record_type"]),
            "regel": rules.get(row["record_type"], ""),
            "utfall": ItemStatus(row["status"]).label,
            "antal": row["number"],
            "fran": str(row["first"] or ""),
            "till": str(row["last"] or ""),
        }
        for row in counted
    ]


def _rows(run: DisposalRun) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [run.pk])
        return dict(sorted(cursor.fetchall()))


def _reasons(run: DisposalRun, status: ItemStatus) -> list[dict[str, Any]]:
    rows = DisposalItem.objects.filter(run=run, status=status).order_by("record_type", "outcome")
    counted = rows.values("record_type", "outcome").annotate(number=Count("pk"))
    return [
        {"handlingstyp": _name(row["record_type"]), "skal": row["outcome"], "antal": row["number"]} for row in counted
    ]


def _name(code: str) -> str:
    found = record_type(code)
    return found.name if found else code


def _act(person: User | None, at: datetime | None) -> str:
    return f"{person.title}, {_moment(at)}" if person else ""


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d kl. %H.%M}" if at else ""
