"""Each guard of a gallring, and beside it the control: what happens where the guard is taken away (R17, R18)."""

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection

from accounts.models import User
from archive.enums import DisposalStatus, ItemStatus
from archive.models import DisposalItem, DisposalRun, Document
from archive.services import disposal_protocol, disposal_run, disposing
from archive.services.sweeping import sweep
from archive.tasks import carry_out_disposal, conclude_disposals
from laholm_sociala.common.errors import RefusedError
from moderation.models import Case, Evidence
from tests.archive.disposals import approved, begun, made_up, old_case, plan_for, prepared, settled, submitted
from tests.archive.factories import SeriesFactory, archive_head_of, archivist_of, stopped
from tests.clock import NOW
from tests.database import session
from tests.factories import RoleAssignmentFactory
from tests.moderation.factories import library_account
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "kanariefågel-5b0d"


@pytest.fixture(autouse=True)
def _ledger(settings, tmp_path):
    settings.DISPOSAL_LEDGER = tmp_path / "ledger.jsonl"
    settings.SWEPT_FOLDERS = []


@pytest.fixture
def board(cast):
    SeriesFactory(board=cast.culture_board)
    return cast.culture_board


@pytest.fixture
def case(cast, board):
    found = old_case(library_account(cast), text=f"Ord {CANARY}")
    plan_for(board)
    return found


def carry_out(run):
    return disposing.carry_out(run.pk, clock=lambda: NOW)


def is_there(case):
    return Case.objects.filter(pk=case.pk).exists()


def words():
    return [find.place for find in sweep(CANARY)]


# A hold between the decision and the carrying out


def test_a_stop_after_the_decision_holds(board, case):
    run = begun(board)
    stopped(board, case)
    carry_out(run)
    assert is_there(case)
    assert disposal_protocol.conclude(run.pk, now=NOW).status == DisposalStatus.PARTIAL


def test_without_asking_again_it_would_go(board, case, monkeypatch):
    run = begun(board)
    stopped(board, case)
    monkeypatch.setattr(disposing, "refusals", lambda run, kind, keys, *, now: {})
    carry_out(run)
    assert not is_there(case)


def test_a_stop_and_the_carrying_out_at_once(board, case, monkeypatch):
    """Whoever is first wins: it is either held or gone, and never gone under a stop that was placed before."""
    run = begun(board)
    meet_at(monkeypatch, disposing, "refusals")
    outcomes = race(lambda: carry_out(run), lambda: stopped(board, case))
    assert not losers(outcomes)
    item = DisposalItem.objects.get(run=run, object_id=case.pk)
    assert (item.status == ItemStatus.WITHHELD) == is_there(case)


# What is kept holds what it belongs to


def test_a_copy_that_is_kept_keeps_its_post(board, case):
    run = prepared(board)
    copy = Evidence.objects.get(case=case)
    kept = DisposalItem.objects.get(run=run, object_id=copy.pk)
    DisposalItem.objects.filter(pk=kept.pk).update(choice="keep", choice_reason="Visas i utställningen")
    run = disposal_run.submit(run.pk, by=run.prepared_by, now=NOW)
    disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=archive_head_of(board), now=NOW)
    carry_out(disposal_run.begin(run.pk, now=NOW))
    item = DisposalItem.objects.get(run=run, object_id=case.pk)
    assert (item.status, item.outcome) == (ItemStatus.WITHHELD, "Något som hör till det behålls.")
    assert Evidence.objects.filter(pk=copy.pk).exists()


# The same person


APPROVE = (
    "UPDATE archive_disposalrun SET status = 'approved', approved_by_id = submitted_by_id, approved_at = now(),"
    " approval_expires_on = now() WHERE id = %s"
)


