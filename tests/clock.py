"""The tests' clock: one Tuesday morning, for the tests and for the views they call."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=STOCKHOLM)
TODAY = NOW.date()


class Clock:
    """Stands still until a test moves it. Takes the place of `django.utils.timezone.now`."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **distance: float) -> datetime:
        """Move on (`clock.move(days=1)`) and return the new moment."""
        self.now += timedelta(**distance)
        return self.now
