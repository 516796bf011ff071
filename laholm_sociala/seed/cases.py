"""Posts in volume, on the accounts that the seed has made: some that wait, and many that are closed."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from django.db.models import Q

from accounts.enums import AccountStatus
from accounts.models import Account, Board, CalendarVersion, Guideline, User
from laholm_sociala.common.history import copy_with_history
from laholm_sociala.seed import words
from laholm_sociala.seed.source import NOW, Source
from moderation.enums import ActionKind, CaseStatus, Category, Lane, RecordChoice
from moderation.enums import Source as CameFrom
from moderation.models import Case, CaseContent

REASON: Final = "Påhittad volym för demo och mätning"
# So many rows are in memory at once.
BATCH: Final = 10_000
LIMIT: Final = timedelta(hours=48)
# One post in so many may be secret.
RESTRICTED_EACH: Final = 50


def make(
    source: Source, *, waiting: int, closed: int, now: datetime = NOW, first: int = 0, board: Board | None = None
) -> None:
    """Add that many posts, numbered from `first`, on the seed's accounts or a board's own.

    To be called once the accounts are made, in a transaction.
    """
    among = Q(board=board) if board else Q(id__in=_account_keys(source))
    accounts = list(Account.objects.filter(among).order_by("id"))
    cases = _cases(source, accounts, range(first, first + waiting + closed), waiting=waiting, now=now)
    while batch := list(islice(cases, BATCH)):
        copy_with_history(batch, by=User.objects.system(), now=NOW, reason=REASON)
        contents = [_content(source, case, number) for number, case in enumerate(batch)]
        copy_with_history(contents, by=User.objects.system(), now=NOW, reason=REASON)


def _account_keys(source: Source) -> list[object]:
    boards = [source.key("board", number) for number in range(len(words.BOARDS))]
    return list(Account.objects.filter(board__in=boards).values_list("pk", flat=True))


def _cases(
    source: Source, accounts: Sequence[Account], numbers: range, *, waiting: int, now: datetime
) -> Iterator[Case]:
    guideline, calendar = Guideline.objects.latest("version"), CalendarVersion.objects.latest("number")
    measured = {"guideline": guideline, "calendar_version": calendar}
    # Nothing waits on a closed account.
    open_ones = [account for account in accounts if account.status != AccountStatus.CLOSED]
    for number in numbers:
        is_waiting = number - numbers.start < waiting
        account = source.turn(open_ones if is_waiting else accounts, number)
        # What waits came in during the last days, some of it too long ago; the rest during the last years.
        hours = number % 60 if is_waiting else 72 + number % 20_000
        found = now - timedelta(hours=hours, minutes=number % 60)
        is_restricted = number % RESTRICTED_EACH == 0
        yield Case(
            id=source.key("case", number),
            account=account,
            board_id=account.board_id,
            lane=Lane.SECRECY if is_restricted else Lane.INAPPROPRIATE,
            category="" if is_restricted else source.turn(list(Category), number).value,
            is_restricted=is_restricted,
            source=CameFrom.EDITOR,
            same_key="",
            discovered_at=found,
            starts_at=found,
            due_at=found + LIMIT,
            handle_by=found + LIMIT,
            look_by=found + LIMIT / 2,
            warn_at=found + LIMIT / 2,
            **measured,
            **({} if is_waiting else _done(found + timedelta(hours=number % 40), is_restricted=is_restricted)),
        )


def _done(at: datetime, *, is_restricted: bool) -> dict[str, object]:
    return {
        "status": CaseStatus.CLOSED,
        "outcome": ActionKind.REMOVED,
        "decided_at": at,
        "closed_at": at,
        "record_choice": RecordChoice.REGISTER if is_restricted else RecordChoice.KEPT_IN_ORDER,
    }


def _content(source: Source, case: Case, number: int) -> CaseContent:
    text = f"{source.turn(words.SUMMARIES, number)} {number}"
    return CaseContent(id=source.key(f"content of {case.pk}", number), case=case, text=text)
