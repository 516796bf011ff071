"""What was measured, as a table that a person reads."""

from dataclasses import dataclass

from tests.bench.timing import Ratio

HEADINGS = ("Mått", "Konton", "Frågor", "Kvot", "Spridning", "Gräns", "")


@dataclass(frozen=True)
class Line:
    """One measure. `limit` None: shown for what it tells, not judged."""

    what: str
    accounts: str
    queries: str
    ratio: Ratio
    limit: float | None = None

    @property
    def holds(self) -> bool:
        return self.limit is None or self.ratio.middle <= self.limit

    def cells(self) -> tuple[str, ...]:
        low, high = self.ratio.spread
        outcome = "" if self.limit is None else "håller" if self.holds else "håller inte"
        limit = "" if self.limit is None else _number(self.limit)
        spread = f"{_number(low)}–{_number(high)}"
        return (self.what, self.accounts, self.queries, _number(self.ratio.middle), spread, limit, outcome)


@dataclass(frozen=True)
class Demand:
    """A measure that is a yes or a no."""

    what: str
    found: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.what}: {self.found}, {'håller' if self.holds else 'håller inte'}"


def table(lines: list[Line]) -> str:
    """Return the lines under their headings."""
    rows = [HEADINGS, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in {0, len(HEADINGS) - 1} else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def thousands(number: int) -> str:
    """20 000."""
    return f"{number:,}".replace(",", " ")


def _number(ratio: float) -> str:
    return f"{ratio:.2f}".replace(".", ",")
