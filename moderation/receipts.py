"""What is said when a post has been logged: the sentence that matters, and no more to those who may not see it."""

from datetime import datetime
from typing import Final

from laholm_sociala.common.swedish import moment_in_words
from moderation.enums import Lane
from moderation.models import Case
from moderation.services.opening import NO_COPY

# The same words whether the post was there before, so that they tell nobody that it was.
TAKEN_CARE_OF: Final = "Det du skickade är sparat. De som får läsa det tar hand om det."
JOINED: Final = "Inlägget granskas redan. Det du skickade är sparat där."
DISCARDED: Final = "Bara länken, kontot och tiden är sparade. Texten och bilderna är borta."


def logged(case: Case, *, joined: bool, discarded: bool, seen: bool, now: datetime) -> str:
    """Return what the person who logged the post is told. `seen`: whether they may see the case."""
    if not seen:
        return TAKEN_CARE_OF
    said = [JOINED if joined else "Inlägget är loggat."]
    if case.copy_forbidden:
        said += [NO_COPY, *([DISCARDED] if discarded else [])]
    said.append("Ta bort nu." if case.lane == Lane.CRIMINAL else f"Senast {moment_in_words(case.due_at, now)}.")
    return " ".join(said)
