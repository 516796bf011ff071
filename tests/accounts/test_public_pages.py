from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import AccountStatus
from accounts.models import Account, Board, Platform, Unit, User
from accounts.public import PublicPages, Row, grouped
from laholm_sociala.common.history import copy_with_history
from tests.clock import NOW, TODAY
from tests.factories import AccountFactory, BoardFactory, UnitFactory, platform

pytestmark = pytest.mark.django_db

# Few names, and such as sort alike, so that every part of the order decides somewhere.
NAMES = ("Åsen", "åsen", "Ängen", "Zoo", "Biblioteket", "biblioteket")
STATUSES = (AccountStatus.ACTIVE, AccountStatus.ACTIVE, AccountStatus.CLOSING, AccountStatus.PLANNED)


@dataclass(frozen=True)
class Place:
    """Where one account of an example stands."""

    board: int
    unit: int
    name: str
    platform: int
    status: AccountStatus


places = st.builds(
    Place,
    board=st.integers(0, 4),
    unit=st.integers(0, 1),
    name=st.sampled_from(NAMES),
    platform=st.integers(0, 2),
    status=st.sampled_from(STATUSES),
)


@given(
    examples=st.lists(places, max_size=40),
    orders=st.lists(st.integers(0, 2), min_size=5, max_size=5),
    page_size=st.integers(1, 7),
    counted=st.integers(1, 50),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_pages_hold_every_account_once_and_in_order(django_db_setup, examples, orders, page_size, counted):
    with _rolled_back(), _pages_of(page_size, counted=counted):
        _make(examples, orders)
        rows = _all_rows(PublicPages(Account.objects.public()))
        assert [row.id for row in rows] == _in_order()


@given(examples=st.lists(places, min_size=1, max_size=25), page_size=st.integers(1, 7), counted=st.integers(1, 30))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_narrowed_list_keeps_the_order(django_db_setup, examples, page_size, counted):
    with _rolled_back(), _pages_of(page_size, counted=counted):
        _make(examples, range(5))
        chosen = Account.objects.public().filter(name__icontains="biblioteket", platform=_platforms()[0])
        assert [row.id for row in _all_rows(PublicPages(chosen))] == [
            key for key in _in_order() if chosen.filter(pk=key).exists()
        ]


@pytest.mark.parametrize("boards", [1, 3, 12])
def test_two_queries_however_many_boards(boards, django_assert_num_queries):
    _make([Place(board, 0, name, 0, AccountStatus.ACTIVE) for board in range(boards) for name in NAMES], range(boards))
    with django_assert_num_queries(2):
        rows = PublicPages(Account.objects.public()).get_page(1).object_list
    assert len(rows) == min(50, boards * len(NAMES))


def test_one_query_more_beyond_what_is_counted(django_assert_num_queries):
    _make([Place(board, 0, name, 0, AccountStatus.ACTIVE) for board in range(3) for name in NAMES], range(3))
    with _pages_of(2, counted=6), django_assert_num_queries(3):
        page = PublicPages(Account.objects.public()).get_page(9)
    assert (len(page.object_list), page.has_next()) == (2, False)


def test_an_empty_list_has_one_empty_page():
    page = PublicPages(Account.objects.public()).get_page(1)
    assert (page.object_list, page.has_next(), page.paginator.count) == ([], False, 0)


def test_a_search_that_can_find_nothing_is_empty():
    _make([Place(0, 0, "Zoo", 0, AccountStatus.ACTIVE)], [0])
    assert PublicPages(Account.objects.public().filter(pk__in=[])).get_page(1).object_list == []


@pytest.mark.parametrize(("asked", "shown"), [("2", 2), ("9", 3), ("0", 1), ("-4", 1), ("två", 1), (None, 1), ("", 1)])
def test_a_page_that_is_not_there_becomes_the_nearest(asked, shown):
    _make([Place(0, 0, name, 0, AccountStatus.ACTIVE) for name in NAMES], [0])
    with _pages_of(2, counted=100):
        page = PublicPages(Account.objects.public()).get_page(asked)
    assert (page.number, len(page.object_list), page.paginator.num_pages) == (shown, 2, 3)


def test_channels_of_one_name_and_unit_share_a_row():
    unit = UnitFactory()
    for code in ("instagram", "facebook"):
        AccountFactory(name="Biblioteket", unit=unit, platform=platform(code), active=True)
    AccountFactory(name="Biblioteket", unit=UnitFactory(board=unit.board), active=True)
    [group] = grouped(PublicPages(Account.objects.public()).get_page(1).object_list)
    together = sorted(tuple(channel["platform"] for channel in row["accounts"]) for row in group["rows"])
    assert together == [("Facebook",), ("Facebook", "Instagram")]


def test_two_boards_with_one_heading_stay_apart():
    for name in ("Norra nämnden", "Södra nämnden"):
        AccountFactory(unit__board=BoardFactory(name=name, public_name="Skola"), active=True)
    groups = grouped(PublicPages(Account.objects.public()).get_page(1).object_list)
    assert [group["heading"] for group in groups] == ["Skola", "Skola"]


def test_each_channel_leads_to_the_accounts_own_page():
    account = AccountFactory(active=True)
    [group] = grouped(PublicPages(Account.objects.public()).get_page(1).object_list)
    [channel] = group["rows"][0]["accounts"]
    assert channel["url"] == reverse("accounts:public-account", args=[account.pk])


def _make(examples: Sequence[Place], orders: Sequence[int]) -> None:
    """Write boards in the orders given, two units below each, and the accounts."""
    boards = [BoardFactory(order=order) for order in orders]
    units = [[UnitFactory(board=board) for _ in range(2)] for board in boards]
    platforms = _platforms()
    accounts = [_account(place, units[place.board][place.unit], platforms[place.platform]) for place in examples]
    copy_with_history(accounts, by=User.objects.system(), now=NOW, reason="Upplagt för prov")


def _account(place: Place, unit: Unit, channel: Platform) -> Account:
    key = uuid4()
    return AccountFactory.build(
        id=key,
        handle=key.hex,
        name=place.name,
        unit=unit,
        platform=channel,
        canonical_key=key.hex,
        status=place.status,
        in_use_since=TODAY,
    )


def _platforms() -> list[Platform]:
    return list(Platform.objects.order_by("order")[:3])


def _in_order() -> list[object]:
    """The order in words: boards, then names, units and platforms, worked out here and not in the database."""
    boards = {board.pk: (board.order, board.sort_key, board.pk) for board in Board.objects.all()}
    shown = sorted(
        Account.objects.public().order_by(),
        key=lambda it: (boards[it.board_id], it.sort_key, it.unit_id, it.platform_id, it.pk),
    )
    return [account.pk for account in shown]


def _all_rows(pages: PublicPages) -> list[Row]:
    """Turn the leaves from the first page to the last, as a visitor does."""
    page = pages.get_page(1)
    rows = [*page.object_list]
    while page.has_next():
        page = pages.get_page(page.next_page_number())
        assert page.object_list
        rows += page.object_list
    return rows


@contextmanager
def _pages_of(size: int, *, counted: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("accounts.public.PAGE_SIZE", size)
        patch.setattr("accounts.public.COUNTED", counted)
        patch.setattr("laholm_sociala.common.paging.COUNTED", counted)
        yield


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
