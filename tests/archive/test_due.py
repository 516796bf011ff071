"""What is due, and why the rest is not (R17, R18)."""

from datetime import date, timedelta

import pytest

from archive.enums import RuleAction, StartsFrom
from archive.models import Assertion
from archive.retention import record_type
from archive.services.due import NO_PLAN, due, due_objects
from archive.services.holds import Description, release_hold
from archive.services.irrelevance import assert_irrelevant, withdraw_assertion
from archive.services.retention_plan import Terms
from tests.archive.factories import archivist_of, decided_plan, document, proposed_plan, stopped
from tests.clock import NOW, TODAY

pytestmark = pytest.mark.django_db
CREATED = StartsFrom.CREATED
DOCUMENT = "document"
LATER = TODAY + timedelta(days=2000)


def years(number, start=CREATED, **more):
    return Terms(RuleAction.AFTER_YEARS, number, start, **more)


@pytest.fixture
def board(cast, series):
    return cast.culture_board


@pytest.fixture
def closed(board, registrar):
    """A handling in an ärende that is closed."""
    from archive.services.diary import close_matter

    kept = document(board, by=registrar, dated_on=date(2020, 5, 4))
    close_matter(kept.matter_id, by=registrar, now=NOW)
    return kept


def found(board, as_of=TODAY, code=DOCUMENT):
    return next(one for one in due(board, as_of).types if one.record_type.code == code)


def test_without_a_decided_plan_nothing_is_due(board, closed):
    proposed_plan(board, document=years(1))

    result = due(board, LATER)

    assert result.plan is None
    assert {one.reason for one in result.types} == {NO_PLAN}
    assert result.total_due == 0


def test_what_is_old_enough_is_due(board, closed):
    decided_plan(board, document=years(6))

    assert found(board).due == 1
    assert [row.due_on for row in due_objects(record_type(DOCUMENT), board, TODAY)] == [date(2026, 5, 4)]


def test_not_a_day_too_early(board, closed):
    decided_plan(board, document=years(7))

    assert found(board, date(2027, 5, 3)).later == 1
    assert found(board, date(2027, 5, 4)).due == 1


def test_counted_from_the_end_of_the_year(board, closed):
    decided_plan(board, document=years(6, year_end=True))

    assert found(board, date(2026, 12, 31)).due == 0
    assert found(board, date(2027, 1, 1)).due == 1


def test_what_stands_in_an_open_matter_is_held(board, registrar):
    document(board, by=registrar, dated_on=date(2020, 5, 4))
    decided_plan(board, document=years(1))

    assert (found(board).due, found(board).holds) == (0, {"Öppet ärende": 1})


def test_all_holds_must_be_released(board, closed):
    decided_plan(board, document=years(1))
    first = stopped(board, closed, name="Överklagande")
    second = stopped(board, name="Alla handlingar", descriptions=[Description(DOCUMENT)])
    assert found(board).holds == {"Överklagande": 1, "Alla handlingar": 1}

    release_hold(first.pk, reason="Avgjort", by=archivist_of(board), now=NOW)
    assert (found(board).due, found(board).held) == (0, 1)

    release_hold(second.pk, reason="Klart", by=archivist_of(board), now=NOW)
    assert (found(board).due, found(board).held) == (1, 0)


def test_when_irrelevant_needs_a_person_to_say_so(board, closed):
    decided_plan(board, document=Terms(RuleAction.WHEN_IRRELEVANT))
    assert (found(board).due, found(board).unknown) == (0, 1)

    archivist = archivist_of(board)
    assert_irrelevant(record_type(DOCUMENT), board, [closed.pk], reason="Behövs inte", by=archivist, now=NOW)
    assert found(board).due == 1

    withdraw_assertion(Assertion.objects.get().pk, reason="Fel handling", by=archivist, now=NOW)
    assert found(board).due == 0
