"""The diarium: a handling that may be secret, what was sent on, and what somebody asks to read."""

from typing import Any

from archive.services.entries import File
from archive.services.forwarding import receipt_path
from tests.archive.factories import SeriesFactory, asked_for, document, forwarded, registrar_of
from tests.archive.request_factories import gathered
from tests.browser.world.world import LONG_NAME, LONG_WORDS, World


def make(world: World) -> dict[str, Any]:
    """Register a handling with a file, send it on, and gather it for somebody who asks."""
    board = world.cast.culture_board
    registrar = registrar_of(SeriesFactory(board=board).board)
    registered = document(
        board,
        by=registrar,
        provisions=["Hälsa och sexualliv, OSL 21 kap. 1 §"],
        text=LONG_WORDS,
        details={"Länk": "https://www.facebook.com/laholmsbibliotek/posts/1", "Skrivet av": LONG_NAME},
        files=[File("skarmbild.png", "image/png", b"PNG")],
    )
    sent_on = forwarded(registered, by=registrar)
    asked = asked_for(board, by=registrar, asked=LONG_WORDS, contact="fraga@example.se")
    request = gathered(asked, matter=registered.matter, by=registrar)
    return {
        "registrar": registrar,
        "registered": registered,
        "registered_matter": registered.matter,
        "mark": registered.marks.get(),
        "forwarded": sent_on,
        "receipt_token": receipt_path(sent_on).split("/")[-2],
        "records_request": request,
        "records_request_item": request.items.get(),  # not judged
    }
