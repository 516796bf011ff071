"""Which state follows which, and what each lane allows, as plain tables. Status is assigned in `services/` alone."""

from collections.abc import Mapping
from typing import Final

from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, CaseStatus, Lane

S = CaseStatus
A = ActionKind

CASE: Final[Mapping[CaseStatus, frozenset[CaseStatus]]] = {
    S.NEW: frozenset({S.DECIDED}),
    S.DECIDED: frozenset({S.CLOSED, S.NEW}),
    S.CLOSED: frozenset({S.NEW}),
}

# What decides a post, lane by lane. Anything else that is done with it is written down and decides nothing.
DECIDES: Final[Mapping[Lane, frozenset[ActionKind]]] = {
    Lane.INAPPROPRIATE: frozenset({A.HIDDEN, A.REMOVED, A.GONE, A.LEFT}),
    Lane.CRIMINAL: frozenset({A.REMOVED, A.GONE}),
    Lane.SECRECY: frozenset({A.REMOVED, A.GONE}),
    Lane.QUESTION: frozenset({A.REPLIED, A.PASSED_ON, A.LEFT, A.REMOVED, A.GONE}),
    Lane.MESSAGE: frozenset({A.PASSED_ON, A.REPLIED}),
    Lane.OWN_POST: frozenset({A.REMOVED, A.GONE, A.LEFT}),
}

# What the act form offers, lane by lane. Hiding what only a removal closes is written down, and decides nothing.
OFFERED: Final[Mapping[Lane, tuple[ActionKind, ...]]] = {
    Lane.INAPPROPRIATE: (A.REMOVED, A.HIDDEN, A.LEFT, A.REPLIED, A.PASSED_ON, A.GONE),
    Lane.CRIMINAL: (A.REMOVED, A.HIDDEN, A.GONE),
    Lane.SECRECY: (A.REMOVED, A.HIDDEN, A.GONE),
    Lane.QUESTION: (A.REPLIED, A.PASSED_ON, A.LEFT, A.REMOVED, A.GONE),
    Lane.MESSAGE: (A.PASSED_ON, A.REPLIED),
    Lane.OWN_POST: (A.REMOVED, A.LEFT, A.GONE),
}

# What needs a kept copy first (R23).
NEEDS_COPY: Final = frozenset({A.HIDDEN, A.REMOVED})

WHY_NOT: Final[Mapping[CaseStatus, str]] = {
    S.NEW: "Inlägget är inte åtgärdat än.",
    S.DECIDED: "Inlägget är redan åtgärdat.",
    S.CLOSED: "Inlägget är redan klart.",
}


def require_case_step(old: str, new: CaseStatus) -> None:
    """Raise RefusedError, with a sentence on where the post stands, unless new may follow old."""
    old = CaseStatus(old)
    if new not in CASE[old]:
        raise RefusedError(WHY_NOT[old])


def decides(lane: str, kind: ActionKind) -> bool:
    """Tell whether the action decides a post in that lane."""
    return kind in DECIDES[Lane(lane)]
