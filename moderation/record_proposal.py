"""Ska det diarieföras? What may be answered of a post, and what we propose (R15, R21; OSL ch. 5 § 1). Pure."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from moderation.enums import Lane, RecordChoice

if TYPE_CHECKING:
    from moderation.models import Case


@dataclass(frozen=True)
class Proposal:
    """What we propose, and why in a sentence that is kept when it is followed."""

    choice: RecordChoice
    reason: str


_SECRET: Final = Proposal(RecordChoice.REGISTER, "Det kan vara sekretess, och då ska det alltid diarieföras.")
_BY_LANE: Final = {
    Lane.INAPPROPRIATE: Proposal(
        RecordChoice.KEPT_IN_ORDER, "Det är inget ärende, och inget i det kan vara sekretess."
    ),
    Lane.CRIMINAL: Proposal(RecordChoice.REGISTER, "Det som är brottsligt kan bli ett ärende."),
    Lane.SECRECY: _SECRET,
    Lane.QUESTION: Proposal(RecordChoice.KEPT_IN_ORDER, "Frågan och svaret hålls ordnade här, i tidsföljd."),
    Lane.MESSAGE: Proposal(RecordChoice.REGISTER, "Det hör till ett ärende, eller kan bli ett."),
    Lane.OWN_POST: Proposal(RecordChoice.REGISTER, "En personuppgiftsincident ska dokumenteras."),
}


def proposal(case: "Case") -> Proposal:
    """Return what we propose for the post."""
    return _SECRET if case.is_restricted else _BY_LANE[Lane(case.lane)]


def choices(case: "Case") -> list[RecordChoice]:
    """Return what may be chosen, the proposed first. Of what may be secret: only the diarium."""
    if case.is_restricted:
        return [RecordChoice.REGISTER]
    proposed = proposal(case).choice
    return [proposed, *(choice for choice in RecordChoice if choice != proposed)]
