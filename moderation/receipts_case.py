"""What is said when something has been done with a post: what happened, and what comes next."""

from typing import Final

from moderation.enums import ActionKind, CaseStatus, Lane, RecordChoice
from moderation.models import Case

_SAID: Final = {
    ActionKind.REMOVED: "Det är antecknat att du tog bort inlägget.",
    ActionKind.HIDDEN: "Det är antecknat att du dolde inlägget.",
    ActionKind.GONE: "Det är antecknat att inlägget redan var borta.",
    ActionKind.LEFT: "Det är antecknat att inlägget får stå kvar.",
    ActionKind.REPLIED: "Svaret är antecknat.",
    ActionKind.PASSED_ON: "Inlägget är skickat vidare.",
}
_KEPT: Final = {
    RecordChoice.REGISTER: "Det är skickat till registratorn, och inlägget är klart.",
    RecordChoice.KEPT_IN_ORDER: "Det hålls ordnat här, och inlägget är klart.",
    RecordChoice.TRIVIAL: "Inlägget är klart.",
}


def done(case: Case, kind: ActionKind) -> str:
    """Return what is said when the act form was sent."""
    match case.status:
        case CaseStatus.CLOSED:
            rest = _KEPT[RecordChoice(case.record_choice)]
        case CaseStatus.DECIDED if case.lane == Lane.OWN_POST:
            rest = "Bedöm nu om incidenten ska anmälas till IMY."
        case CaseStatus.DECIDED:
            rest = "Nu återstår att säga om det ska diarieföras."
        case _:
            rest = (
                "Det måste också tas bort."
                if kind == ActionKind.HIDDEN
                else "Inlägget väntar fortfarande på granskning."
            )
    return f"{_SAID[kind]} {rest}"


def settled(case: Case) -> str:
    """Return what is said when a decided post was closed."""
    return _KEPT[RecordChoice(case.record_choice)]
