"""A gallring is done when its protocol is registered, once; beside it the control (R18)."""

import pytest
from django.db import IntegrityError, connection

from archive.enums import DisposalStatus
from archive.models import DisposalRun, Document
from archive.services import disposal_protocol
from archive.tasks import carry_out_disposal, conclude_disposals
from tests.archive.disposals import approved, begun, carry_out, is_there, made_up, settled
from tests.archive.factories import SeriesFactory
from tests.clock import NOW
from tests.race import losers, meet_at, race, take_the_lock_away

pytestmark = pytest.mark.django_db(transaction=True)


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
