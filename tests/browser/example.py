"""The example municipality of the demo, for the pictures of the handbook: real words, and something in every page."""

from typing import Any

from django.test import override_settings

from accounts.enums import ApplicationStatus
from accounts.models import Account, Application, Board, User
from accounts.services import imports
from accounts.services.closing import request_closing
from archive.enums import TransferStatus
from archive.models import Document, RecordsRequest, RecordsRequestItem, Transfer
from laholm_sociala.demo import municipality, snapshots, transfers
from laholm_sociala.demo.account_texts import IN_USE
from laholm_sociala.demo.people import PEOPLE, example_id
from moderation.models import Case
from tests.browser.visitors import Visitors
from tests.browser.world.world import World
from tests.clock import NOW

WHY_CLOSED = "Sommarkampanjen är slut. Turismen samlar allt på kommunens eget konto."
# Two rows as they should be, and two that people write.
FILE = """Konto;Webbadress;Verksamhet
Laholms hembygdsmuseum;https://www.facebook.com/laholmshembygdsmuseum;Teckningsmuseet
Laholms simhall;https://www.instagram.com/laholmssimhall;Fritid
Sagostunder;https://www.facebook.com/laholmssagostunder;Bibloteket
Skolmaten i Laholm;laholm.se/skolmaten;Osbecksgymnasiet
"""


def make_example(visitors: Visitors) -> World:
    """Fill the database as the demo does, and name what the pictures show."""
    with override_settings(DEMO=True):  # its managers decide without a second step
        municipality.fill(NOW)
        snapshots.keep_pages(NOW)
        board = Board.objects.get(pk=example_id("board", "kun"))
        transfers.deliver_what_is_old(board, NOW)
        transfers.prepare_what_came_after(board, NOW)
    people = {example.key: User.objects.presented().get(pk=example.pk) for example in PEOPLE}
    visitors.give_second_step(people["enhetschef"])
    accounts = {
        example.key: Account.objects.get(name=example.name, platform__code=example.platform) for example in IN_USE
    }
    request_closing(accounts["sommar-instagram"].pk, reason=WHY_CLOSED, by=people["turistvard"], now=NOW)
    made = imports.upload(file_name="Våra konton.csv", content=FILE.encode(), by=people["kommunikator"], now=NOW)
    imports.check(made.pk, now=NOW)
    return World(None, {**people, **accounts, **records(), "to_mend": made})


def records() -> dict[str, Any]:
    """Return the one record of each kind that a picture is taken of."""
    asked = RecordsRequest.objects.get()
    return {
        "to_decide": Application.objects.get(status=ApplicationStatus.SUBMITTED),
        "to_register": Application.objects.get(status=ApplicationStatus.APPROVED),
        "attack": Case.objects.get(content__text__startswith="Jaha, nu stänger"),
        "over_a_weekend": Case.objects.get(content__text__startswith="Filmen när han blir slagen"),
        "letter": Document.objects.earliest("registered_at"),
        "asked": asked,
        "asked_for": RecordsRequestItem.objects.filter(request=asked).earliest("pk"),
        "leverans": Transfer.objects.get(status=TransferStatus.DRAFT),
        "culture": Board.objects.get(pk=example_id("board", "kun")),
    }
