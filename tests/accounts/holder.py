"""One who keeps deadlines, for tests of what moves them."""

from dataclasses import dataclass, field
from datetime import datetime

from accounts.deadlines import Moved, Preview
from accounts.models import User
from accounts.services.terms import Terms


@dataclass
class OpenPost:
    """A post that waits, and when it was found and is due."""

    label: str
    start: datetime
    due: datetime


@dataclass
class TestHolder:
    """Keeps open posts in a list."""

    __test__ = False

    posts: list[OpenPost] = field(default_factory=list)
    told: list[tuple[User, datetime]] = field(default_factory=list)

    def preview(self, terms: Terms, now: datetime) -> Preview:
        """Say which would move."""
        dues = [(post, terms.due(post.start)) for post in self.posts]
        moved = [Moved(post.label, "/granska/", post.due, due) for post, due in dues if due != post.due]
        return Preview(len(self.posts), moved)

    def recompute(self, terms: Terms, by: User, now: datetime) -> int:
        """Move them."""
        moving = [post for post in self.posts if terms.due(post.start) != post.due]
        for post in moving:
            post.due = terms.due(post.start)
        self.told.append((by, now))
        return len(moving)
