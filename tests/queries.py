"""A list costs as many queries with three rows as with one."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def assert_same_query_count(request: Callable[[], object], *, add_row: Callable[[], object]) -> None:
    """Make the request with one row and with three, and fail with the queries when the counts differ."""
    add_row()
    request()  # what is fetched once per process is not the list's
    one = _queries(request)
    add_row()
    add_row()
    request()  # nor what is kept for a while, if a row moves the clock
    three = _queries(request)
    assert len(one) == len(three), "\n".join([f"1 rad: {len(one)}, 3 rader: {len(three)}", *three])


def _queries(request: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        request()
    return [query["sql"] for query in captured.captured_queries]
