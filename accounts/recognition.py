"""Which account of ours a link is about: to the account itself, or to a post that names it (R37)."""

from accounts.addresses import is_at
from accounts.filters.public import keys_of_address
from accounts.models import Account, Platform


def public_account_at(link: str) -> Account | None:
    """Return the account whose address the link begins with, if it is one that the public sees."""
    keys = keys_of_address(link)
    return Account.objects.public().filter(canonical_key__in=keys).first() if keys else None


def platforms_at(link: str) -> list[Platform]:
    """Return the platforms of ours that the link leads to: as a rule one, or none."""
    return [platform for platform in Platform.objects.all() if is_at(link, platform.address_rule)]
