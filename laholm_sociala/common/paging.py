"""Pages of long lists."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

COUNTED: Final = 1000


class LongList(Paginator):
    """Pages that cost the same however long the list is: it counts to a thousand, and then says "fler än 1 000".

    The list is searched once, for keys alone, which both count it and say what stands on a page; then the page's own
    rows are fetched. So a short list and a long one take the same number of queries. `rows` is what the rows are
    fetched from, where that is less work than to ask the whole search anew. A list whose rows are dear to look
    through stops sooner, at its own `counts_to`.
    """

    object_list: QuerySet
    counts_to: int | None = None

    def __init__(self, found: QuerySet, per_page: int, *, rows: QuerySet | None = None) -> None:
        super().__init__(found, per_page)
        self._shown_from = found if rows is None else rows

    @property
    def counted(self) -> int:
        """How many are counted at most."""
        return self.counts_to or COUNTED

    @property
    def most_in_digits(self) -> str:
        """What it says where there are more: "1 000", which no line break divides."""
        return f"{self.counted:,}".replace(",", "\u00a0")

    @cached_property
    def _first_keys(self) -> list[Any]:
        return self._keys(0, self.counted + 1)

    def _keys(self, first: int, end: int) -> list[Any]:
        return list(self.object_list.values_list("pk", flat=True)[first:end])

    @property
    def count(self) -> int:
        """How many there are, at most one more than is counted."""
        return len(self._first_keys)

    @property
    def is_counted(self) -> bool:
        """Whether `count` is the whole truth."""
        return self.count <= self.counted

    def validate_number(self, number: object) -> int:
        """Take any page from the first on; past the end it is empty where the list is too long to count."""
        try:
            wanted = max(int(str(number)), 1)
        except ValueError:
            return 1
        return min(wanted, self.num_pages) if self.is_counted else min(wanted, 10_000)

    def page(self, number: object) -> "LongPage":
        """Return a page, with a look at whether one more row follows."""
        valid = self.validate_number(number)
        first = (valid - 1) * self.per_page
        end = first + self.per_page + 1
        keys = self._first_keys[first:end] if self.is_counted or end <= self.counted else self._keys(first, end)
        return LongPage(self._fetched(keys[: self.per_page]), valid, self, more=len(keys) > self.per_page)

    def _fetched(self, keys: Sequence[Any]) -> list[object]:
        found = {row.pk: row for row in self._shown_from.order_by().filter(pk__in=keys)}
        # One that went between the two queries is left out.
        return [found[key] for key in keys if key in found]


class LongPage(Page):
    """A page that knows itself whether more follows."""

    def __init__(self, rows: list[object], number: int, paginator: LongList, *, more: bool) -> None:
        super().__init__(rows, number, paginator)
        self._more = more

    def has_next(self) -> bool:
        """Tell whether a next page has something on it."""
        return self._more

    def next_page_number(self) -> int:
        """Return the next page's number."""
        return self.number + 1

    def previous_page_number(self) -> int:
        """Return the previous page's number."""
        return self.number - 1

    def end_index(self) -> int:
        """Return the place of the page's last row in the list."""
        return (self.number - 1) * self.paginator.per_page + len(self.object_list)
