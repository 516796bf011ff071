"""The diarium as a spreadsheet: the public variant, so that the list can be given out (OSL ch. 5 § 2)."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from django.db.models import QuerySet

from accounts.export import harmless
from archive.models import Document

HEADINGS: Final = ("Nummer", "Datum", "Riktning", "Avsändare/mottagare", "Vad den rör", "Ärende", "Makulerad")


def as_csv(documents: QuerySet[Document]) -> Iterator[str]:
    """Yield the file's lines: semicolons and a byte order mark, as Excel in Sweden reads å ä ö right."""
    yield "\ufeff"
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    for row in _rows(documents):
        writer.writerow([harmless(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _rows(documents: QuerySet[Document]) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    for document in documents.select_related("matter").iterator(chunk_size=500):
        yield (
            str(document),
            document.dated_on.isoformat(),
            document.get_direction_display(),
            document.public_correspondent,
            document.public_subject,
            document.matter.public_subject,
            "ja" if document.cancelled_at else "",
        )
