"""What the daily work asks for before an account is closed: that nothing on it still waits (R20)."""

from accounts.closing import Requirement, require_for_closing
from accounts.models import Closing
from moderation.models import Case


def add_closing_requirement() -> None:
    """Ask for every post on the account to be dealt with."""
    require_for_closing(
        Requirement(
            "cases",
            "Alla inlägg är granskade",
            "Det finns inlägg kvar att granska på kontot.",
            has_no_open_case,
            action="Till inläggen",
            url_name="moderation:case-list",
            about_account=False,
        )
    )


def has_no_open_case(closing: Closing) -> bool:
    """Tell whether nothing on the account still waits, also of what the person does not see."""
    return not Case.objects.filter(account=closing.account_id).open().exists()
