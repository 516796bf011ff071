"""A file's bytes as rows of text, whichever program wrote it. Nothing in it is ever carried out."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zipfile import BadZipFile, ZipFile

from accounts.importing.wording import tidy

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_UNPACKED: Final = 120 * 1024 * 1024
MOST_LINES: Final = 50_000
MOST_COLUMNS: Final = 60
LONGEST_CELL: Final = 20_000
DELIMITERS: Final = (";", ",", "\t")

# Found one at a time: splitlines would hold the whole file once more.
LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)"')
MOST_MERGED: Final = 20_000
LONGEST_TAG: Final = 400
PIECE: Final = 1024 * 1024

SAVE_AGAIN: Final = "Öppna den i Excel, välj Spara som, och spara som Excel-arbetsbok (.xlsx) eller CSV."


class FileError(ValueError):
    """The file cannot be understood as a whole; the message says in Swedish why, and what to do."""


@dataclass(frozen=True)
class Line:
    """One line of a sheet: its number as the spreadsheet shows it, and its cells' text."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on it."""
        return not any(self.cells)


class Sheet:
    """One sheet of a file. `lines` reads it from the beginning, as many times as it is asked."""

    def __init__(self, name: str = "") -> None:
        self.name = name

    def lines(self) -> Iterator[Line]:
        """Yield its lines, blank ones too. Raises FileError where there are too many."""
        raise NotImplementedError


def sheets_of(content: bytes) -> list[Sheet]:
    """Return the file's sheets: one for text, all for Excel.

    Raises FileError when it is too big, packed to be too big, not a spreadsheet, or locked by a password.
    """
    if len(content) > MOST_BYTES:
        raise FileError("Filen är större än 10 MB. Dela upp den, eller ta bort bilder och blad som inte behövs.")
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise FileError("Filen är tom.")
    if content.startswith(b"PK"):
        return _workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileError(f"Filen är i Excels äldre format (.xls), eller skyddad med lösenord. {SAVE_AGAIN}")
    return [_TextSheet(_decoded(content))]


def _decoded(content: bytes) -> str:
    """Return the text: UTF-8 with or without a byte order mark, UTF-16 with one, else Windows' own letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content[:4096] or content.startswith((b"%PDF", b"{\\rtf", b"<")):
        raise FileError(f"Filen är inget kalkylblad. {SAVE_AGAIN}")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


class _TextSheet(Sheet):
    """Text with semicolons, commas or tabs. The delimiter is the one that makes the most even table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        said = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
        self._told = said is not None
        self._text = text
        self._delimiter = said[1] if said else max(DELIMITERS, key=self._columns_with)

    def lines(self) -> Iterator[Line]:
        for number, cells in enumerate(self._records(self._delimiter), start=1):
            _refuse_beyond(number)
            if not (self._told and number == 1):
                yield Line(number, _tidied(cells, number))

    def _records(self, delimiter: str) -> Iterator[list[str]]:
        try:
            yield from csv.reader((line[0] for line in LINE.finditer(self._text)), delimiter=delimiter)
        except csv.Error as error:
            raise FileError(
                f"Filen går inte att läsa som CSV: en cell är för lång, eller ett citattecken saknas. {SAVE_AGAIN}"
            ) from error

    def _columns_with(self, delimiter: str) -> int:
        """Return how many cells the fullest of the first lines has: the heading, wherever it stands."""
        try:
            first = [cells for cells, _ in zip(self._records(delimiter), range(40), strict=False)]
        except FileError:
            return 0
        return max((sum(1 for cell in cells if cell.strip()) for cells in first), default=0)


def _workbook(content: bytes) -> list[Sheet]:
    from openpyxl import load_workbook  # takes a while to import, and only those who read Excel need it

    archive = _unpacked_safely(content)
    try:
        # read_only: a row at a time. data_only: what the formulas last gave, never the formulas.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return [_ExcelSheet(sheet, archive) for sheet in book.worksheets]
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble on
        raise FileError(f"Filen är skadad och går inte att läsa. {SAVE_AGAIN}") from error


