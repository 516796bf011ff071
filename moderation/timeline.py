"""*Vad som hänt*: what was done with a post, in sentences, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from accounts.models import User
from accounts.models.people import SYSTEM_USER_ID
from moderation.enums import ActionKind
from moderation.models import Action

# What is said of what somebody wrote: to whom, or where.
_ABOUT: Final = {
    ActionKind.REMOVED: "Till den som skrev",
    ActionKind.PASSED_ON: "Till",
    ActionKind.REPORTED_TO_POLICE: "Nummer",
    ActionKind.REPORTED_TO_PLATFORM: "Hänvisning",
    ActionKind.INCIDENT_ASSESSED: "IMY:s nummer",
}
# What the portal wrote itself is no quotation.
_OWN_WORDS: Final = frozenset(
    {
        ActionKind.SETTLED,
        ActionKind.RECLASSIFIED,
        ActionKind.START_MOVED,
        ActionKind.DEADLINE_MOVED,
        ActionKind.LATE,
        ActionKind.TAKEN,
        ActionKind.LOGGED,
        ActionKind.REPORTED,
        ActionKind.INCIDENT_ASSESSED,
        ActionKind.BLOCKED,
    }
)


@dataclass(frozen=True)
class Entry:
    """One line, as the timeline shows it."""

    moment: datetime
    words: str
    changes: tuple[str, ...] = ()


def timeline(actions: Iterable[Action], reader: User) -> list[Entry]:
    """Say each action to the reader, who is *du*."""
    return [
        Entry(action.at, f"{_who(action, reader)} {action.get_kind_display()}.", _more(action)) for action in actions
    ]


def _who(action: Action, reader: User) -> str:
    if action.by_id == reader.pk:
        return "Du"
    if action.by_id == SYSTEM_USER_ID:
        return "Någon" if action.kind == ActionKind.REPORTED else "Portalen"
    return action.by.presented_as + ","


def _more(action: Action) -> tuple[str, ...]:
    kind = ActionKind(action.kind)
    about = f"{_ABOUT[kind]}: " if kind in _ABOUT else ""
    lines = [f"{about}{action.reference}"] if action.reference else []
    if action.text:
        quoted = action.text if kind in _OWN_WORDS else f"”{action.text}”"
        lines.append(f"{about}{quoted}" if about and not action.reference and kind == ActionKind.REMOVED else quoted)
    return tuple(lines)
