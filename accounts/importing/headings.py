"""Where a sheet's heading is, and what its columns mean. Titles above it and headings in two rows are understood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from accounts.importing.columns import CLEAR, LABELS, VAGUE, column_letter
from accounts.importing.files import FileError, Line, Sheet
from accounts.importing.wording import folded
from laholm_sociala.common.swedish import join_in_words

LOOKED_THROUGH: Final = 40
TEMPLATE: Final = "Hämta mallen och jämför."


@dataclass(frozen=True)
class Table:
    """A sheet whose columns are known: the place of each, what is not read, and the rows below."""

    sheet: Sheet
    places: dict[str, int]
    ignored: tuple[str, ...]
    last_heading: int
    heading: tuple[str, ...]

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield number and cells of each row with something on it. The heading, repeated further down, is none."""
        for line in self.sheet.lines():
            if line.number <= self.last_heading or line.is_blank or self._is_heading(line):
                continue
            yield (
                line.number,
                {code: line.cells[place] if place < len(line.cells) else "" for code, place in self.places.items()},
            )

    def _is_heading(self, line: Line) -> bool:
        return tuple(map(folded, line.cells)) == self.heading


def table_of(sheets: Sequence[Sheet]) -> Table:
    """Return the one table of accounts in a file.

    Raises FileError, which says what was found and what to do, when no heading is understood, when a column is
    missing, when two columns mean the same, or when there are accounts on several sheets.
    """
    found = [(sheet, best) for sheet in sheets if (best := _best_heading(sheet)) is not None]
    if not found:
        raise FileError(
            "Ingen rad med rubriker hittades. Filen behöver åtminstone kolumnerna Webbadress och Verksamhet, "
            f"med rubrikerna på en rad ovanför kontona. {TEMPLATE}"
        )
    whole = [one for one in found if not one[1].missing]
    if len(whole) > 1:
        names = join_in_words([f"”{sheet.name}”" for sheet, _ in whole])
        raise FileError(f"Filen har konton på flera blad: {names}. Samla dem på ett blad och ladda upp igen.")
    sheet, heading = whole[0] if whole else max(found, key=lambda one: len(one[1].places))
    if heading.missing:
        raise FileError(
            f"Rubrikerna hittades på rad {heading.last}, men {join_in_words(heading.missing)} saknas. {TEMPLATE}"
        )
    if heading.doubled:
        raise FileError(f"{heading.doubled} Behåll en av dem och ladda upp igen.")
    return Table(sheet, heading.places, heading.ignored, heading.last, heading.words)


@dataclass(frozen=True)
class _Heading:
    """One line, or two, read as a heading."""

    last: int
    words: tuple[str, ...]
    places: dict[str, int]
    ignored: tuple[str, ...]
    doubled: str

    @property
    def missing(self) -> list[str]:
        missing = []
        if not self.places.keys() & {"web_address", "handle"}:
            missing.append("kolumnen Webbadress")
        if "unit" not in self.places:
            missing.append("kolumnen Verksamhet")
        return missing


def _best_heading(sheet: Sheet) -> _Heading | None:
    """Return the heading that names the most, the first of equals; None where no line names two things."""
    first = [line for line in islice(sheet.lines(), LOOKED_THROUGH) if not line.is_blank]
    candidates = [_as_heading(line.number, line.cells, line.cells) for line in first]
    for upper, lower in pairwise(first):
        if lower.number == upper.number + 1 and _as_heading(lower.number, lower.cells, lower.cells).places:
            candidates.append(_as_heading(lower.number, lower.cells, _together(upper.cells, lower.cells)))
    best = max(candidates, key=lambda candidate: len(candidate.places), default=None)
    return best if best is not None and len(best.places) >= 2 else None


def _together(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return a heading in two rows as one: "Ansvarig" merged over "Namn" and "E-post" goes with both."""
    width = max(len(upper), len(lower))
    above, below = ([*cells, *[""] * (width - len(cells))] for cells in (upper, lower))
    joined, group = [], ""
    for over, under in zip(above, below, strict=True):
        group = over or (group if under else "")
        if not under:
            joined.append(over)
        elif _code(f"{group} {under}") or not _code(under):
            joined.append(f"{group} {under}".strip())
        else:
            joined.append(under)
    return joined


def _code(words: str) -> str | None:
    return CLEAR.get(folded(words)) or VAGUE.get(folded(words))


def _as_heading(number: int, cells: Sequence[str], read_as: Sequence[str]) -> _Heading:
    places: dict[str, int] = {}
    ignored: list[str] = []
    doubled = ""
    for place, words in enumerate(read_as):
        code = CLEAR.get(folded(words))
        if code is None:
            continue
        if code in places:
            doubled = doubled or (
                f"Kolumnerna {column_letter(places[code])} (”{read_as[places[code]]}”) och {column_letter(place)} "
                f"(”{words}”) betyder båda {LABELS[code]}."
            )
        else:
            places[code] = place
    for place, words in enumerate(read_as):
        code = VAGUE.get(folded(words))
        if code is not None and code not in places:
            places[code] = place
        elif words and place not in places.values():
            ignored.append(words)
    return _Heading(number, tuple(map(folded, cells)), places, tuple(ignored), doubled)
