"""Gallringar in every state, each at a board of its own, for the pages that show them."""

from string import ascii_uppercase
from typing import Any

from accounts.models import User
from archive.enums import DisposalChoice
from archive.models import Assertion, DisposalRun, Document, Series
from archive.retention import record_type
from archive.services import disposal_advice, disposal_protocol, disposal_run
from archive.services.irrelevance import assert_irrelevant
from tests.archive.disposals import decided, made_up, sent, settled
from tests.archive.factories import SeriesFactory
from tests.browser.world.world import LONG_WORDS, World
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory

MORE_THAN_A_PAGE = 60


def make(world: World) -> dict[str, Any]:
    """Return them by state. The board's people of gallring work with each of the boards too."""
    states = {
        "run_draft": lambda run: run,
        "run_sent": sent,
        "run_decided": decided,
        "run_at_work": begun,
        "run_paused": lambda run: disposal_run.pause(begun(run).pk, by=world["archivist"], now=NOW),
        "run_without_protocol": settled,
        "run_done": lambda run: disposal_protocol.conclude(settled(run).pk, now=NOW),
    }
    return {
        **{name: reach(_draft(world)) for name, reach in states.items()},
        "assertion": _asserted(world["registered"], world["archivist"]),
    }


def begun(run: DisposalRun) -> DisposalRun:
    """Return the gallring as it is being carried out."""
    return disposal_run.begin(decided(run).pk, now=NOW)


def _asserted(registered: Document, by: User) -> Assertion:
    board = registered.matter.board
    assert_irrelevant(record_type("document"), board, [registered.pk], reason="Behövs inte", by=by, now=NOW)
    return Assertion.objects.get()


def _draft(world: World) -> DisposalRun:
    board = SeriesFactory(prefix=f"G{ascii_uppercase[Series.objects.count()]}-SM").board
    RoleAssignmentFactory(user=world["archivist"], role_id="arkivredogorare", board=board)
    RoleAssignmentFactory(user=world["archive_head"], role_id="arkivansvarig", board=board)
    run = made_up(board, MORE_THAN_A_PAGE)
    kept = run.items.values_list("pk", flat=True)[:2]
    run.items.filter(pk__in=list(kept)).update(choice=DisposalChoice.KEEP, choice_reason=LONG_WORDS)
    disposal_advice.advise(run.pk, LONG_WORDS, by=world["adviser"], now=NOW)
    return run
