"""Historik: who changed what, when and why, in words (R07).

Read from the history rows that `record` and `erase` write. However many rows there are, a page costs the same number
of queries: two for each table of history, and one for each kind of record that the rows point at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, overload

from django.contrib.postgres.fields import ArrayField
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst

from laholm_sociala.common.history import history_model
from laholm_sociala.common.swedish import date_in_words, join_in_words, moment_in_words

PAGE_SIZE = 50
EMPTY = "tomt"
NOBODY = "ingen"
NO_LONGER_KEPT = "borttagen"


@dataclass(frozen=True)
class Change:
    """One entry of Historik, as the timeline shows it."""

    moment: datetime
    person: str
    reason: str
    changes: Sequence[str] = field(default=())

    @property
    def words(self) -> str:
        """Who, and why, in one line."""
        return f"{self.person}: {self.reason}"


class _Key(NamedTuple):
    """Where a history row stands in time, and of what it is a row. `part` 0 is the record itself."""

    moment: datetime
    part: int
    row: int
    record: Any


class _Difference(NamedTuple):
    """What a line says, before what it points at has been fetched. `began`: nothing was there to change from."""

    field: models.Field[Any, Any]
    old: object
    new: object
    began: bool


class Changes(Sequence[Change]):
    """A record's history, newest first; a slice costs a fixed number of queries."""

    def __init__(
        self, instance: models.Model, *, now: datetime, parts: Iterable[models.QuerySet[Any, Any]] = ()
    ) -> None:
        self.instance, self.now = instance, now
        own = history_model(type(instance))._default_manager.filter(id=instance.pk)
        self._rows = [own, *parts]
        # A part that changed in the same moment as the record stands after it: the record's line is the heading.
        self._keys = sorted(self._all_keys(), key=lambda key: (key.moment, -key.part, key.row), reverse=True)

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[Change]:
        return iter(self[:])

    @overload
    def __getitem__(self, at: int) -> Change: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Change]: ...
    def __getitem__(self, at: int | slice) -> Change | Sequence[Change]:
        keys = self._keys[at] if isinstance(at, slice) else [self._keys[at]]
        shown = self._in_words(keys)
        return shown if isinstance(at, slice) else shown[0]

    def _all_keys(self) -> Iterator[_Key]:
        for part, rows in enumerate(self._rows):
            for moment, row, record in rows.order_by().values_list("history_date", "history_id", "id"):
                yield _Key(moment, part, row, record)

    def _in_words(self, keys: Sequence[_Key]) -> list[Change]:
        before = self._before(keys)
        wanted: dict[int, set[int]] = defaultdict(set)
        for key in keys:
            wanted[key.part].add(key.row)
            if key in before:
                wanted[key.part].add(before[key])
        fetched = {part: self._rows[part].in_bulk(list(rows)) for part, rows in wanted.items()}
        rows = [fetched[key.part][key.row] for key in keys]
        previous = [fetched[key.part][before[key]] if key in before else None for key in keys]
        differences = [
            list(self._differences(new, old, is_part=key.part != 0))
            for key, new, old in zip(keys, rows, previous, strict=True)
        ]
        words = _Words(self.now, rows, differences)
        return [
            Change(row.history_date, words.actor(row), row.history_change_reason, words.of(lines))
            for row, lines in zip(rows, differences, strict=True)
        ]

    def _before(self, keys: Sequence[_Key]) -> dict[_Key, int]:
        """Find, for each key, the row of the same record that came before it."""
        wanted = set(keys)
        later: dict[tuple[int, Any], _Key] = {}
        before: dict[_Key, int] = {}
        for key in self._keys:
            same = (key.part, key.record)
            if same in later and later[same] in wanted:
                before[later[same]] = key.row
            later[same] = key
        return before

    def _differences(self, row: Any, previous: Any, *, is_part: bool) -> Iterator[_Difference]:
        """Tell what changed. A part says which one it is besides: what it points at, and all of it at both ends."""
        whole = is_part and row.history_type in {"+", "-"}
        for shown in self._shown_fields(type(row)):
            new = getattr(row, shown.attname)
            old = getattr(previous, shown.attname) if previous is not None else None
            changed = previous is not None and old != new
            if changed and row.history_type != "-":
                yield _Difference(shown, old, new, began=False)
            elif (whole or (is_part and shown.is_relation)) and new not in (None, "", []):
                yield _Difference(shown, None, new, began=True)

    def _shown_fields(self, past: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
        model = past.instance_type  # type: ignore[attr-defined]
        owner = self.instance if isinstance(self.instance, model) else model
        hidden: frozenset[str] = getattr(owner, "hidden_in_history", frozenset())
        for tracked in past.tracked_fields:  # type: ignore[attr-defined]
            points_back = tracked.related_model is type(self.instance) and model is not type(self.instance)
            if tracked.editable and not tracked.primary_key and tracked.name not in hidden and not points_back:
                yield tracked


class _Words:
    """Says values in Swedish. What they point at is fetched beforehand, one query a kind of record."""

    def __init__(self, now: datetime, rows: Sequence[Any], differences: Sequence[Sequence[_Difference]]) -> None:
        self._now = now
        self._today = timezone.localdate(now)
        wanted: dict[type[models.Model], set[object]] = defaultdict(set)
        for row in rows:
            wanted[self._user_model(row)].add(row.history_user_id)
        for shown, old, new, _began in (line for lines in differences for line in lines):
            if shown.is_relation:
                wanted[shown.related_model].update({old, new} - {None})  # type: ignore[index]
        self._records = {model: _presented(model).in_bulk(list(keys)) for model, keys in wanted.items()}

    @staticmethod
    def _user_model(row: Any) -> type[models.Model]:
        return type(row)._meta.get_field("history_user").related_model

    def actor(self, row: Any) -> str:
        """Who did it, as that person is presented today: one with protected identity by function."""
        return str(self._records[self._user_model(row)][row.history_user_id])

    def of(self, lines: Sequence[_Difference]) -> list[str]:
        """Say the lines."""
        return [self._line(line) for line in lines]

    def _line(self, line: _Difference) -> str:
        label, new = capfirst(line.field.verbose_name), self._value(line.field, line.new)
        if line.began:
            return f"{label}: {new}"
        return f"{label}: från {self._value(line.field, line.old)} till {new}"

    def _value(self, shown: models.Field[Any, Any], value: Any) -> str:
        if shown.is_relation:
            return NOBODY if value is None else self._record(shown, value)
        if value is None or value in ("", []):
            return EMPTY
        if isinstance(shown, ArrayField):
            return join_in_words([self._value(shown.base_field, one) for one in value])
        if shown.choices:
            return str(dict(shown.flatchoices).get(value, value))
        if isinstance(value, bool):
            return "ja" if value else "nej"
        if isinstance(value, datetime):
            return moment_in_words(value, self._now)
        if isinstance(value, date):
            return date_in_words(value, self._today)
        return f"”{value}”" if isinstance(shown, models.TextField) else str(value)

    def _record(self, shown: models.Field[Any, Any], key: object) -> str:
        record = self._records[shown.related_model].get(key)  # type: ignore[index]
        return str(record) if record is not None else NO_LONGER_KEPT


def _presented(model: type[models.Model]) -> models.QuerySet[Any, Any]:
    """Return the model's records with what they need to be said in words."""
    records = model._default_manager.all()
    return records.presented() if hasattr(records, "presented") else records


def changes_of(instance: models.Model, *, now: datetime, parts: Iterable[models.QuerySet[Any, Any]] = ()) -> Changes:
    """Return the history of a tracked record, newest first, as a sequence that a paginator slices.

    `parts` are querysets of history rows that belong to the record and are read with it, such as
    `Deputy.history.filter(unit=unit)`. A model's `hidden_in_history` names fields that are never shown; keys and
    fields that nobody edits never are.
    """
    return Changes(instance, now=now, parts=parts)


# What higher apps keep about a record of a lower one, by its model's label: shown in the same Historik.
_parts: dict[str, list[Callable[[Any], models.QuerySet[Any, Any]]]] = defaultdict(list)


def add_history_part(place: str, part: Callable[[Any], models.QuerySet[Any, Any]]) -> None:
    """Show an app's history rows in the Historik of another app's record: `place` is its label, "accounts.account".

    For `AppConfig.ready()`. `part` returns the rows that belong to a record.
    """
    _parts[place].append(part)


def show_history(
    request: HttpRequest,
    instance: models.Model,
    *,
    title: str,
    back_url: str,
    back_text: str,
    parts: Iterable[models.QuerySet[Any, Any]] = (),
) -> HttpResponse:
    """Answer with a record's Historik, with what other apps add. The caller has checked who may see the record."""
    added = [part(instance) for part in _parts.get(instance._meta.label_lower, [])]
    changes = changes_of(instance, now=timezone.now(), parts=[*parts, *added])
    page = Paginator(changes, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"title": title, "back_url": back_url, "back_text": back_text, "page": page}
    return render(request, "history.html", context)
