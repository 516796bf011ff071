"""What a row says, in Swedish: for the JSON that is kept with an object, and for the page that a person reads (R07)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, cast

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import BinaryField
from django.utils import timezone
from django.utils.text import capfirst

from archive.delivery import words_of
from archive.retention import record_types
from archive.services.transfer_rows import Row, said_fields
from laholm_sociala.common.history import history_model
from laholm_sociala.common.swedish import STOCKHOLM

# Fields that the models themselves give no Swedish name, as no page shows them.
UNNAMED: Final = {
    "about": "handlar om",
    "account": "konto",
    "application": "uppstart",
    "applied_by": "inläst av",
    "by": "av",
    "canonical_key": "kontots nyckel",
    "case_version": "ordning",
    "content_type": "filens sort",
    "counts": "antal rader av varje slag",
    "created_at": "skrivet",
    "decision": "beslut",
    "document": "handling",
    "handover": "överlämnat",
    "file": "fil",
    "height": "bildens höjd",
    "html": "text som HTML",
    "item": "handling i begäran",
    "kept_by": "sparad av",
    "mail": "brev",
    "made_from": "gjord av filen",
    "made_at": "gjord",
    "made_by": "gjord av",
    "message_id": "brevets id",
    "name": "filens namn i lagringen",
    "outcome_sha256": "SHA-256 för vad raderna skulle göra",
    "report": "vad läsningen sade",
    "rows_done": "lästa rader",
    "rows_total": "rader",
    "same_key": "SHA-256 för länken eller texten",
    "series": "serie",
    "secret": "med en länk som öppnar något",
    "sent_at": "skickat",
    "sha256": "SHA-256",
    "shown_type": "sort på skärmen",
    "snapshot": "ögonblicksbild",
    "source_key": "hämtad från",
    "source_ref": "kom från",
    "subject": "ämne",
    "text": "text",
    "to": "till",
    "unread_columns": "kolumner som inte lästes",
    "uploaded_by": "uppladdad av",
    "user": "person",
    "version": "version",
    "width": "bildens bredd",
}
# What a record of another kind needs to be called by its name.
FETCH: Final = {
    "accounts.user": ("unit",),
    "accounts.account": ("platform",),
    "accounts.application": ("platform",),
    "archive.document": ("matter",),
    "archive.recordsrequest": ("matter",),
}
GONE: Final = "borttagen"
KINDS: Final = {"+": "skapades", "~": "ändrades", "-": "togs bort"}


def term_of(field: models.Field) -> str:
    """Return what the field is called in Swedish. Raises KeyError where nobody has named it."""
    named = getattr(field, "_verbose_name", None)
    return str(named) if named else UNNAMED[field.name]


class Words:
    """Says rows. What they point at is fetched beforehand: one query for each kind of record."""

    def __init__(self, rows: Iterable[Row]) -> None:
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        for row in rows:
            self._collect(row, wanted)
        self._named = {model: _by_key(model, keys) for model, keys in wanted.items()}

    def facts(self, row: Row) -> Iterator[tuple[models.Field, Any]]:
        """Yield what the row says: each field with its value as it stands, less the way back to its object."""
        for field in said_fields(row.model):
            if field.name != row.way and field.attname in row.values:
                yield field, row.values[field.attname]

    def as_json(self, field: models.Field, value: Any) -> Any:
        """Return the value as JSON holds it: choices in words, moments by Stockholm's clock, records by name and id."""
        if value is None:
            return None
        if field.is_relation:
            return {"id": str(value), "namn": self._name(field, value)}
        if isinstance(field, ArrayField):
            return [self.as_json(field.base_field, one) for one in value]
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if coded := _codes(field):
            return str(coded.get(value, value))
        if isinstance(value, datetime):
            return timezone.localtime(value, STOCKHOLM).isoformat()
        return value if isinstance(value, str | int | float | list | dict) else str(value)

    def in_words(self, field: models.Field, value: Any) -> str:
        """Return the value as a person reads it; empty for nothing."""
        if isinstance(value, datetime):
            return f"{timezone.localtime(value, STOCKHOLM):%Y-%m-%d kl. %H.%M}"
        if value is not None and field.is_relation:
            return self._name(field, value)
        return _in_words(self.as_json(field, value))

    def changes(self, row: Row) -> Iterator[dict[str, Any]]:
        """Yield the row's history: when, who, why, and which fields went from what to what."""
        before: Mapping[str, Any] = {}
        tracked = getattr(history_model(row.model), "tracked_fields") if row.history else []  # noqa: B009  no stub
        for line in row.history:
            changed = [one for one in tracked if before and before[one.attname] != line[one.attname]]
            yield {
                "när": line["history_date"],
                "vem": self._named[_user_model(row)].get(line["history_user_id"], GONE),
                "vad": KINDS[line["history_type"]],
                "varför": line["history_change_reason"],
                "ändrat": [(one, before[one.attname], line[one.attname]) for one in changed],
            }
            before = line

    def _collect(self, row: Row, wanted: dict[type[models.Model], set[Any]]) -> None:
        for one in row.everything():
            relations = [field for field in one.model._meta.concrete_fields if field.is_relation]
            for values in (one.values, *one.history):
                for field in relations:
                    if values.get(field.attname) is not None:
                        wanted[field.related_model].add(values[field.attname])  # type: ignore[index]
            wanted[_user_model(one)].update(line["history_user_id"] for line in one.history)

    def _name(self, field: models.Field, key: Any) -> str:
        named = self._named.get(cast("type[models.Model]", field.related_model), {})
        return named.get(key, GONE)


def _codes(field: models.Field) -> Mapping[str, str]:
    # What lies in a list is of a field that has no model.
    model = getattr(field, "model", None)
    return words_of(f"{model._meta.label_lower}.{field.name}") if model else {}


def _user_model(row: Row) -> Any:
    return history_model(row.model)._meta.get_field("history_user").related_model if row.history else models.Model


def _by_key(model: Any, keys: set[Any]) -> dict[Any, str]:
    if not keys:
        return {}
    label = model._meta.label_lower
    fetch = next((one.fetch for one in record_types() if one.kind == label and one.fetch), FETCH.get(label, ()))
    files = [one.name for one in model._meta.concrete_fields if isinstance(one, BinaryField)]
    found = model._base_manager.select_related(*fetch).defer(*files).in_bulk(list(keys))
    return {key: str(one) for key, one in found.items()}


def _in_words(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Ja" if value else "Nej"
        case dict():
            return "\n".join(f"{term}: {_in_words(words)}" for term, words in value.items())
        case list():
            return "\n".join(_in_words(one) for one in value)
        case _:
            return str(value)


def heading_of(row: Row) -> str:
    """Return what kind of row it is: "Godkänd Bilaga 1"."""
    return capfirst(str(row.model._meta.verbose_name))
