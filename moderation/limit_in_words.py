"""The sentence that matters on a post's page: by when, and by what rule (R08, R12, R14, R15). Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from accounts.services.terms import ExplainedDay, Terms
from laholm_sociala.common.swedish import moment_in_words
from moderation.enums import CaseStatus, Lane

if TYPE_CHECKING:
    from moderation.models import Case


@dataclass(frozen=True)
class Limit:
    """`mark` is said loudest, `rule` after it; `days` is *Så räknade vi*, empty where there is nothing to count."""

    mark: str
    rule: str = ""
    days: tuple[ExplainedDay, ...] = ()


def limit_of(case: "Case", terms: Terms, now: datetime) -> Limit:
    """Return the sentence for a post, by the terms that it is measured by."""
    if case.status != CaseStatus.NEW:
        return Limit("")
    when = moment_in_words(case.due_at, now)
    match case.lane:
        case Lane.CRIMINAL:
            return Limit("Ta bort nu.", "Lagen kräver det när det är uppenbart. Att dölja räcker inte.")
        case Lane.OWN_POST:
            return Limit(f"Bedöm senast {when}.", "72 timmar från upptäckten: helger räknas också.")
        case Lane.QUESTION | Lane.MESSAGE:
            verb = "Svara" if case.lane == Lane.QUESTION else "Skicka vidare"
            return Limit(_late(case, now) or f"{verb} senast {when}.", "Så snart som möjligt.")
        case _:
            days = tuple(terms.explain(case.counted_from, case.due_at))
            return Limit(_late(case, now) or f"Senast {when}.", f"{terms.sentence}.", days)


def _late(case: "Case", now: datetime) -> str:
    if case.found_late and case.handle_by > now:
        return f"Upptäckt för sent. Åtgärda senast {moment_in_words(case.handle_by, now)}."
    return f"För sent sedan {moment_in_words(case.due_at, now)}." if case.handle_by <= now else ""