def test_nobody_decides_on_their_own_list(board, case, owner):
    run = submitted(board)
    RoleAssignmentFactory(user=run.prepared_by, role_id="arkivansvarig", board=board)
    own = User.objects.get(pk=run.prepared_by_id)
    with pytest.raises(PermissionDenied):
        disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=own, now=NOW)
    with pytest.raises(psycopg.errors.CheckViolation, match="disposal_approved_by_another"):
        owner.execute(APPROVE, [run.pk])


def test_without_the_constraint_they_could(board, case, owner):
    run = submitted(board)
    owner.execute("ALTER TABLE archive_disposalrun DROP CONSTRAINT disposal_approved_by_another")
    owner.execute(APPROVE, [run.pk])
    assert DisposalRun.objects.get().approved_by_id == run.submitted_by_id


def own_list(board, run):
    """The one who prepared the list, who has become arkivansvarig as well."""
    RoleAssignmentFactory(user=run.prepared_by, role_id="arkivansvarig", board=board)
    return User.objects.get(pk=run.prepared_by_id)


def test_the_portal_refuses_by_itself_too(board, case, owner):
    """Where the database would let it through, the service does not."""
    run = submitted(board)
    owner.execute("ALTER TABLE archive_disposalrun DROP CONSTRAINT disposal_approved_by_another")
    with pytest.raises(PermissionDenied):
        disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=own_list(board, run), now=NOW)
    assert DisposalRun.objects.get().status == DisposalStatus.SUBMITTED


def test_nobody_decides_on_a_list_that_they_prepared_and_another_sent(board, case, owner):
    run = prepared(board)
    run = disposal_run.submit(run.pk, by=archivist_of(board), now=NOW)
    owner.execute("ALTER TABLE archive_disposalrun DROP CONSTRAINT disposal_approved_by_another")
    with pytest.raises(PermissionDenied):
        disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=own_list(board, run), now=NOW)


# A list that was edited after the decision


def edit(owner, run):
    """Write in the list as only the tables' owner can, with the guards off."""
    owner.execute("ALTER TABLE archive_disposalitem DISABLE TRIGGER USER")
    owner.execute("UPDATE archive_disposalitem SET object_id = gen_random_uuid() WHERE kind = 'moderation.evidence'")
    owner.execute("ALTER TABLE archive_disposalitem ENABLE TRIGGER USER")


def test_an_edited_list_is_not_carried_out(board, case, owner):
    run = approved(board)
    with pytest.raises(psycopg.errors.RestrictViolation, match="ändras inte"):
        owner.execute("UPDATE archive_disposalitem SET object_id = gen_random_uuid()")
    edit(owner, run)
    with pytest.raises(RefusedError, match="inte den som beslutades"):
        disposal_run.begin(run.pk, now=NOW)
    assert is_there(case)


def test_an_edited_list_is_not_gone_on_with(board, case, owner):
    run = begun(board)
    edit(owner, run)
    with pytest.raises(RefusedError, match="inte den som beslutades"):
        carry_out_disposal(str(run.pk))
    assert is_there(case)


def test_without_its_fingerprint_it_would_be(board, case, owner, monkeypatch):
    run = approved(board)
    edit(owner, run)
    owner.execute("ALTER TABLE archive_disposalrun DISABLE TRIGGER USER")
    monkeypatch.setattr(disposal_run, "require_unchanged", lambda run: None)
    carry_out_disposal(str(run.pk))
    assert not is_there(case)


# The protocol


def broken(*arguments, **named):
    raise RuntimeError("WeasyPrint")


def test_without_its_protocol_it_is_not_done_and_it_is_tried_again(board, case, monkeypatch):
    run = approved(board)
    with monkeypatch.context() as patch:
        patch.setattr(disposal_protocol, "render_pdf", broken)
        with pytest.raises(RuntimeError):
            carry_out_disposal(str(run.pk))
    assert not is_there(case)
    run = DisposalRun.objects.get()
    assert (run.status, run.protocol, run.finished_at) == (DisposalStatus.EXECUTING, None, None)
    conclude_disposals(0)
    run = DisposalRun.objects.get()
    assert run.status == DisposalStatus.DONE
    assert run.protocol == Document.objects.get()


