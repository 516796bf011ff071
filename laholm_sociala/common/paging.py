"""Pages of long lists."""

from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

COUNTED: Final = 1000


class LongList(Paginator):
    """Pages that cost the same however long the list is: it counts to a thousand, and then says "fler än 1 000"."""

    object_list: QuerySet

    @property
    def count(self) -> int:
        """How many there are, at most one more than is counted."""
        if not hasattr(self, "_count"):
            # In no order: to sort thousands of rows in order to count them is work for nothing.
            self._count = self.object_list.order_by()[: COUNTED + 1].count()
        return self._count

    @property
    def is_counted(self) -> bool:
        """Whether `count` is the whole truth."""
        return self.count <= COUNTED

    def validate_number(self, number: object) -> int:
        """Take any page from the first on; past the end it is empty where the list is too long to count."""
        try:
            wanted = max(int(str(number)), 1)
        except ValueError:
            return 1
        if wanted == 1:
            return 1
        return min(wanted, self.num_pages) if self.is_counted else min(wanted, 10_000)

    def page(self, number: object) -> "LongPage":
        """Return a page, with a look at whether one more row follows."""
        valid = self.validate_number(number)
        first = (valid - 1) * self.per_page
        rows = list(self.object_list[first : first + self.per_page + 1])
        if valid == 1 and len(rows) <= self.per_page:
            self._count = len(rows)  # all of it is here, and need not be counted as well
        return LongPage(rows[: self.per_page], valid, self, more=len(rows) > self.per_page)


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
