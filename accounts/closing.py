"""What must be ready before an account is closed: a registry that higher apps fill in `AppConfig.ready()` (R20).

What stands here is what the person reads and is led to. PostgreSQL refuses the same by triggers of the apps that own
the requirement, whoever asks.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import Closing


@dataclass(frozen=True)
class Requirement:
    """One thing that must be ready. `title` says it as done: "Alla inlägg är granskade".

    `missing` is the sentence for who tries without it; `action` leads to the address named `url_name`.
    """

    code: str
    title: str
    missing: str
    is_met: Callable[[Closing], bool]
    action: str = ""
    url_name: str = ""
    about_account: bool = True
    # Where the manager says that it cannot be met, and why.
    exception: str = ""
    exception_url_name: str = ""


@dataclass(frozen=True)
class Standing:
    """A requirement, and whether it is met."""

    requirement: Requirement
    is_met: bool


_requirements: dict[str, Requirement] = {}


def require_for_closing(requirement: Requirement) -> None:
    """Add something that must be ready. The same code again replaces it."""
    _requirements[requirement.code] = requirement


def standing(closing: Closing) -> list[Standing]:
    """Return how each requirement stands for a closing, in the order they were added."""
    return [Standing(one, one.is_met(closing)) for one in _requirements.values()]
