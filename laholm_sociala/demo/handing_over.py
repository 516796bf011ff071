"""What the example people have sent to a registrator: some of it waits, and one has its number from another diarium.

Barn- och ungdomsnämnden diarieför in its existing diarium: what is handed to it goes there as a package, and the number
comes back. Kultur- och utvecklingsnämnden numbers in the portal.
"""

from datetime import datetime
from typing import Final

from accounts.models import User
from archive.enums import Direction
from archive.models import Handover
from archive.services.entries import Entry, Opening
from archive.services.registering import register_handover
from laholm_sociala.demo import past
from laholm_sociala.demo.people import example_id
from laholm_sociala.demo.queue import finder, later, log
from laholm_sociala.demo.queue_texts import ExamplePost
from moderation.enums import Lane, RecordChoice
from moderation.services import acting, answering
from moderation.services.settling import Settlement, settle

REGISTER: Final = Settlement(RecordChoice.REGISTER, "Det är ett klagomål som ska handläggas.")
# What may be secret is always registered: our proposal is followed.
MAY_BE_SECRET: Final = Settlement(RecordChoice.REGISTER)
ANSWER: Final = "Tack för att du hör av dig. Vi har lämnat det vidare och återkommer. Hälsningar, {}"

ON_ITS_WAY: Final = ExamplePost(
    "skolskjutsen",
    "osbeck-facebook",
    "studievagledare",
    2,
    "08.50",
    "Skolskjutsen från Knäred har inte kommit i tid en enda gång den här veckan. Min son får åka taxi till proven. Vem "
    "tar ansvar?",
    lane=Lane.QUESTION,
)
NUMBERED: Final = ExamplePost(
    "maten",
    "osbeck-instagram",
    "gymnasielarare",
    12,
    "10.15",
    "Skollunchen tog slut två dagar i rad, vi fick knäckebröd. Det här vill vi klaga på!",
    lane=Lane.QUESTION,
)
BOOK_BUS: Final = ExamplePost(
    "bokbussen",
    "biblioteket-facebook",
    "bibliotekarie",
    2,
    "11.25",
    "Bokbussen stannar inte längre i Hasslöv. Vi är många här som inte kan ta oss till Våxtorp. Ge oss den tillbaka!",
    lane=Lane.QUESTION,
)
NEIGHBOUR: Final = ExamplePost(
    "grannen",
    "biblioteket-facebook",
    "biblioteksassistent",
    1,
    "09.05",
    "Kvinnan på andra våningen har hemtjänst fyra gånger om dagen och de låser aldrig efter sig.",
    lane=Lane.SECRECY,
    may_be_secret=True,
    author="Besökare",
    place="Under inlägget om talböcker",
)


def hand_over_posts(now: datetime) -> None:
    """Answer or remove the posts, send them to each board's registrator, and let one get its number elsewhere."""
    for example, name in ((NUMBERED, "Osbecksgymnasiet"), (ON_ITS_WAY, "Osbecksgymnasiet"), (BOOK_BUS, "biblioteket")):
        _answer_and_hand_over(example, name, now)
    secret = log(NEIGHBOUR, now)
    by, at = finder(NEIGHBOUR), later(NEIGHBOUR, now)
    removed = acting.remove(secret.pk, version=secret.version, by=by, now=at)
    settle(secret.pk, MAY_BE_SECRET, version=removed.version, by=by, now=at)
    _number_elsewhere(now)


def _answer_and_hand_over(example: ExamplePost, name: str, now: datetime) -> None:
    case = log(example, now)
    by, at = finder(example), later(example, now)
    replied = answering.reply(case.pk, version=case.version, answer=ANSWER.format(name), by=by, now=at)
    settle(case.pk, REGISTER, version=replied.version, by=by, now=at)


def _number_elsewhere(now: datetime) -> None:
    """The registrator took the package to the board's diarium the day after, and typed the number that it got there."""
    handover = Handover.objects.get(board_id=example_id("board", "bun"), handed_over_at=later(NUMBERED, now))
    at = past.moment(now, NUMBERED.days_ago - 1, "09.30")
    subject = "Klagomål på skollunchen, Osbecksgymnasiet"
    register_handover(
        handover.pk,
        Entry(Direction.INCOMING, handover.received_on, subject, correspondent="Enskild"),
        matter_id=None,
        opening=Opening(subject, existing_designation=f"{at.year}-000187"),
        by=User.objects.get(pk=example_id("person", "bun-registrator")),
        now=at,
    )
