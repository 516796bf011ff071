"""The laws of the day on which something may go, tried on many days (R18)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.enums import RuleAction
from archive.models import DocumentView
from archive.services.due import due
from archive.services.retention_plan import Terms
from tests.archive.factories import decided_plan, document
from tests.archive.gallring import after
from tests.clock import TODAY

pytestmark = pytest.mark.django_db
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
YEARS = st.integers(0, 100)
LAWS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def end_of(start: date | None, years: int, *, year_end: bool = False) -> date | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT retention_end(%s, %s, %s)", [start, years, year_end])
        return cursor.fetchone()[0]


@LAWS
@given(DAYS, YEARS)
def test_never_before_so_many_whole_years_have_passed(db, start, years):
    end = end_of(start, years)
    assert (end.year - years, end.month, end.day) >= (start.year, start.month, start.day)
    assert end - start <= timedelta(days=years * 366 + 1)


@LAWS
@given(DAYS, YEARS)
def test_from_the_end_of_the_year_it_is_always_the_first_of_january(db, start, years):
    assert end_of(start, years, year_end=True) == date(start.year + years + 1, 1, 1)


@LAWS
@given(YEARS, st.booleans())
def test_an_unknown_start_has_no_end(db, years, year_end):
    assert end_of(None, years, year_end=year_end) is None


@LAWS
@given(DAYS, YEARS, YEARS)
def test_a_longer_time_never_ends_earlier(db, start, some, more):
    assert end_of(start, some) <= end_of(start, some + more)


@pytest.mark.parametrize(("years", "end"), [(1, date(2025, 3, 1)), (4, date(2028, 2, 29)), (0, date(2024, 2, 29))])
def test_a_leap_day_ends_on_the_first_of_march(years, end):
    assert end_of(date(2024, 2, 29), years) == end


def in_document(board, as_of=TODAY):
    found = next(one for one in due(board, as_of).types if one.record_type.code == "document")
    return (found.held, found.later)  # its ärende is open, so what would be due is held


@pytest.fixture
def old(cast, registrar):
    return document(cast.culture_board, by=registrar, dated_on=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("older", "newer", "stands"),
    [
        (after(10), after(2), (0, 1)),
        (after(2), after(10), (0, 1)),
        (after(2), after(1), (1, 0)),
        (after(10), after(2, also_older=True), (1, 0)),
        (Terms(RuleAction.PRESERVE), after(2), (0, 0)),
    ],
    ids=["old longer", "new longer", "both short", "approved anew", "was preserved"],
)
def test_the_longer_time_wins_unless_approved_anew(older, newer, stands, cast, old):
    decided_plan(cast.culture_board, document=older, valid_from=date(2024, 1, 1))
    decided_plan(cast.culture_board, document=newer, valid_from=date(2025, 1, 1))
    assert in_document(cast.culture_board) == stands


def test_the_day_is_stockholms(cast, registrar):
    kept = document(cast.culture_board, by=registrar)
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # half past midnight on the 24th, in Stockholm
    DocumentView.objects.create(document=kept, user=registrar, at=late)
    decided_plan(cast.culture_board, document_view=after(0), valid_from=date(2026, 1, 1))
    stands = {as_of: seen(cast.culture_board, as_of) for as_of in (date(2026, 11, 23), date(2026, 11, 24))}
    assert stands == {date(2026, 11, 23): (0, 1), date(2026, 11, 24): (1, 0)}


def seen(board, as_of):
    found = next(one for one in due(board, as_of).types if one.record_type.code == "document_view")
    return (found.held, found.later)
