"""Accounts that every filter of the register finds, as many however many others there are.

A search must leave a full page at both sizes, or its growth would be that of the page. At random, eight filters at once
leave two accounts of two hundred: those found are therefore made apart, and of the others as many fewer.
"""

from collections.abc import Iterator
from typing import Final

from accounts.addresses import read_address
from accounts.enums import AccountStatus, Duty, LegalGround, Use
from accounts.models import Account, Assignment, Platform, Unit, User
from laholm_sociala.common.history import copy_with_history
from laholm_sociala.seed import words
from laholm_sociala.seed.accounts import PEOPLE_PER_UNIT, REASON
from laholm_sociala.seed.source import NOW, Source

NUMBER: Final = 60
# The first school of the first board; it is there in every volume.
UNIT: Final = 16
PLATFORM: Final = "facebook"


def make(source: Source) -> None:
    """Add them, once the seed has made the school and its people, in a transaction."""
    accounts = list(_accounts(source))
    for rows in (accounts, list(_assignments(source, accounts))):
        copy_with_history(rows, by=User.objects.system(), now=NOW, reason=REASON)


def _accounts(source: Source) -> Iterator[Account]:
    unit, platform = Unit.objects.get(pk=source.key("unit", UNIT)), Platform.objects.get(code=PLATFORM)
    for number in range(NUMBER):
        address = read_address(f"@skola{number}", platform.address_rule)
        yield Account(
            id=source.key("school account", number),
            platform=platform,
            name=f"{unit.name}, klass {number}",
            handle=address.handle,
            web_address=address.url,
            canonical_key=address.key,
            unit=unit,
            board_id=unit.board_id,
            status=AccountStatus.ACTIVE,
            summary=source.turn(words.SUMMARIES, number),
            purpose=source.turn(words.PURPOSES, number),
            audience=source.turn(words.AUDIENCES, number),
            topics=source.turn(words.TOPICS, number),
            uses=[Use.AUDIENCES],
            legal_ground=LegalGround.PUBLIC_INTEREST,
            registered_at=NOW,
            in_use_since=NOW.date(),
        )


def _assignments(source: Source, accounts: list[Account]) -> Iterator[Assignment]:
    for number, account in enumerate(accounts):
        for offset, duty in enumerate(Duty):
            person = UNIT * PEOPLE_PER_UNIT + (number + offset) % PEOPLE_PER_UNIT
            yield Assignment(
                id=source.key(f"school assignment {duty}", number),
                account=account,
                user_id=source.key("person", person),
                duty=duty,
                from_date=NOW.date(),
            )