def _unpacked_safely(content: bytes) -> ZipFile:
    try:
        archive = ZipFile(io.BytesIO(content))
        inside = archive.infolist()
    except BadZipFile as error:
        raise FileError(f"Filen är skadad och går inte att läsa. {SAVE_AGAIN}") from error
    if "xl/workbook.xml" not in {part.filename for part in inside}:
        raise FileError(f"Filen är inte en Excel-fil. {SAVE_AGAIN}")
    # zipfile never unpacks more of a part than this says, so it cannot be understated.
    if len(inside) > 2_000 or sum(part.file_size for part in inside) > MOST_UNPACKED:
        raise FileError("Filen blir för stor när den packas upp. Ta bort bilder och blad som inte behövs.")
    return archive


class _ExcelSheet(Sheet):
    """A sheet of a workbook. What stands in a merged cell stands in all that it covers, downwards."""

    def __init__(self, sheet: object, archive: ZipFile) -> None:
        super().__init__(str(sheet.title))  # type: ignore[attr-defined]
        self._sheet = sheet
        self._archive = archive

    def lines(self) -> Iterator[Line]:
        merged = self._merged_downwards()
        carried: dict[int, tuple[str, int]] = {}  # column: what is said there, and down to which line
        for number, values in enumerate(self._rows(), start=1):
            _refuse_beyond(number)
            cells = list(_tidied([_as_text(value) for value in values], number))
            carried = {column: said for column, said in carried.items() if number <= said[1]}
            for column, (words, _last) in carried.items():
                cells += [""] * (column + 1 - len(cells))
                cells[column] = cells[column] or words
            for column, last in merged.get(number, ()):
                if column < len(cells) and cells[column]:
                    carried[column] = (cells[column], last)
            yield Line(number, tuple(cells))

    def _rows(self) -> Iterator[tuple[object, ...]]:
        self._sheet.reset_dimensions()  # type: ignore[attr-defined]  # what the file says of its size may be wrong
        rows = self._sheet.iter_rows(values_only=True)  # type: ignore[attr-defined]
        while True:
            try:
                row = next(rows, None)
            except Exception as error:  # openpyxl raises whatever a broken file makes it stumble on
                raise FileError(f"Bladet {self.name} är skadat och går inte att läsa. {SAVE_AGAIN}") from error
            if row is None:
                return
            yield row

    def _merged_downwards(self) -> dict[int, list[tuple[int, int]]]:
        """Return, by first line, the columns of cells merged over several lines, and their last line.

        openpyxl does not look for them when it reads a row at a time; they stand at the end of the sheet.
        """
        found: dict[int, list[tuple[int, int]]] = {}
        for known, (left, first, _right, last) in enumerate(self._merged_ranges()):
            if known == MOST_MERGED:
                raise FileError(f"Bladet {self.name} har för många sammanfogade celler. Dela dem och försök igen.")
            if int(last) > int(first):
                found.setdefault(int(first), []).append((_column_index(left.decode()), int(last)))
        return found

    def _merged_ranges(self) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
        with self._archive.open(self._sheet._worksheet_path) as part:  # type: ignore[attr-defined]
            tail = b""
            while piece := part.read(PIECE):
                text = tail + piece
                end = 0
                for match in MERGED.finditer(text):
                    end = match.end()
                    yield match[1], match[2], match[3], match[4]
                # A tag may be cut in two by the piece's end; one that was found is not found again.
                tail = text[max(end, len(text) - LONGEST_TAG) :]


def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _as_text(value: object) -> str:
    """Return a cell's value as a person reads it."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case datetime():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _tidied(cells: list[str], number: int) -> tuple[str, ...]:
    tidied = [tidy(cell) for cell in cells]
    while tidied and not tidied[-1]:
        tidied.pop()
    if len(tidied) > MOST_COLUMNS:
        raise FileError(f"Rad {number} har fler än {MOST_COLUMNS} kolumner. Ta bort det som inte hör till kontona.")
    if any(len(cell) > LONGEST_CELL for cell in tidied):
        raise FileError(f"Rad {number} har en cell med mer än 20 000 tecken. Korta den, eller kontrollera citattecken.")
    return tuple(tidied)


def _refuse_beyond(number: int) -> None:
    if number > MOST_LINES:
        raise FileError("Filen har fler än 50 000 rader. Dela upp den, och ta bort tomma rader i slutet.")
