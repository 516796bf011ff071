"""Moments in the example municipality's past, counted back in working days from the day the demo was first started."""

from datetime import date, datetime, time, timedelta

from laholm_sociala.common.swedish import STOCKHOLM


def working_days_before(day: date, count: int) -> date:
    """Return the weekday that many weekdays before; 0 gives the day itself."""
    while count > 0:
        day -= timedelta(days=1)
        if day.isoweekday() <= 5:
            count -= 1
    return day


def moment(now: datetime, days_ago: int, clock: str) -> datetime:
    """Return the clock time ("08.41") that many working days before now, and never later than now."""
    hour, minute = clock.split(".")
    day = working_days_before(now.astimezone(STOCKHOLM).date(), days_ago)
    return min(datetime.combine(day, time(int(hour), int(minute)), STOCKHOLM), now)
