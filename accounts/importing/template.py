"""The template to fill in: the columns, how each is filled in, and what the portal calls its verksamheter."""

import csv
import io
from typing import Final

from accounts.enums import AccountStatus
from accounts.importing.columns import COLUMNS
from accounts.models import Platform, Unit

ROWS_WITH_CHOICES: Final = 2000
NARROW, WIDE = 24, 48


def as_csv() -> bytes:
    """Return the headings as CSV, with semicolons and a byte order mark, as Excel in Sweden reads å ä ö right."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow([column.label for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def as_excel() -> bytes:
    """Return a workbook: a sheet to fill in, where kanal, verksamhet and läge are chosen, and two to read."""
    from openpyxl import Workbook  # takes a while to import, and only those who ask for Excel need it

    book = Workbook()
    _fill_in(book.active)
    _how(book.create_sheet("Så fyller du i"))
    _choices(book.create_sheet("Namn i portalen"), book["Konton"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill_in(sheet: object) -> None:
    sheet.title = "Konton"  # type: ignore[attr-defined]
    _add(sheet, [[column.label for column in COLUMNS]], width=NARROW)


def _how(sheet: object) -> None:
    rows = [[column.label, column.help_text, column.example] for column in COLUMNS]
    _add(sheet, [["Rubrik", "Så här", "Exempel"], *rows], width=WIDE)


def _choices(sheet: object, fill_in: object) -> None:
    """List what can be chosen, and tie the lists to their columns in the sheet to fill in."""
    from openpyxl.worksheet.datavalidation import DataValidation

    units = [
        (str(unit), unit.board.name) for unit in Unit.objects.filter(active=True).select_related("board").in_order()
    ]
    lists = {
        "platform": [platform.name for platform in Platform.objects.filter(active=True)],
        "status": [status.label for status in AccountStatus],
        "unit": [name for name, _board in units],
        "board": [board for _name, board in units],
    }
    headings = ["Kanaler", "Lägen", "Verksamheter", "Nämnd"]
    height = max(map(len, lists.values()), default=0)
    columns = [[*words, *[None] * (height - len(words))] for words in lists.values()]
    _add(sheet, [headings, *map(list, zip(*columns, strict=True))], width=WIDE)
    places = [column.code for column in COLUMNS]
    for letter, (code, words) in zip("ABC", list(lists.items())[:3], strict=True):
        if words:
            chosen = DataValidation("list", formula1=f"'Namn i portalen'!${letter}$2:${letter}${len(words) + 1}")
            chosen.showErrorMessage = False  # a proposal: what is typed otherwise is judged when the file is read
            fill_in.add_data_validation(chosen)  # type: ignore[attr-defined]
            cell = fill_in.cell(1, places.index(code) + 1).column_letter  # type: ignore[attr-defined]
            chosen.add(f"{cell}2:{cell}{ROWS_WITH_CHOICES}")


def _add(sheet: object, rows: list[list[str | None]], *, width: int) -> None:
    from openpyxl.styles import Alignment, Font

    for row in rows:
        sheet.append(row)  # type: ignore[attr-defined]
    for cell in sheet[1]:  # type: ignore[attr-defined]
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width  # type: ignore[attr-defined]
    for line in sheet.iter_rows(min_row=2):  # type: ignore[attr-defined]
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"  # type: ignore[attr-defined]
