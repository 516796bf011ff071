"""What may go is decided by the plan that governs when it goes, whatever day the list is as of (R17, R18)."""

from datetime import timedelta

import pytest

from archive.enums import ItemStatus, RuleAction, StartsFrom
from archive.retention import record_type
from archive.services import disposal_choices, disposal_protocol, disposal_run, disposing
from archive.services.diary import close_matter
from archive.services.disposal_list import LONGER_BEFORE
from archive.services.due import due_objects
from archive.services.retention_plan import Terms
from laholm_sociala.common.errors import RefusedError
from moderation.enums import RecordChoice
from moderation.models import Case
from moderation.services import acting
from moderation.services.settling import Settlement, settle
from tests.archive.disposals import AT_ONCE, RULES, decided, made_up, old_case, prepared, settled
from tests.archive.factories import SeriesFactory, archivist_of, decided_plan, document, registrar_of
from tests.clock import NOW, TODAY
from tests.moderation.factories import library_account, log_post, picture

pytestmark = pytest.mark.django_db
PRESERVE = dict.fromkeys(RULES, Terms(RuleAction.PRESERVE))
EARLIER = TODAY - timedelta(days=60)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def case(cast, settings, tmp_path):
    settings.DISPOSAL_LEDGER = tmp_path / "ledger.jsonl"
    found = old_case(library_account(cast), now=NOW - timedelta(days=20))
    decided_plan(cast.culture_board, valid_from=EARLIER, **RULES)
    return found


def test_a_day_under_the_plan_before_brings_nothing_back(cast, case):
    decided_plan(cast.culture_board, **PRESERVE)
    with pytest.raises(RefusedError, match="Inget har nått sin frist"):
        disposal_run.prepare(cast.culture_board, YESTERDAY, by=archivist_of(cast.culture_board), now=NOW)


def test_nor_when_the_list_is_made_anew(cast, case):
    run = prepared(cast.culture_board)
    decided_plan(cast.culture_board, **PRESERVE)
    with pytest.raises(RefusedError, match="Inget har nått sin frist"):
        disposal_choices.list_anew(run.pk, YESTERDAY, by=run.prepared_by, now=NOW)


def test_a_plan_that_comes_into_force_after_the_decision_holds(cast, case):
    run = decided(prepared(cast.culture_board))
    decided_plan(cast.culture_board, valid_from=TODAY + timedelta(days=3), **PRESERVE)
    later = NOW + timedelta(days=5)
    disposing.carry_out(disposal_run.begin(run.pk, now=later).pk, clock=lambda: later)
    item = run.items.get(object_id=case.pk)
    assert item.status == ItemStatus.WITHHELD
    assert item.outcome == "Nämndens plan säger inte längre att det får gallras."
    assert Case.objects.filter(pk=case.pk).exists()


def test_the_reason_tells_when_the_plan_before_had_the_longer_time(cast):
    """Logged twenty days ago and settled five later: by the old plan five days more than by the new."""
    account = library_account(cast)
    case = log_post(account, now=NOW - timedelta(days=20), pictures=[picture()])
    by, settled_at = account.assignments.order_by("duty").first().user, NOW - timedelta(days=15)
    acting.leave(case.pk, reason="Det är kritik mot kommunen.", version=None, by=by, now=settled_at)
    settle(case.pk, Settlement(RecordChoice.KEPT_IN_ORDER, "Hålls ordnat."), version=None, by=by, now=settled_at)
    from_the_end = Terms(RuleAction.AFTER_YEARS, 0, StartsFrom.CLOSED)
    decided_plan(cast.culture_board, valid_from=EARLIER, **{**RULES, "case_personal_attack": from_the_end})
    decided_plan(cast.culture_board, **RULES)
    items = prepared(cast.culture_board).items
    assert items.get(object_id=case.pk).reason.endswith(LONGER_BEFORE)
    assert not items.filter(record_type="evidence", reason__contains=LONGER_BEFORE).exists()


def test_the_protocol_stays_whatever_the_plan_says(cast, settings, tmp_path):
    settings.DISPOSAL_LEDGER = tmp_path / "ledger.jsonl"
    board = SeriesFactory(board=cast.culture_board).board
    registrar = registrar_of(board)
    protocol = disposal_protocol.conclude(settled(made_up(board)).pk, now=NOW).protocol
    other = document(board, by=registrar)
    for kept in (protocol, other):
        close_matter(kept.matter_id, by=registrar, now=NOW)
    decided_plan(board, document=AT_ONCE)
    assert list(due_objects(record_type("document"), board, TODAY)) == [other]
