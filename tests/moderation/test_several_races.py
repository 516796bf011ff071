"""Two editors clear away the same flood at once, ticked in opposite order: one does it, the other learns who did."""

import pytest

from moderation.enums import ActionKind, Category
from moderation.models import Action
from moderation.services import acting
from moderation.services.doors import MovedOnError
from moderation.services.several import Picked, Same, act_on_several
from tests.moderation.factories import library_account, log_post
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both_remove(cast, now, monkeypatch):
    def run():
        account = library_account(cast)
        flood = [log_post(account, category=Category.ADVERTISING, text=f"Lån {number}") for number in range(4)]
        picked = [Picked(case.pk, case.version) for case in flood]
        meet_at(monkeypatch, acting, "write_down")
        same = Same(ActionKind.REMOVED, "Samma reklam.")
        return race(
            lambda: act_on_several(picked, same, by=cast.librarian, now=now),
            lambda: act_on_several(picked[::-1], same, by=cast.assistant, now=now),
        )

    return run


def test_one_does_it_and_the_other_is_told(both_remove):
    outcomes = both_remove()
    assert winners(outcomes) == [4]
    (error,) = losers(outcomes)
    assert isinstance(error.__cause__, MovedOnError)
    assert Action.objects.filter(kind=ActionKind.REMOVED).count() == 4


def test_without_the_lock_the_other_would_run_into_the_log(both_remove, monkeypatch):
    take_the_lock_away(monkeypatch)
    (error,) = losers(both_remove())
    assert not isinstance(error.__cause__, MovedOnError)
