"""The example municipality's diarium: a series for each board, and what the registrator has written in one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from accounts.models import Board, User
from archive.enums import DiaryKind, Direction
from archive.models import Series
from archive.services.diary import close_matter, open_matter, register_document
from archive.services.entries import Entry, Opening
from laholm_sociala.demo import past
from laholm_sociala.demo.organisation import BOARDS
from laholm_sociala.demo.people import example_id

HEALTH: Final = "Hälsa och sexualliv, OSL 21 kap. 1 §"
PERSECUTED: Final = "Förföljda personer, OSL 21 kap. 3 §"
USUAL: Final = {
    "kun": [HEALTH, PERSECUTED, "Lån på bibliotek, OSL 40 kap. 3 §"],
    "bun": [HEALTH, PERSECUTED, "Elevhälsa och elevvård, OSL 23 kap. 2 §"],
    "sn": [HEALTH, PERSECUTED, "Socialtjänst, OSL 26 kap. 1 §"],
}


# The boards that diarieför in a diarium of their own: the portal gives them no numbers.
ELSEWHERE: Final = {"bun"}


@dataclass(frozen=True)
class ExampleLetter:
    """A handling, so many working days ago. `closes`: its ärende was closed with it."""

    days_ago: int
    clock: str
    direction: Direction
    correspondent: str
    subject: str
    text: str
    public_correspondent: str = ""
    closes: bool = False


MATTERS: Final = {
    "Tillgänglighet på biblioteket i Våxtorp": (
        ExampleLetter(
            34,
            "09.20",
            Direction.INCOMING,
            "Enskild, via Facebook",
            "Synpunkt om trasig dörröppnare, biblioteket i Våxtorp",
            "Dörröppnaren på biblioteket i Våxtorp fungerar inte. Jag kommer inte in med min rullstol.",
            public_correspondent="Enskild",
        ),
        ExampleLetter(
            33,
            "14.05",
            Direction.OUTGOING,
            "Enskild, via Facebook",
            "Svar om dörröppnaren, biblioteket i Våxtorp",
            "Tack för att du sa till. Fastighetsservice har beställt en ny motor. Ring på klockan så länge.",
            public_correspondent="Enskild",
        ),
    ),
    "Fotografens namn på Teckningsmuseets sida": (
        ExampleLetter(
            21,
            "10.40",
            Direction.INCOMING,
            "Laholms fotoklubb",
            "Fråga om bild på Teckningsmuseets sida",
            "Bilden av Lagan i ert inlägg är tagen av en av våra medlemmar. Vi vill att fotografens namn står där.",
        ),
        ExampleLetter(
            20,
            "11.15",
            Direction.DRAWN_UP,
            "",
            "Anteckning om rättad bildtext, Teckningsmuseet",
            "Museipedagogen har skrivit fotografens namn under bilden.",
            closes=True,
        ),
    ),
}


def keep_diary(now: datetime) -> None:
    """Say how each board diarieför, and give the culture board its first handlingar."""
    system, long_ago = User.objects.system(), past.moment(now, 500, "09.00")
    for board in BOARDS:
        series = Series(
            id=example_id("series", board.key),
            board_id=example_id("board", board.key),
            kind=DiaryKind.EXISTING if board.key in ELSEWHERE else DiaryKind.PORTAL,
            prefix=None if board.key in ELSEWHERE else f"{board.key.upper()}-SM",
            usual_provisions=USUAL.get(board.key, []),
        )
        series.record(by=system, now=long_ago, reason="Nämndens diarieserie lades upp")
    registrar = User.objects.get(pk=example_id("person", "registrator"))
    for subject, letters in MATTERS.items():
        _write(subject, letters, registrar, now)


def _write(subject: str, letters: Sequence[ExampleLetter], registrar: User, now: datetime) -> None:
    board = Board.objects.get(pk=example_id("board", "kun"))
    first = past.moment(now, letters[0].days_ago, letters[0].clock)
    matter = open_matter(board, Opening(subject), by=registrar, now=first)
    for letter in letters:
        at = past.moment(now, letter.days_ago, letter.clock)
        register_document(matter.pk, _entry(letter, at), by=registrar, now=at)
        if letter.closes:
            close_matter(matter.pk, by=registrar, now=at)


def _entry(letter: ExampleLetter, at: datetime) -> Entry:
    return Entry(
        direction=letter.direction,
        dated_on=at.date(),
        subject=letter.subject,
        correspondent=letter.correspondent,
        public_correspondent=letter.public_correspondent,
        text=letter.text,
    )
