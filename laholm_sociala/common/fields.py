"""Columns that several apps use."""

import uuid

from django.db import models
from django.db.models.functions import Lower


def uuid_key() -> models.UUIDField:
    """Return a primary key that may stand in an address without telling how many there are."""
    return models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)


def swedish_sort_key(source: str) -> models.GeneratedField:
    """Return a column that sorts `source` in Swedish order: case folded, å ä ö last.

    The embedded database has no ICU, hence no Swedish collation. In the C collation "{|}" follow "z" in this order.
    """
    folded = models.Func(Lower(source), models.Value("åäöéü"), models.Value("{|}eu"), function="TRANSLATE")
    return models.GeneratedField(
        expression=folded, output_field=models.CharField(max_length=250, db_collation="C"), db_persist=True
    )


def sha256_of_bytes(source: str) -> models.Func:
    """Return the SQL for the SHA-256 of a binary column, as hexadecimal digits."""
    return _hex(models.Func(models.F(source), function="SHA256"))


def sha256_of_text(source: str) -> models.Func:
    """Return the SQL for the SHA-256 of a text column in UTF-8, as hexadecimal digits.

    Django's own SHA256 casts text to bytea, which reads a backslash as an escape.
    """
    utf8 = models.Func(models.F(source), models.Value("UTF8"), function="CONVERT_TO")
    return _hex(models.Func(utf8, function="SHA256"))


def _hex(digest: models.Func) -> models.Func:
    return models.Func(digest, models.Value("hex"), function="ENCODE", output_field=models.CharField())
