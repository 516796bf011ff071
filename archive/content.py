"""What each field in the database can hold of somebody's words, and how that goes (R07, R18).

Every text, JSON, list, binary and file field of every model, the portal's own and those of installed apps, is named
here: it goes with a record, is preserved with one, is cleared by itself, or never holds what anybody wrote. A field
that is not named fails the tests, so that nobody adds one which no gallring reaches. A model's history holds what the
model holds; a generated column what its row does; a field with fixed choices, one of those.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

HOLDS_CONTENT: Final = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    ArrayField,
    SearchVectorField,
)


@dataclass(frozen=True)
class Content:
    """How what some fields hold goes. Exactly one of the ways is given."""

    fields: tuple[str, ...]
    # The label of the record that it goes with, "moderation.case".
    goes_with: str = ""
    preserved_because: str = ""
    cleared_by: str = ""
    never_because: str = ""


def goes_with(kind: str, fields: str) -> Content:
    """Return that the fields, named with spaces between, go when the record of that model is disposed of."""
    return Content(tuple(fields.split()), goes_with=kind)


def preserved(because: str, fields: str) -> Content:
    """Return that the fields are preserved, as the sentence says."""
    return Content(tuple(fields.split()), preserved_because=because)


def cleared(by: str, fields: str) -> Content:
    """Return that what the fields hold is cleared without any gallring, as the sentence says."""
    return Content(tuple(fields.split()), cleared_by=by)


def never(because: str, fields: str) -> Content:
    """Return that the fields never hold what anybody wrote, as the sentence says."""
    return Content(tuple(fields.split()), never_because=because)


_declared: dict[str, dict[str, Content]] = {}


def declare(label: str, *contents: Content) -> None:
    """Say what the fields of the model with that label hold. Raises ValueError when one is said twice."""
    fields = _declared.setdefault(label.lower(), {})
    for content in contents:
        for name in content.fields:
            if name in fields:
                raise ValueError(f"{label}.{name} är redan klassat.")
            fields[name] = content


def declared() -> dict[str, dict[str, Content]]:
    """Return what is said, by the model's label in lower case and the field's name."""
    return {label: dict(fields) for label, fields in _declared.items()}


def unclassified() -> list[str]:
    """Return the fields that can hold content and of which nothing is said, "app.Model.field"."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in _models()
        for field in fields_with_content(model)
        if field.name not in _declared.get(model._meta.label_lower, {})
    ]


def superfluous() -> list[str]:
    """Return what is said of fields that do not exist or need no saying, "app.model.field"."""
    there = {model._meta.label_lower: {field.name for field in fields_with_content(model)} for model in _models()}
    return [
        f"{label}.{name}"
        for label, fields in _declared.items()
        for name in fields
        if name not in there.get(label, set())
    ]


def fields_with_content(model: type[models.Model]) -> list[models.Field]:
    """Return the model's own fields that can hold what somebody wrote."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, HOLDS_CONTENT) and not field.choices and not field.is_relation
    ]


def _models() -> Iterator[type[models.Model]]:
    """Yield every model but the histories: they hold what their models hold."""
    for model in apps.get_models(include_auto_created=True):
        if not hasattr(model, "history_date"):
            yield model