def test_a_protocol_that_is_not_registered_is_none(board, case, monkeypatch):
    run = approved(board)
    monkeypatch.setattr(disposal_protocol, "register_own_document", broken)
    with pytest.raises(RuntimeError):
        carry_out_disposal(str(run.pk))
    assert DisposalRun.objects.get().status == DisposalStatus.EXECUTING
    assert not Document.objects.exists()


def test_a_protocol_that_fails_stops_no_other(cast, board, case, monkeypatch):
    """The other board's protocol is written all the same, and the worker tells of the one that failed."""
    other = SeriesFactory(board=cast.executive_board, prefix="KS-SM").board
    failing, whole = settled(made_up(board)), settled(made_up(other))
    assert DisposalRun.objects.carried_out().count() == 2
    conclude = disposal_protocol.conclude

    def conclude_all_but_one(run_id, *, now):
        return broken() if run_id == failing.pk else conclude(run_id, now=now)

    with monkeypatch.context() as patch:
        patch.setattr(disposal_protocol, "conclude", conclude_all_but_one)
        with pytest.raises(ExceptionGroup, match="kunde inte avslutas") as told:
            conclude_disposals(0)
    assert [str(error) for error in told.value.exceptions] == ["WeasyPrint"]
    states = dict(DisposalRun.objects.values_list("pk", "status"))
    assert states == {failing.pk: DisposalStatus.EXECUTING, whole.pk: DisposalStatus.DONE}
    conclude_disposals(0)
    assert DisposalRun.objects.get(pk=failing.pk).status == DisposalStatus.DONE


DONE = "UPDATE archive_disposalrun SET status = 'done', finished_at = now() WHERE id = %s"


def test_postgresql_too_wants_the_protocol(board, case, owner):
    run = begun(board)
    with pytest.raises(IntegrityError, match="disposal_done_has_its_protocol"), connection.cursor() as cursor:
        cursor.execute(DONE, [run.pk])
    owner.execute("ALTER TABLE archive_disposalrun DROP CONSTRAINT disposal_done_has_its_protocol")
    owner.execute(DONE, [run.pk])
    assert DisposalRun.objects.get().status == DisposalStatus.DONE


# A history row that is written while its object goes


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


# Two at the same door


def test_two_workers_on_one_gallring(board, case, monkeypatch):
    run = begun(board)
    meet_at(monkeypatch, disposing, "lock_what_holds", afterwards=False)
    outcomes = race(lambda: carry_out(run), lambda: carry_out(run))
    assert winners(outcomes) == [True, True]
    item = DisposalItem.objects.get(run=run, object_id=case.pk)
    assert (item.status, item.outcome) == (ItemStatus.DESTROYED, "")
    assert item.tombstone
    assert not is_there(case)
    assert disposal_protocol.conclude(run.pk, now=NOW).status == DisposalStatus.DONE


def test_without_the_lock_two_workers_would_settle_it_twice(board, case, owner, monkeypatch):
    """The control: where the database lets a settled line be written over too, the second says that it was gone."""
    run = begun(board)
    owner.execute("ALTER TABLE archive_disposalitem DISABLE TRIGGER USER")
    take_the_lock_away(monkeypatch)
    meet_at(monkeypatch, disposing, "_outcomes")
    race(lambda: carry_out(run), lambda: carry_out(run))
    assert DisposalItem.objects.get(run=run, object_id=case.pk).outcome == disposing.WITH_ITS_RECORD


def test_two_draw_up_one_protocol(board, case, monkeypatch):
    run = begun(board)
    carry_out(run)
    meet_at(monkeypatch, disposal_protocol, "require_settled")
    outcomes = race(*[lambda: disposal_protocol.conclude(run.pk, now=NOW)] * 2)
    assert not losers(outcomes)
    assert Document.objects.count() == 1


