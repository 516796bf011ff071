"""The board's plan of gallring, a new proposal, and a gallringsstopp."""

from typing import Any

from archive.enums import RuleAction, StartsFrom
from archive.services.retention_plan import Terms
from tests.archive.factories import archive_head_of, archivist_of, decided_plan, proposed_plan, stopped
from tests.browser.world.world import LONG_NAME, LONG_WORDS, World
from tests.factories import RoleAssignmentFactory


def make(world: World) -> dict[str, Any]:
    """Let the board have a decided plan, with supervision due at once, and what is asked about it."""
    board = world.cast.culture_board
    at_once = Terms(RuleAction.AFTER_YEARS, 0, StartsFrom.CREATED, motivation=LONG_WORDS)
    decided = decided_plan(board, restricted_view=at_once, document=Terms(RuleAction.WHEN_IRRELEVANT))
    return {
        "archivist": archivist_of(board),
        "archive_head": archive_head_of(board),
        "adviser": RoleAssignmentFactory(role_id="kommunarkivarie", board=None).user,
        "plan_decided": decided,
        "plan_proposed": proposed_plan(board),
        "stop": stopped(board, world["registered"], name=LONG_NAME, ground=LONG_WORDS),
    }
