"""Which account of ours a link is about: to the account itself, or to a post that names it (R37)."""

from typing import Final

from accounts.addresses import is_at
from accounts.filters.public import keys_of_address
from accounts.models import Account, Platform

# What taking a report asks of its account: the rest of a long row is not fetched.
OF_REPORTED: Final = ("id", "board_id", "web_address", "status")


def public_account_at(link: str) -> Account | None:
    """Return the account whose address the link begins with, if it is one that the public sees."""
    keys = keys_of_address(link)
    if not keys:
        return None
    # By its key, since any order will do: the usual one asks for the platform too.
    return Account.objects.public().only(*OF_REPORTED).filter(canonical_key__in=keys).order_by("pk").first()


def platforms_at(link: str) -> list[Platform]:
    """Return the platforms of ours that the link leads to: as a rule one, or none."""
    return [platform for platform in Platform.objects.all() if is_at(link, platform.address_rule)]
