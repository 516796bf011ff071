"""Requests for public documents in the example municipality: one to answer, with its documents gathered."""

from datetime import datetime
from typing import Final

from accounts.models import Board, User
from archive.enums import RequestMethod, RequestScope
from archive.models import Matter
from archive.services.records_requests import Scope, gather_request, log_request
from laholm_sociala.demo import past
from laholm_sociala.demo.people import example_id

ASKED: Final = "Allt som har kommit in om dörröppnaren på biblioteket i Våxtorp, och vad ni har svarat."
ABOUT: Final = "Tillgänglighet på biblioteket i Våxtorp"


def ask_for_records(now: datetime) -> None:
    """Let somebody ask on the telephone yesterday, and the registrator gather it this morning."""
    board = Board.objects.get(pk=example_id("board", "kun"))
    registrar = User.objects.get(pk=example_id("person", "registrator"))
    asked_at, gathered_at = past.moment(now, 1, "15.20"), past.moment(now, 0, "08.10")
    asked = log_request(
        board, asked=ASKED, received_on=asked_at.date(), method=RequestMethod.PHONE, by=registrar, now=asked_at
    )
    matter = Matter.objects.get(board=board, subject=ABOUT)
    gather_request(asked.pk, Scope(RequestScope.MATTER, matter=matter), by=registrar, now=gathered_at)
