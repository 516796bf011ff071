"""How much a post is in a hurry, as a person would say it. Pure: the clock is an argument (R08, R12, R14, R15)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from laholm_sociala.common.swedish import STOCKHOLM, moment_in_words
from moderation.enums import CaseStatus, Lane

if TYPE_CHECKING:
    from moderation.models import Case


@dataclass(frozen=True)
class Urgency:
    """What stands over a post. `kind` and `flag` colour it; the words and the icon say the same."""

    words: str
    icon: str
    kind: str = ""
    flag: bool = False


def urgency(case: "Case", now: datetime) -> Urgency:
    """Return the sentence of a post: "Senast tisdag 1 december kl. 15.00", "Ta bort nu", "Fråga, svara helst i dag".

    Of what may be secret it says that, and when; never more.
    """
    if case.status == CaseStatus.CLOSED and case.closed_at:
        return Urgency(f"Klart {moment_in_words(case.closed_at, now)}", "circle-check", "ok")
    if case.status == CaseStatus.DECIDED and case.decided_at:
        return Urgency(f"Åtgärdat {moment_in_words(case.decided_at, now)}, återstår att avsluta", "clipboard-check")
    if case.is_restricted:
        hurry = _hurry(case, now, "")
        return Urgency(f"Kan vara sekretess. {hurry.words}", "lock", hurry.kind, hurry.flag)
    return _hurry(case, now, _WHAT.get(Lane(case.lane), ""))


# What a post is where it is not simply inappropriate: said first, and what is wanted of us.
_WHAT: Final = {Lane.QUESTION: "Fråga", Lane.MESSAGE: "Meddelande", Lane.OWN_POST: "Vårt eget inlägg"}
_WANTED: Final = {Lane.QUESTION: "svara helst", Lane.MESSAGE: "skicka helst vidare", Lane.OWN_POST: "bedöm"}
_ICONS: Final = {Lane.QUESTION: "message-circle", Lane.MESSAGE: "mail", Lane.OWN_POST: "megaphone"}


def _hurry(case: "Case", now: datetime, what: str) -> Urgency:
    is_late = case.handle_by <= now
    since = f"för sent sedan {moment_in_words(case.handle_by, now)}"
    if case.lane == Lane.CRIMINAL:
        return Urgency(f"Ta bort nu, {since}" if is_late else "Ta bort nu", "octagon-alert", "late", flag=True)
    if is_late:
        return Urgency(_sentence(what, since), "triangle-alert", "late", flag=True)
    if case.found_late:
        by = moment_in_words(case.handle_by, now)
        return Urgency(f"Upptäckt för sent. Åtgärda senast {by}", "triangle-alert", "soon", flag=True)
    if what:
        lane = Lane(case.lane)
        return Urgency(_sentence(what, f"{_WANTED[lane]} {_by(case.due_at, now)}"), _ICONS[lane])
    return Urgency(f"Senast {moment_in_words(case.due_at, now)}", "clock")


def _sentence(what: str, rest: str) -> str:
    return f"{what}, {rest}" if what else f"{rest[0].upper()}{rest[1:]}"


def _by(moment: datetime, now: datetime) -> str:
    """Say the day alone where it is near: an answer has no clock."""
    day, today = moment.astimezone(STOCKHOLM).date(), now.astimezone(STOCKHOLM).date()
    match (day - today) // timedelta(days=1):
        case 0:
            return "i dag"
        case 1:
            return "i morgon"
        case _:
            return f"senast {moment_in_words(moment, now)}"
