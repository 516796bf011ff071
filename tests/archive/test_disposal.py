"""Gallring: only what stands in the list of one that is decided on goes, whole, and leaves no word behind (R18)."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import User
from archive.enums import DisposalStatus, ItemStatus
from archive.ledger import Ledger
from archive.models import DisposalItem, DisposalRun, Tombstone
from archive.services import disposal_choices, disposal_run, disposing
from archive.services.due import due
from archive.services.sweeping import sweep
from laholm_sociala.common.errors import RefusedError
from moderation.models import Action, Case, CaseContent, Evidence
from tests.archive.disposals import approved, begun, old_case, plan_for, prepared, submitted
from tests.archive.factories import archive_head_of, archivist_of, stopped
from tests.clock import NOW, TODAY
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.moderation.factories import library_account

pytestmark = pytest.mark.django_db
CANARY = "kanariefågel-91c2"


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.DISPOSAL_LEDGER = tmp_path / "ledger.jsonl"
    settings.SWEPT_FOLDERS = []
    return Ledger(settings.DISPOSAL_LEDGER)


@pytest.fixture
def board(cast):
    return cast.culture_board


@pytest.fixture
def case(cast, board):
    """A post that may go."""
    found = old_case(library_account(cast), text=f"Ord {CANARY}", author=CANARY, link=f"https://x.se/{CANARY}")
    plan_for(board)
    return found


def carry_out(run):
    return disposing.carry_out(run.pk, clock=lambda: NOW)


def item_of(run, record):
    return DisposalItem.objects.get(run=run, object_id=record.pk)


def lock_run(run):
    return DisposalRun.objects.get(pk=run.pk)


# The list


def test_lists_what_is_due_with_its_reason(board, case):
    run = prepared(board)
    counted = {one.record_type.code: one.due for one in due(board, TODAY).types if one.due}
    assert Counter(DisposalItem.objects.filter(run=run).values_list("record_type", flat=True)) == counted
    item = item_of(run, case)
    assert (item.record_type, item.status) == ("case_personal_attack", ItemStatus.WAITING)
    assert item.reason == "Gallras direkt efter att handlingen kom in eller upprättades. Räknat från 24 november 2026."


def test_what_is_stopped_is_not_listed(board, case):
    stopped(board, case)
    with pytest.raises(RefusedError, match="Inget har nått sin frist"):
        prepared(board)


def test_a_board_prepares_one_at_a_time(board, case):
    prepared(board)
    with pytest.raises(RefusedError, match="redan en gallring"):
        prepared(board)


def test_strangers_prepare_nothing(board, case):
    with pytest.raises(PermissionDenied):
        disposal_run.prepare(board, TODAY, by=UserFactory(), now=NOW)


def test_a_sent_list_stands_still(board, case):
    run = submitted(board)
    for change in (
        lambda: DisposalItem.objects.filter(run=run).delete(),
        lambda: DisposalItem.objects.filter(run=run).update(reason="Annat"),
        lambda: DisposalItem.objects.create(
            run=run, record_type="x", kind="x", object_id=run.pk, due_on=TODAY, reason="x"
        ),
    ):
        with pytest.raises(DatabaseError, match="skickad och ändras inte"), transaction.atomic():
            change()


def test_an_edit_takes_the_decision_away(board, case):
    run = approved(board)
    disposal_choices.keep(run.pk, [item_of(run, case).pk], reason="Visas i utställningen", by=run.prepared_by, now=NOW)
    again = lock_run(run)
    assert (again.status, again.approved_by, again.list_sha256) == (DisposalStatus.DRAFT, None, "")


def test_what_is_kept_says_why(board, case):
    run = prepared(board)
    with pytest.raises(RefusedError, match="varför"):
        disposal_choices.keep(run.pk, [item_of(run, case).pk], reason=" ", by=run.prepared_by, now=NOW)


# The decision


def test_nobody_decides_on_their_own_list(board, case):
    run = submitted(board)
    RoleAssignmentFactory(user=run.prepared_by, role_id="arkivansvarig", board=board)
    own = User.objects.get(pk=run.prepared_by_id)
    with pytest.raises(PermissionDenied):
        disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=own, now=NOW)


def test_postgresql_too_refuses_the_same_person(board, case):
    run = submitted(board)
    with pytest.raises(IntegrityError, match="disposal_approved_by_another"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE archive_disposalrun SET status = 'approved', approved_by_id = submitted_by_id,"
            " approved_at = now(), approval_expires_on = now() WHERE id = %s",
            [run.pk],
        )


def test_decides_on_the_list_that_was_read(board, case):
    run = submitted(board)
    with pytest.raises(RefusedError, match="Läs den igen"):
        disposal_run.approve(run.pk, seen_sha256="0" * 64, by=archive_head_of(board), now=NOW)


def test_those_who_prepare_do_not_decide(board, case):
    run = submitted(board)
    with pytest.raises(PermissionDenied):
        disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=archivist_of(board), now=NOW)


def test_a_decision_grows_old(board, case):
    run = approved(board)
    with pytest.raises(RefusedError, match="för gammalt"):
        disposal_run.begin(run.pk, now=NOW + timedelta(days=31))


def test_a_list_that_was_edited_after_the_decision_is_not_carried_out(board, case, monkeypatch):
    run = approved(board)
    # Only who can switch the guards off could: the fingerprint tells all the same.
    monkeypatch.setattr(disposal_run, "fingerprint", lambda run: "f" * 64)
    with pytest.raises(RefusedError, match="inte den som beslutades"):
        disposal_run.begin(run.pk, now=NOW)


# What PostgreSQL lets go


def test_nothing_goes_without_a_gallring(board, case):
    run = approved(board)
    item = item_of(run, case)
    with pytest.raises(DatabaseError, match="inte i listan"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT dispose_rows(%s)", [item.pk])


def test_saying_that_a_gallring_is_at_hand_is_not_enough(board, case, cast):
    run = begun(board)
    other = old_case(case.account)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('archive.disposal_item', %s, true)", [str(item_of(run, case).pk)])
    with pytest.raises(DatabaseError, match="kan inte tas bort"), transaction.atomic():
        Case.objects.filter(pk=other.pk)._raw_delete("default")


# Carrying out


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_is_left(board, case, ledger):
    assert {find.place for find in sweep(CANARY)} >= {
        "moderation_casecontent.text",
        "moderation_historicalcasecontent.author",
    }
    run = begun(board)
    assert carry_out(run)
    assert list(sweep(CANARY)) == []
    assert not Case.objects.filter(pk=case.pk).exists()
    for model in (CaseContent, Action, Evidence, Case.history.model, CaseContent.history.model):
        assert not model.objects.exists(), model
    tombstone = Tombstone.objects.get(object_id=case.pk)
    assert tombstone.counts["moderation_casecontent"] == 1
    assert tombstone.counts["moderation_historicalcase"] >= 3
    told = [line.content["object"] for line in ledger.lines() if line.kind == "tombstone"]
    assert str(case.pk) in told


def test_what_goes_with_it_is_settled_too(board, case):
    run = begun(board)
    carry_out(run)
    assert not DisposalItem.objects.filter(run=run, status=ItemStatus.WAITING).exists()
    assert set(DisposalItem.objects.filter(run=run).values_list("status", flat=True)) == {ItemStatus.DESTROYED}


def test_a_stop_that_is_placed_after_the_decision_holds(board, case):
    run = begun(board)
    stopped(board, case, name="Begäran om utlämnande")
    carry_out(run)
    item = item_of(run, case)
    assert (item.status, item.outcome) == (ItemStatus.WITHHELD, "Gallringsstopp: Begäran om utlämnande.")
    assert CaseContent.objects.get(case=case).text == f"Ord {CANARY}"


def test_what_was_chosen_to_be_kept_is_kept(board, case):
    run = prepared(board)
    kept = DisposalItem.objects.filter(run=run, kind="moderation.case")
    disposal_choices.keep(run.pk, [one.pk for one in kept], reason="Visas", by=run.prepared_by, now=NOW)
    run = disposal_run.submit(run.pk, by=run.prepared_by, now=NOW)
    disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=archive_head_of(board), now=NOW)
    carry_out(disposal_run.begin(run.pk, now=NOW))
    assert item_of(run, case).status == ItemStatus.KEPT
    assert Case.objects.filter(pk=case.pk).exists()


def test_settled_is_settled(board, case):
    run = begun(board)
    carry_out(run)
    before = list(Tombstone.objects.values_list("pk", flat=True))
    carry_out(run)
    assert list(Tombstone.objects.values_list("pk", flat=True)) == before


def test_stops_when_it_is_paused_and_goes_on_when_it_is_resumed(board, case):
    run = begun(board)
    disposal_run.pause(run.pk, by=run.prepared_by, now=NOW)
    assert not carry_out(run)
    assert Case.objects.filter(pk=case.pk).exists()
    disposal_run.resume(run.pk, by=run.prepared_by, now=NOW)
    assert carry_out(run)
    assert not Case.objects.filter(pk=case.pk).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["refusals", "list_files", "_remove", "_told", "_close"])
def test_killed_at_any_step_it_is_whole_or_finished(board, case, monkeypatch, step):
    run = begun(board)

    def die(*arguments, **named):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(disposing, step, die)
        with pytest.raises(SystemExit):
            carry_out(run)
    assert Case.objects.filter(pk=case.pk).exists()
    assert CaseContent.objects.get(case=case).text == f"Ord {CANARY}"
    assert not Tombstone.objects.exists()
    assert carry_out(run)
    assert list(sweep(CANARY)) == []


@pytest.mark.django_db(transaction=True)
def test_killed_after_the_commit_the_ledger_gets_its_lines(board, case, monkeypatch, ledger):
    run = begun(board)

    def die(*arguments, **named):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(disposing.ledger, "write_waiting", die)
        with pytest.raises(SystemExit):
            carry_out(run)
    assert Tombstone.objects.filter(object_id=case.pk).exists()
    assert carry_out(run)
    assert str(case.pk) in [line.content["object"] for line in ledger.lines()]
