"""Whether an object on the list may go after all, asked again while nothing that decides it can change (R18)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from archive.enums import DisposalChoice, StartsFrom
from archive.models import DisposalItem, DisposalRun
from archive.retention import MAIL, RecordType, everything_within, record_type, way_up
from archive.services.due import DUE, HELD, how_they_stand
from archive.services.retention_dates import disposes, in_force
from archive.services.transfer_parts import changed_since_delivery
from archive.services.what_holds import held_by

CHANGED: Final = "Har ändrats sedan det levererades till e-arkivet."


def lock_what_holds() -> None:
    """Let nobody place a gallringsstopp, take back an assertion, decide a plan or ask for records meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lock_what_holds()")


def lock_objects(kind: RecordType, keys: Iterable[UUID]) -> set[UUID]:
    """Lock the objects, and return those that are there. The portal itself may lock no row of an append-only table."""
    table, column = kind.model._meta.db_table, str(kind.model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key FROM unnest(%s::uuid[]) AS key WHERE lock_object(%s, %s, key)", [sorted(keys), table, column]
        )
        return {key for (key,) in cursor.fetchall()}


def refusals(run: DisposalRun, kind: RecordType, keys: set[UUID], *, now: datetime) -> dict[UUID, str]:
    """Return why those of the objects that may not go may not, by the rules, gallringsstopp and choices as they are."""
    # By the plan of today: what was due by one that has been replaced has no decision any longer.
    governing = in_force(run.board, timezone.localdate(now))
    rule = governing.rule(kind)
    if not disposes(kind, rule):
        return dict.fromkeys(keys, "Nämndens plan säger inte längre att det får gallras.")
    stands = how_they_stand(kind, keys, run.board, run.as_of, governing)
    refused = {key: _in_words(*stands.get(key, ("", []))) for key in keys}
    if rule and rule.starts_from == StartsFrom.TRANSFERRED:
        for key in changed_since_delivery(kind.kind, keys):
            refused[key] = refused[key] or CHANGED
    for key in _with_kept_parts(run, kind, keys):
        refused[key] = refused[key] or "Något som hör till det behålls."
    for key, names in _with_stopped_mail(kind, keys).items():
        refused[key] = refused[key] or _in_words(HELD, names)
    return {key: why for key, why in refused.items() if why}


def _in_words(state: str, held_by: list[str]) -> str:
    if state == DUE:
        return ""
    return f"Gallringsstopp: {', '.join(held_by)}." if held_by else "Det har inte längre nått sin frist."


def _with_stopped_mail(kind: RecordType, keys: set[UUID]) -> dict[UUID, list[str]]:
    """Return what holds the mail that tells of the objects, or something else that it tells of: it goes with them."""
    mail = record_type("mail")
    if mail is None or not set(MAIL) <= set(kind.parts):
        return {}
    telling = mail.objects().filter(about__overlap=list(keys))
    # To put together the question of what holds mail takes far longer than to see that there is none.
    if not telling.exists():
        return {}
    told = telling.alias(_board=mail.board()).annotate(held_by=held_by([mail])).values_list("about", "held_by")
    return {key: names for about, names in told if names for key in keys.intersection(about)}


def _with_kept_parts(run: DisposalRun, kind: RecordType, keys: set[UUID]) -> set[UUID]:
    """Return those to which something belongs that was chosen to be kept: it would go with them."""
    kept = DisposalItem.objects.filter(run=run, choice=DisposalChoice.KEEP)
    codes = set(kept.values_list("record_type", flat=True).distinct())
    found: set[UUID] = set()
    for part in everything_within(kind):
        if part.code in codes:
            way = way_up(part, kind)
            own = part.objects().filter(pk__in=kept.filter(record_type=part.code).values("object_id"))
            found.update(own.filter(**{f"{way}__in": keys}).values_list(way, flat=True))
    return found
