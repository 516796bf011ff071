"""Reports from the public."""

from typing import Any

from moderation.reported import Answer, Wrong
from moderation.services.reporting import answer_report
from tests.browser.world.world import LONG_WORDS, World
from tests.clock import NOW
from tests.moderation.factories import picture
from tests.moderation.reporting import reported


def make(world: World) -> dict[str, Any]:
    """Report something that is no account of ours, with a picture, and answer another."""
    report = reported(wrong=Wrong.FAKE, text=LONG_WORDS, picture=picture(size=(600, 400)))
    by = world.cast.communicator
    answered = answer_report(reported(wrong=Wrong.FAKE).pk, Answer.FAKE_REPORTED, by=by, now=NOW)
    return {
        "report": report,
        "receipt": report.receipt,
        "answered_report": answered,
        "answered_receipt": answered.receipt,
    }
