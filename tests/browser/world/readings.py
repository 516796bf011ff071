"""What may be secret, who was let in to read it, and the month that is to be gone through."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from moderation.enums import ViewedPart
from moderation.models import AccessReview, Case
from moderation.services.access import grant_access, note_view
from tests.browser.world.world import LONG_NAME, LONG_WORDS, World
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.moderation.factories import log_post, picture


def make(world: World) -> dict[str, Any]:
    """Log a post that may be secret, with a picture, let a colleague read it, and let somebody have read it."""
    cast = world.cast
    secret = log_post(world["account"], may_be_secret=True, text="Hon är patient hos er", pictures=[picture()])
    colleague = UserFactory(name=LONG_NAME, title="arkivarie", unit=cast.culture_department)
    grant_access(secret.pk, user=colleague, reason=LONG_WORDS, by=cast.librarian, now=NOW)
    reviewer = UserFactory(unit=cast.culture_department)
    RoleAssignmentFactory(user=reviewer, role_id="logggranskare", board=cast.culture_board)
    return {"secret": secret, "reviewer": reviewer, "month_read": read_last_month(secret, by=cast.librarian)}


def read_last_month(case: Case, by: User) -> AccessReview:
    """Let the post have been read in every way last month; return the review that waits."""
    for what in ViewedPart:
        note_view(case, what, by=by, now=NOW - timedelta(days=30))
    return AccessReview.objects.get()
