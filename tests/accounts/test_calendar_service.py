"""The calendar is changed by versions, and every open deadline follows (R12)."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import deadlines
from accounts.models import CalendarVersion
from accounts.services import calendar as services
from accounts.services import limits
from accounts.services.calendar import preview_calendar, save_calendar, with_day, with_week, without_day
from accounts.services.limits import calendar_now
from accounts.services.terms import terms_in_force
from laholm_sociala.common.errors import RefusedError
from tests.accounts.holder import OpenPost, TestHolder
from tests.clock import NOW, STOCKHOLM
from tests.factories import communicator
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 30)


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=STOCKHOLM)


@pytest.fixture
def posts(monkeypatch) -> TestHolder:
    """One post that waits over the weekend, and one that does not."""
    holder = TestHolder(
        [OpenPost("Över helgen", at(27, 15), at(1, 15, month=12)), OpenPost("I veckan", at(24, 10), at(26, 10))]
    )
    monkeypatch.setattr(deadlines, "_holders", [holder])
    return holder


def closed_monday() -> dict:
    return with_day(calendar_now().content, MONDAY, hours=[], label="klämdag")


class TestPreview:
    def test_tells_what_would_move_and_saves_nothing(self, posts, now):
        found = preview_calendar(closed_monday(), now=now)
        assert (found.total_open, [row.label for row in found.moved]) == (2, ["Över helgen"])
        assert (found.moved[0].old_due, found.moved[0].new_due) == (at(1, 15, month=12), at(2, 15, month=12))
        assert CalendarVersion.objects.count() == 1
        assert posts.told == []


class TestSave:
    def test_makes_a_version_and_moves_what_is_open(self, posts, cast, now):
        assert save_calendar(closed_monday(), seen=1, by=cast.communicator, now=now) == 1
        version = calendar_now()
        assert (version.number, version.made_by, version.made_at) == (2, cast.communicator, now)
        assert posts.posts[0].due == at(2, 15, month=12)
        assert posts.told == [(cast.communicator, now)]

    def test_old_version_is_kept_as_it_was(self, posts, cast, now):
        save_calendar(closed_monday(), seen=1, by=cast.communicator, now=now)
        assert terms_in_force(now).due(at(27, 15)) == at(2, 15, month=12)
        assert terms_in_force(now - timedelta(seconds=1)).due(at(27, 15)) == at(1, 15, month=12)

    def test_nothing_is_saved_where_a_deadline_cannot_be_moved(self, posts, cast, now, monkeypatch):
        def fail(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr(posts, "recompute", fail)
        with pytest.raises(RuntimeError), transaction.atomic():
            save_calendar(closed_monday(), seen=1, by=cast.communicator, now=now)
        assert CalendarVersion.objects.count() == 1

    def test_nothing_changed(self, posts, cast, now):
        with pytest.raises(RefusedError, match=r"Inget är ändrat\."):
            save_calendar(calendar_now().content, seen=1, by=cast.communicator, now=now)

    def test_somebody_was_before(self, posts, cast, now):
        save_calendar(closed_monday(), seen=1, by=cast.communicator, now=now)
        other = with_day(calendar_now().content, date(2026, 12, 1), hours=[], label="stängt")
        with pytest.raises(RefusedError, match="kommunikatör, kommunikationsenheten ändrade kalendern medan"):
            save_calendar(other, seen=1, by=communicator(), now=now)

    def test_what_is_no_calendar_is_refused(self, posts, cast, now):
        broken = with_day(calendar_now().content, MONDAY, hours=[["12:00", "08:00"]], label="fel")
        with pytest.raises(RefusedError, match="slutar inte efter att det börjar"):
            save_calendar(broken, seen=1, by=cast.communicator, now=now)

    @pytest.mark.parametrize("person", ["librarian", "manager", "administrator"])
    def test_only_kommunikationsenheten(self, cast, now, person):
        with pytest.raises(PermissionDenied):
            save_calendar(closed_monday(), seen=1, by=getattr(cast, person), now=now)


class TestContent:
    def test_week_that_never_opens_is_refused(self):
        with pytest.raises(RefusedError, match="Någon dag i veckan"):
            with_week(calendar_now().content, {"mon": [], "tue": []})

    def test_day_that_is_there_is_not_added_again(self):
        with pytest.raises(RefusedError, match="finns redan"):
            with_day(closed_monday(), MONDAY, hours=[], label="stängt")

    def test_day_can_be_changed_moved_and_taken_away(self):
        once = closed_monday()
        changed = with_day(once, MONDAY, hours=[["08:00", "12:00"]], label="halvdag", instead_of=MONDAY)
        assert changed["dates"] == {"2026-11-30": {"hours": [["08:00", "12:00"]], "label": "halvdag"}}
        moved = with_day(once, date(2026, 12, 1), hours=[], label="klämdag", instead_of=MONDAY)
        assert list(moved["dates"]) == ["2026-12-01"]
        assert without_day(once, MONDAY) == calendar_now().content


def save_at_once() -> list:
    people = [communicator(), communicator()]
    content = closed_monday()
    contents = [content, {**content, "dates": {**content["dates"], "2026-12-01": {"hours": [], "label": "stängt"}}}]
    return race(
        *(
            lambda by=by, content=content: save_calendar(content, seen=1, by=by, now=NOW)
            for by, content in zip(people, contents, strict=True)
        )
    )


@pytest.mark.django_db(transaction=True)
class TestRace:
    def test_one_wins_and_the_other_is_told(self, monkeypatch):
        meet_at(monkeypatch, services, "calendar_now")
        outcomes = save_at_once()
        assert len(winners(outcomes)) == 1
        (told,) = losers(outcomes)
        assert isinstance(told, RefusedError)
        assert "medan du höll på" in str(told)
        assert CalendarVersion.objects.count() == 2

    def test_without_the_lock_the_other_is_not_told(self, monkeypatch):
        take_the_lock_away(monkeypatch)
        monkeypatch.setattr(limits, "_wait_for_those_who_measure", lambda: None)
        meet_at(monkeypatch, services, "calendar_now", afterwards=True)
        (told,) = losers(save_at_once())
        assert not isinstance(told, RefusedError)
