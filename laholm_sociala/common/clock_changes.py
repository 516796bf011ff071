"""How a time zone's clock is changed, from one moment to another. Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = 86_400
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Segment(NamedTuple):
    """A time during which the zone's clock keeps its distance to UTC. All in seconds."""

    offset: int
    begin: int
    end: int


def segments(zone: ZoneInfo, first: int, last: int) -> list[Segment]:
    """Split the time from one local second to another (since 1970) where the zone's clock is changed."""
    found = []
    # A day more at each end: no zone is further than that from UTC.
    begin, stop = first - DAY, last + DAY
    for change in [*_changes(zone, begin, stop), stop]:
        offset = _offset(zone, begin)
        segment = Segment(offset, max(begin, first - offset), min(change, last - offset))
        if segment.begin < segment.end:
            found.append(segment)
        begin = change
    return found


def _changes(zone: ZoneInfo, begin: int, stop: int) -> Iterator[int]:
    """Find each second at which the distance to UTC is new. In no zone do two of them fall within a day."""
    for day in range(begin, stop, DAY):
        before, after = day, min(day + DAY, stop)
        offset = _offset(zone, before)
        if _offset(zone, after) == offset:
            continue
        while after - before > 1:
            middle = (before + after) // 2
            if _offset(zone, middle) == offset:
                before = middle
            else:
                after = middle
        yield after


def _offset(zone: ZoneInfo, second: int) -> int:
    distance = (EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
    assert distance is not None  # noqa: S101  a ZoneInfo always knows
    return distance.days * DAY + distance.seconds
