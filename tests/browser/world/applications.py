"""Uppstarter in every state, and the drafts they come from."""

from typing import Any

from accounts.models import Application
from accounts.services.applications import submit
from accounts.services.drafts import typed_from
from tests.browser.world.world import LONG_NAME, LONG_WORDS, World
from tests.cast import Cast
from tests.clock import NOW
from tests.factories import (
    ApplicationFactory,
    UnitFactory,
    approved_application,
    form_content,
    make_draft,
    rejected_application,
    returned_application,
)


def make(world: World) -> dict[str, Any]:
    """Send uppstarter from the library, and one from where nobody can decide."""
    cast = world.cast
    library = {"unit": cast.library, "applicant": cast.librarian, "substitute": cast.assistant}
    waiting = ApplicationFactory(**library, account_name=LONG_NAME, purpose=LONG_WORDS, topics=LONG_WORDS)
    same, another = typed_from(waiting), "https://www.instagram.com/laholmssagotag"
    return {
        "draft": make_draft(cast.librarian, account_name="Laholms sagor", web_address="instagram.com/laholmssagor"),
        "whole_draft": make_draft(cast.librarian, **{**same, "web_address": another}),
        "taken_draft": make_draft(cast.librarian, **same),  # of an account that somebody applies for already
        "waiting": waiting,
        "reading_club": ApplicationFactory(  # an ordinary one, for the handbook
            **library,
            account_name="Läsklubben i Laholm",
            web_address="https://www.instagram.com/lasklubbenlaholm",
            purpose="Fler unga ska hitta till biblioteket.",
        ),
        "returned": returned_application(**library),
        "sent_again": sent_again(cast, returned_application(**library)),
        "approved": approved_application(**library, account_name="Boktips i Laholm"),
        "rejected": rejected_application(**library),
        "without_manager": ApplicationFactory(
            account_name="Fritidsgården Knäred", unit=UnitFactory(board=cast.culture_board), applicant=cast.outsider
        ),
    }


def sent_again(cast: Cast, application: Application) -> Application:
    """Change what was returned, and send it to the manager once more."""
    draft = make_draft(cast.librarian, application=application)
    people = {"unit": cast.library, "responsible": cast.librarian, "substitute": cast.assistant}
    content = form_content(**people, handle="laholmsagain", purpose=LONG_WORDS, audience="Alla barn i Laholm.")
    return submit(draft.pk, content=content, by=cast.librarian, now=NOW)
