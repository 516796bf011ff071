"""What PostgreSQL refuses of a post, whoever asks: the same table as the services follow."""

from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from laholm_sociala.common.errors import RefusedError
from moderation.enums import CaseStatus
from moderation.models import Case
from moderation.workflow import CASE, require_case_step
from tests.moderation.factories import library_account, log_post

pytestmark = pytest.mark.django_db
RESTRICT = "23001"

# What each state needs beside its name.
AS_IN_STATE = {
    CaseStatus.NEW: "decided_at = NULL, outcome = '', closed_at = NULL, record_choice = ''",
    CaseStatus.DECIDED: "decided_at = now(), outcome = 'removed', closed_at = NULL, record_choice = ''",
    CaseStatus.CLOSED: ("decided_at = now(), outcome = 'removed', closed_at = now(), record_choice = 'kept_in_order'"),
}
WAY_TO = {
    CaseStatus.NEW: (),
    CaseStatus.DECIDED: (CaseStatus.DECIDED,),
    CaseStatus.CLOSED: (CaseStatus.DECIDED, CaseStatus.CLOSED),
}


@pytest.fixture
def case(cast):
    return log_post(library_account(cast))


def become(status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE moderation_case SET status = '{status}', {AS_IN_STATE[CaseStatus(status)]}")


def refusal(statement: str) -> str:
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return refused.value.__cause__.sqlstate


@pytest.mark.parametrize(("old", "new"), [*product(CaseStatus, CaseStatus)])
def test_the_tables_are_one(case, old, new):
    for step in WAY_TO[old]:
        become(step)
    allowed = new == old or new in CASE[old]
    if allowed:
        become(new)
    else:
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            become(new)
        assert refused.value.__cause__.sqlstate == RESTRICT
    if new != old:
        try:
            require_case_step(old, new)
        except RefusedError:
            assert not allowed
        else:
            assert allowed


def test_a_post_is_not_deleted(case):
    assert refusal("DELETE FROM moderation_action") in {RESTRICT, "42501"}
    assert refusal("DELETE FROM moderation_case") in {RESTRICT, "23503"}


def test_what_became_late_stands_still(case):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE moderation_case SET late_since = handle_by")
    assert refusal("UPDATE moderation_case SET due_at = due_at - interval '1 hour'") == RESTRICT
    assert refusal("UPDATE moderation_case SET late_since = NULL") == RESTRICT


def test_the_start_is_never_moved_forward(case):
    assert refusal("UPDATE moderation_case SET starts_at = starts_at + interval '1 second'") in {RESTRICT, "23514"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE moderation_case SET starts_at = starts_at - interval '1 hour'")
    assert Case.objects.get().starts_at < case.discovered_at
