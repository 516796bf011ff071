"""What each row of a file would do to the register, as it stands now."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Final

from django.db import models
from django.db.models import Prefetch, Q

from accounts.enums import Duty, Use
from accounts.importing.headings import Table
from accounts.importing.names import Names
from accounts.importing.resource import AccountResource, ImportedAccount
from accounts.models import Account, Application, Assignment, User
from laholm_sociala.common.swedish import join_in_words

BATCH: Final = 250
# What a file may change on an account that is in the register: everything but its address, its state and its dates.
FILLED_BY_FILE: Final = ("name", "unit", "summary", "purpose", "audience", "topics", "uses", "legal_ground")


class RowKind(models.TextChoices):
    """What becomes of a row, in the order in which they are shown."""

    ERROR = "error", "Att rätta"
    CHANGED = "changed", "Ändras"
    DUPLICATE = "duplicate", "Dubblett i filen"
    NEW = "new", "Nytt"
    LEFT = "left", "Ändras inte"
    SAME = "same", "Redan i registret"


@dataclass
class Row:
    """One row of the file, beside what the register has."""

    read: ImportedAccount
    kind: RowKind
    account: Account | None = None
    values: dict[str, object] = field(default_factory=dict)
    people: dict[Duty, User] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def report(self) -> dict[str, object]:
        """Return what a person reads about the row. It goes into the import's report as JSON."""
        said = {
            "row": self.read.row,
            "kind": self.kind.value,
            "account": str(self.read),
            "address": self.read.address.short if self.read.address else "",
            "unit": str(self.read.unit) if self.read.unit else "",
            "errors": self.read.errors,
            "changes": self.changes,
            "notes": [*self.notes, *self.read.warnings],
        }
        return {name: value for name, value in said.items() if value}


class Comparison:
    """Reads a table against the register, a batch at a time.

    `fingerprint` tells whether two readings came out alike. With `lock`, the verksamheter and the accounts that the
    rows are about stand still until the transaction ends.
    """

    def __init__(self, table: Table, *, today: date, lock: bool = False) -> None:
        self._table = table
        self._resource = AccountResource(Names(lock=lock), today)
        self._today = today
        self._lock = lock
        self._seen: dict[str, tuple[int, bytes]] = {}
        self._digest = hashlib.sha256()

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of what every row so far would do."""
        return self._digest.hexdigest()

    def batches(self) -> Iterator[list[Row]]:
        """Yield the rows, some hundreds at a time."""
        rows = self._table.rows()
        while numbered := list(islice(rows, BATCH)):
            batch = self._compared(self._resource.read(numbered))
            for row in batch:
                self._digest.update(json.dumps(row.report(), sort_keys=True).encode())
            yield batch

    def _compared(self, read: list[ImportedAccount]) -> list[Row]:
        keys = [one.address.key for one in read if one.address]
        known = {account.canonical_key: account for account in _accounts(keys, self._today, lock=self._lock)}
        applied_for = set(
            Application.objects.open().filter(canonical_key__in=keys).values_list("canonical_key", flat=True)
        )
        return [self._row(one, known, applied_for) for one in read]

    def _row(self, read: ImportedAccount, known: dict[str, Account], applied_for: set[str]) -> Row:
        if read.errors or read.address is None:
            return Row(read, RowKind.ERROR)
        key = read.address.key
        if key in self._seen:
            return self._duplicate(read, *self._seen[key])
        self._seen[key] = (read.row, _fingerprint(read))
        account = known.get(key)
        if account is None:
            notes = ["En uppstart av kontot är på väg. Den går inte att registrera när kontot är inläst."]
            people = {duty: person for duty, person in _people(read) if person}
            return Row(read, RowKind.NEW, people=people, notes=notes if key in applied_for else [])
        if account.application_id:
            return Row(read, RowKind.LEFT, account, notes=["Kontot har en godkänd Bilaga 1. Filen ändrar den inte."])
        return _against(read, account)

    @staticmethod
    def _duplicate(read: ImportedAccount, first: int, fingerprint: bytes) -> Row:
        if _fingerprint(read) == fingerprint:
            return Row(read, RowKind.DUPLICATE, notes=[f"Samma uppgifter som rad {first}. Kontot läses in en gång."])
        read.errors.append(f"Samma konto som rad {first}, men med andra uppgifter. Behåll en av raderna.")
        return Row(read, RowKind.ERROR)


def _accounts(keys: Iterable[str], today: date, *, lock: bool) -> Iterable[Account]:
    # Also who is named for a later day: that duty is taken.
    assignments = Assignment.objects.filter(Q(to_date__isnull=True) | Q(to_date__gte=today)).select_related(
        "user__unit"
    )
    accounts = Account.objects.filter(canonical_key__in=keys).order_by("pk").select_related("unit", "platform")
    if lock:
        accounts = accounts.select_for_update(of=("self",))
    return accounts.prefetch_related(Prefetch("assignments", assignments, to_attr="current_assignments"))


def _against(read: ImportedAccount, account: Account) -> Row:
    """Compare with an account that is in the register without Bilaga 1. What the file leaves empty stays as it is."""
    values = {name: said for name in FILLED_BY_FILE if (said := getattr(read, name)) and said != getattr(account, name)}
    if any("Namn på kontot saknas" in warning for warning in read.warnings):
        values.pop("name", None)
        read.warnings.clear()
    changes = [_change(account, name, said) for name, said in values.items()]
    current = {assignment.duty: assignment.user for assignment in account.current_assignments}  # type: ignore[attr-defined]
    people: dict[Duty, User] = {}
    notes = []
    for duty, person in _people(read):
        if person is None or current.get(duty) == person:
            continue
        if duty in current:
            notes.append(f"{duty.label} är redan {current[duty].presented_as}. Byt på kontots sida.")
        elif person in current.values():
            notes.append(f"{person.presented_as} sköter redan kontot. {duty.label} lämnas som det är.")
        else:
            people[duty] = person
            changes.append(f"{duty.label}: {person.presented_as}")
    if read.status and read.status != account.status:
        notes.append(f"Läget i registret är {account.get_status_display().lower()}. En fil ändrar det inte.")
    kind = RowKind.CHANGED if changes else RowKind.SAME
    return Row(read, kind, account, values, people, changes, notes)


def _people(read: ImportedAccount) -> tuple[tuple[Duty, User | None], ...]:
    return (Duty.RESPONSIBLE, read.responsible), (Duty.SUBSTITUTE, read.substitute)


def _change(account: Account, name: str, said: object) -> str:
    label = Account._meta.get_field(name).verbose_name
    label = f"{label[:1].upper()}{label[1:]}"
    before = getattr(account, name)
    if not before:
        return f"{label}: {_in_words(said)}"
    return f"{label}: från {_in_words(before)} till {_in_words(said)}"


def _in_words(value: object) -> str:
    if isinstance(value, list):
        return join_in_words([Use(use).label for use in value])
    words = " ".join(str(getattr(value, "label", value)).split())
    return words if len(words) <= 120 else f"{words[:117]}…"


def _fingerprint(read: ImportedAccount) -> bytes:
    """Return what is the same for two rows that say the same, and small: one is kept for every row."""
    said = [getattr(read, name) for name in (*FILLED_BY_FILE, "responsible", "substitute", "status", "in_use_since")]
    return hashlib.sha256("\x1f".join(map(str, said)).encode()).digest()[:16]
