"""How long we have with a post, lane by lane (R08, R12, R14). Pure: the terms and the moments are arguments."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from moderation.enums import Lane

if TYPE_CHECKING:
    from accounts.services.terms import Terms
    from moderation.models import Case

# GDPR art. 33: counted in ordinary hours, weekends and holidays too.
INCIDENT: Final = timedelta(hours=72)


@dataclass(frozen=True)
class Deadlines:
    """The moments that a post is measured by. All are aware."""

    due_at: datetime
    handle_by: datetime
    look_by: datetime
    warn_at: datetime
    found_late: bool


def start_of(*, published_at: datetime | None, reported_at: datetime | None, discovered_at: datetime) -> datetime:
    """Return when the limit begins: at publication when known, else when we first could know (R12)."""
    known = min(reported_at, discovered_at) if reported_at else discovered_at
    return min(published_at, known) if published_at else known


def deadlines(case: "Case", terms: "Terms") -> Deadlines:
    """Return the moments of a post whose `starts_at` and `discovered_at` are set, by the terms."""
    known = case.known_at
    due_at, handle_by = _limits(case, known, terms)
    return Deadlines(
        due_at=due_at,
        handle_by=max(due_at, handle_by),
        look_by=terms.look_by(known),
        warn_at=min(terms.warn_at(due_at), due_at),
        found_late=case.lane in _BY_GUIDELINE and due_at <= known,
    )


_BY_GUIDELINE: Final = (Lane.INAPPROPRIATE, Lane.SECRECY)


def _limits(case: "Case", known: datetime, terms: "Terms") -> tuple[datetime, datetime]:
    """Return the limit from where the case starts, and the one from when we knew of it."""
    match case.lane:
        case Lane.CRIMINAL:
            return known, terms.look_by(known)
        case Lane.OWN_POST:
            return known + INCIDENT, known + INCIDENT
        case Lane.QUESTION | Lane.MESSAGE:
            return terms.answer_by(known), terms.answer_by(known)
        case _:
            return terms.due(case.counted_from), terms.due(known)
