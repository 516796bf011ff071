"""A history row that is written while its object goes is swept up; beside it the control (R18)."""

import psycopg
import pytest

from archive.enums import DisposalStatus
from archive.models import DisposalRun
from archive.services import disposal_protocol, disposing
from archive.services.sweeping import sweep
from tests.archive.disposals import begun, carry_out, old_case
from tests.archive.promises import CANARY
from tests.clock import NOW
from tests.database import session

pytestmark = pytest.mark.django_db(transaction=True)


def words():
    return [find.place for find in sweep(CANARY)]


INSERT = """
INSERT INTO moderation_historicalcasecontent
  (id, case_id, text, link, author, place, history_date, history_type, history_user_id, history_change_reason)
SELECT id, case_id, text, link, author, place, now(), '~', history_user_id, 'Sent på väg'
FROM moderation_historicalcasecontent WHERE case_id = %s LIMIT 1
"""


@pytest.fixture
def late(case):
    """Somebody's transaction that has written of the post, and is not committed: `late()` commits it."""
    with session("default") as portal:
        portal.autocommit = False
        portal.execute(INSERT, [case.pk])
        yield portal.commit


def test_what_is_written_meanwhile_is_swept_up(board, case, late):
    run = begun(board)
    carry_out(run)
    assert words() == []
    late()
    assert words() == ["moderation_historicalcasecontent.text"]
    assert disposal_protocol.conclude(run.pk, now=NOW).status == DisposalStatus.DONE
    assert words() == []


def test_waits_for_whoever_is_writing(board, case, late, monkeypatch):
    run = begun(board)
    carry_out(run)
    monkeypatch.setattr(disposing, "LONGEST_WAIT", "300ms")
    with pytest.raises(Exception, match="lock timeout"):
        disposal_protocol.conclude(run.pk, now=NOW)
    assert DisposalRun.objects.get().status == DisposalStatus.EXECUTING
    late()
    assert disposal_protocol.conclude(run.pk, now=NOW).status == DisposalStatus.DONE
    assert words() == []


def test_without_the_sweeping_it_stays(board, case, late, monkeypatch):
    run = begun(board)
    carry_out(run)
    late()
    monkeypatch.setattr(disposal_protocol, "sweep_up", lambda run_id: 0)
    disposal_protocol.conclude(run.pk, now=NOW)
    assert words() == ["moderation_historicalcasecontent.text"]


def test_only_what_went_in_this_gallring_is_swept_up(board, case, owner):
    run = begun(board)
    other = old_case(case.account, text="Något annat")
    carry_out(run)
    disposing.sweep_up(run.pk)
    owner.execute("SELECT set_config('archive.disposal_sweep', %s, false)", [str(run.pk)])
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute("DELETE FROM moderation_historicalcasecontent WHERE case_id = %s", [other.pk])
    assert other.content.history.exists()
