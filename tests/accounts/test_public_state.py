"""The public pages answer 304 exactly as long as nothing that they show has changed (R05)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import PublicChange
from accounts.public_state import public_state
from accounts.services.public_changes import put_together
from tests.factories import AccountFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = reverse("accounts:public-list")


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, board=cast.culture_board, active=True)


def ask(**headers: str):
    return Client().get(ADDRESS, headers=headers)


def test_the_same_state_is_304_without_a_body(account):
    first = ask()
    again = ask(if_none_match=first.headers["ETag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_the_state_costs_one_query_and_a_304_no_more(account, django_assert_num_queries):
    etag = ask().headers["ETag"]
    with django_assert_num_queries(1):
        assert ask(if_none_match=etag).status_code == 304


@pytest.mark.parametrize("part", ["account", "unit", "board", "platform"])
def test_a_change_of_what_is_shown_is_seen_at_once(account, cast, now, part):
    etag = ask().headers["ETag"]
    record = account if part == "account" else getattr(account, part)
    record.record(by=cast.communicator, now=now, reason="Ändrad")
    assert ask(if_none_match=etag).status_code == 200


def test_a_change_of_people_is_no_change_of_the_list(account):
    etag = ask().headers["ETag"]
    UserFactory()
    assert ask(if_none_match=etag).status_code == 304


def test_last_modified_waits_until_a_second_change_could_not_hide_behind_it(account, clock):
    PublicChange.objects.all().delete()
    PublicChange.objects.create(changed_at=clock.now, weight=1)
    assert "Last-Modified" not in ask().headers
    clock.move(seconds=5)
    modified = ask().headers["Last-Modified"]
    assert ask(if_modified_since=modified).status_code == 304


def test_put_together_no_earlier_state_comes_back(account, now):
    PublicChange.objects.all().delete()
    states = set()
    for days in (5, 4, 3):
        PublicChange.objects.create(changed_at=now - timedelta(days=days), weight=1)
        states.add(public_state().etag)
    assert put_together(now=now) == 3
    state = public_state()
    assert (PublicChange.objects.count(), state.changes) == (1, 3)
    assert state.etag not in states
    assert put_together(now=now) == 0
