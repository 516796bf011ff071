"""A post as one line of a list: in the queue, under Att göra, among what several share. Pure (R12, R15)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from laholm_sociala.common.swedish import moment_in_words
from moderation.enums import CaseStatus, Lane, Source
from moderation.urgency import Urgency, urgency

if TYPE_CHECKING:
    from accounts.models import User
    from moderation.models import Case

SHOWN_OF_TEXT: Final = 60
# What is quoted in a list. A threat or an attack is read where it is acted on, not in passing.
QUOTED: Final = (Lane.QUESTION, Lane.MESSAGE)
WITHHELD: Final = "Texten visas bara när du öppnar den, och det antecknas."


@dataclass(frozen=True)
class Row:
    """One line: a heading, why it is in a hurry, and who is on it."""

    case: "Case"
    urgency: Urgency
    heading: str
    meta: str
    is_mine: bool

    @property
    def about(self) -> str:
        """What is read out after "Jag tar den"."""
        return self.heading if self.heading.startswith("”") else f"{self.heading[:1].lower()}{self.heading[1:]}"


def row(case: "Case", user: "User | None", now: datetime) -> Row:
    """Return the line as the person sees it, or anyone. Of what may be secret it tells the account and the time."""
    is_mine = user is not None and case.taken_by_id == user.pk
    meta = " ".join(filter(None, [_where(case), _came_in(case, now), _who(case, is_mine=is_mine)]))
    return Row(case, urgency(case, now), _heading(case), meta, is_mine)


def excerpt(text: str) -> str:
    """Return the beginning of a text in quotation marks, on one line and cut between words."""
    words = " ".join(text.split())
    if len(words) > SHOWN_OF_TEXT:
        whole = words[:SHOWN_OF_TEXT].rpartition(" ")[0] or words[:SHOWN_OF_TEXT]
        words = f"{whole} …"
    return f"”{words}”" if words else ""


def _heading(case: "Case") -> str:
    if case.is_restricted:
        return f"Inlägg på {case.account.name}"
    return (excerpt(_text(case)) if case.lane in QUOTED else "") or case.subject


def _where(case: "Case") -> str:
    if case.is_restricted:
        return WITHHELD
    # Spam is told by its first words; who looks for it must not open each one.
    quoted = excerpt(_text(case)) if case.category == "advertising" else ""
    return f"{case.account.name}, {case.account.platform.name}. {quoted}".strip()


def _text(case: "Case") -> str:
    content = getattr(case, "content", None)
    return content.text if content else ""


def _came_in(case: "Case", now: datetime) -> str:
    if case.is_restricted or case.source != Source.PUBLIC or not case.reported_at:
        return ""
    return f"Rapporterat {moment_in_words(case.reported_at, now)}."


def _who(case: "Case", *, is_mine: bool) -> str:
    if case.taken_by is None or case.status == CaseStatus.CLOSED:
        return ""
    return "Du har den." if is_mine else f"{case.taken_by.short_name} har den."
