"""That something of the diarium that may be secret was read: told, in the same transaction, to those who follow it up.

The archive knows nobody above it; they add themselves in `AppConfig.ready()`.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from accounts.models import User

Follower = Callable[[UUID, User, datetime], None]
_followers: list[Follower] = []


def follow_readings(follower: Follower) -> None:
    """Have the function called with the board, the reader and the time, each time."""
    _followers.append(follower)


def tell_of_reading(board_id: UUID, *, by: User, now: datetime) -> None:
    """Tell everyone who follows. What one raises stops the reading: it is not shown."""
    for follower in _followers:
        follower(board_id, by, now)
