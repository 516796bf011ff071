"""Accounts in volume, with the boards, units, people and assignments that they need."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from accounts.addresses import read_address
from accounts.enums import AccountStatus, Duty, LegalGround, Use
from accounts.models import Account, Assignment, Board, Platform, Unit, User
from laholm_sociala.common.history import TrackedModel, copy_with_history
from laholm_sociala.seed import words
from laholm_sociala.seed.source import NOW, Source

ACCOUNTS_PER_UNIT = 8
PEOPLE_PER_UNIT = 5
MOST_UNITS = 1_500
REASON = "Påhittad volym för demo och mätning"
FIRST_DAY = date(2018, 1, 8)
DAYS = 2_900
# Out of a hundred accounts: most are in use.
STATUSES = (
    *[AccountStatus.ACTIVE] * 86,
    *[AccountStatus.PLANNED] * 4,
    *[AccountStatus.CLOSING] * 3,
    *[AccountStatus.CLOSED] * 7,
)


def count(source: Source) -> int:
    """Return how many accounts the seed has made."""
    return Account.objects.filter(board__in=_board_keys(source)).count()


def make(source: Source, number: int) -> None:
    """Add that many accounts. To be called once for each seed, in a transaction."""
    boards = list(_boards(source))
    units = list(_units(source, boards, min(MOST_UNITS, max(len(boards), number // ACCOUNTS_PER_UNIT))))
    people = list(_people(source, units))
    _copy(boards)
    _copy(units)
    _copy(people)
    accounts = list(_accounts(source, units, number))
    _copy(accounts)
    _copy(list(_assignments(source, accounts, units, people)))


def _copy(rows: Sequence[TrackedModel]) -> None:
    copy_with_history(rows, by=User.objects.system(), now=NOW, reason=REASON)


def _board_keys(source: Source) -> list[Any]:
    return [source.key("board", number) for number in range(len(words.BOARDS))]


def _boards(source: Source) -> Iterator[Board]:
    for number, (name, public_name) in enumerate(words.BOARDS):
        yield Board(
            id=source.key("board", number),
            name=f"{name}, prov {source.seed}",
            public_name=public_name,
            order=1_000 + number * 10,
        )


def _units(source: Source, boards: Sequence[Board], number: int) -> Iterator[Unit]:
    """Yield a förvaltning for each board, and verksamheter below them in turn."""
    for index in range(number):
        board = source.turn(boards, index)
        is_top = index < len(boards)
        place = f"{source.turn(words.ACTIVITIES, index)} {source.turn(words.PLACES, index // 3)}"
        yield Unit(
            id=source.key("unit", index),
            name=f"{board.public_name}, förvaltningen" if is_top else f"{place} {index}",
            board=board,
            parent_id=None if is_top else source.key("unit", index % len(boards)),
            email=f"verksamhet{index}.prov{source.seed}@laholm.example",
            # The first of a unit's people leads it; the key is known before the person is made.
            manager_id=source.key("person", index * PEOPLE_PER_UNIT),
        )


def _people(source: Source, units: Sequence[Unit]) -> Iterator[User]:
    for index in range(len(units) * PEOPLE_PER_UNIT):
        is_manager = index % PEOPLE_PER_UNIT == 0
        title = words.TITLES[0] if is_manager else source.turn(words.TITLES[1:], index)
        yield User(
            id=source.key("person", index),
            email=f"person{index}.prov{source.seed}@laholm.example",
            name=f"{title} {index}",
            title=title,
            unit=units[index // PEOPLE_PER_UNIT],
            password="!",  # noqa: S106  # nobody signs in as these
        )


def _accounts(source: Source, units: Sequence[Unit], number: int) -> Iterator[Account]:
    platforms = list(Platform.objects.filter(active=True))
    rules = [platform.address_rule for platform in platforms]
    for index in range(number):
        chance = source.random("account", index)
        chosen = chance.choices(range(len(platforms)), weights=range(len(platforms), 0, -1))[0]
        unit = source.turn(units, index)
        address = read_address(_typed_address(source, rules[chosen].hosts, index), rules[chosen])
        since = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        status = chance.choice(STATUSES)
        yield Account(
            id=source.key("account", index),
            platform=platforms[chosen],
            name=f"{unit.name.split(',')[0]} {index}",
            handle=address.handle,
            web_address=address.url,
            canonical_key=address.key,
            unit=unit,
            board_id=unit.board_id,
            status=status,
            summary=chance.choice(words.SUMMARIES),
            purpose=chance.choice(words.PURPOSES),
            audience=chance.choice(words.AUDIENCES),
            topics=chance.choice(words.TOPICS),
            uses=sorted(use.value for use in chance.sample(list(Use), chance.randint(1, 3))),
            legal_ground=LegalGround.PUBLIC_INTEREST,
            registered_at=datetime.combine(since, NOW.timetz()),
            in_use_since=None if status == AccountStatus.PLANNED else since,
        )


def _typed_address(source: Source, hosts: tuple[str, ...], index: int) -> str:
    handle = f"p{source.seed}k{index}"  # at most 15 letters on X
    return f"@{handle}" if hosts else f"https://mastodon.example/@{handle}"


def _assignments(
    source: Source, accounts: Sequence[Account], units: Sequence[Unit], people: Sequence[User]
) -> Iterator[Assignment]:
    """Yield a responsible and a substitute for each account, among the unit's own people."""
    place = {unit.pk: index for index, unit in enumerate(units)}
    for index, account in enumerate(accounts):
        first = place[account.unit_id] * PEOPLE_PER_UNIT
        day = account.registered_at.date()
        ended = NOW.date() if account.status == AccountStatus.CLOSED else None
        for offset, duty in enumerate(Duty):
            yield Assignment(
                id=source.key(f"assignment-{duty}", index),
                account=account,
                user=people[first + (index + offset) % PEOPLE_PER_UNIT],
                duty=duty,
                from_date=day,
                to_date=ended,
            )