def test_without_the_lock_two_would_be_drawn_up(board, case, monkeypatch):
    """The control: both draw it up, and only the database stops the second from being registered."""
    run = begun(board)
    carry_out(run)
    take_the_lock_away(monkeypatch)
    meet_at(monkeypatch, disposal_protocol, "_register")
    outcomes = race(*[lambda: disposal_protocol.conclude(run.pk, now=NOW)] * 2)
    assert [type(error) for error in losers(outcomes)] == [IntegrityError]


def test_a_pause_waits_for_the_object_at_hand(board, case, monkeypatch):
    """Nothing goes after the pause is answered: what goes at that moment has gone, or it stays."""
    run = begun(board)
    seen = []

    def pause():
        disposal_run.pause(run.pk, by=run.prepared_by, now=NOW)
        seen.append(is_there(case))

    meet_at(monkeypatch, disposing, "lock_objects")
    outcomes = race(lambda: carry_out(run), pause)
    assert not losers(outcomes)
    assert is_there(case) == seen[0]
    assert DisposalRun.objects.get().status == DisposalStatus.PAUSED
    disposal_run.resume(run.pk, by=run.prepared_by, now=NOW)
    assert carry_out(run)
    assert not is_there(case)


def test_one_pauses_and_the_other_is_told(board, case, monkeypatch):
    run = begun(board)
    meet_at(monkeypatch, disposal_run, "lock_run", afterwards=True)
    outcomes = race(*[lambda: disposal_run.pause(run.pk, by=run.prepared_by, now=NOW)] * 2)
    assert len(winners(outcomes)) == 1
    assert isinstance(losers(outcomes)[0], RefusedError)
    assert DisposalRun.history.filter(history_change_reason="Gallringen pausades").count() == 1


def test_without_the_lock_both_would_pause(board, case, monkeypatch):
    run = begun(board)
    take_the_lock_away(monkeypatch)
    meet_at(monkeypatch, disposal_run, "lock_run", afterwards=True)
    outcomes = race(*[lambda: disposal_run.pause(run.pk, by=run.prepared_by, now=NOW)] * 2)
    assert len(winners(outcomes)) == 2


def test_one_resumes_and_the_other_is_told(board, case, monkeypatch):
    run = begun(board)
    disposal_run.pause(run.pk, by=run.prepared_by, now=NOW)
    meet_at(monkeypatch, disposal_run, "lock_run", afterwards=True)
    outcomes = race(*[lambda: disposal_run.resume(run.pk, by=run.prepared_by, now=NOW)] * 2)
    assert len(winners(outcomes)) == 1


def test_without_the_lock_both_would_resume(board, case, monkeypatch):
    run = begun(board)
    disposal_run.pause(run.pk, by=run.prepared_by, now=NOW)
    take_the_lock_away(monkeypatch)
    meet_at(monkeypatch, disposal_run, "lock_run", afterwards=True)
    outcomes = race(*[lambda: disposal_run.resume(run.pk, by=run.prepared_by, now=NOW)] * 2)
    assert len(winners(outcomes)) == 2


def test_a_reference_that_nobody_knows_of_keeps_one_and_not_the_rest(board, case, owner):
    """What the database refuses of one object stops none of those that share its transaction."""
    other = old_case(case.account, text="Något annat")
    owner.execute("CREATE TABLE points_at_it (case_id uuid REFERENCES moderation_case DEFERRABLE INITIALLY DEFERRED)")
    owner.execute("INSERT INTO points_at_it VALUES (%s)", [case.pk])
    run = begun(board)
    carry_out(run)
    assert is_there(case)
    assert not is_there(other)
    item = DisposalItem.objects.get(run=run, object_id=case.pk)
    assert (item.status, item.outcome) == (ItemStatus.WITHHELD, disposing.REFERRED_TO)
