"""Files as people make them: CSV as bytes, and real Excel files made by openpyxl."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook

HEADINGS = ("Namn på kontot", "Webbadress", "Kanal", "Verksamhet", "Ansvarig", "Ersättare")
Rows = Sequence[Sequence[object]]


def as_csv(rows: Rows, *, delimiter: str = ";", encoding: str = "utf-8-sig", lineterminator: str = "\r\n") -> bytes:
    """Return the rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=lineterminator).writerows(rows)
    return text.getvalue().encode(encoding)


def as_excel(rows: Rows, *, merge: Sequence[str] = (), touch: Callable[[Any], None] | None = None) -> bytes:
    """Return the rows as a workbook. `merge`: ranges such as "A1:F1"; `touch` does what else people do to one."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for cells in merge:
        book.active.merge_cells(cells)
    if touch:
        touch(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def accounts_file(number: int, *, unit: str = "Biblioteket", person: str = "") -> list[list[str]]:
    """Return a heading and so many accounts, each of its own address."""
    rows = [
        [f"Konto nummer {index}", f"https://m.facebook.com/laholm{index}?ref=x", "Facebook", unit, person, ""]
        for index in range(number)
    ]
    return [list(HEADINGS), *rows]
