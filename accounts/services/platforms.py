"""The platforms (kanaler), added and changed by kommunikationsenheten without code (R06)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify

from accounts.address_rules import checked, rule_from_example
from accounts.addresses import AddressError, AddressRule, read_address
from accounts.enums import OPEN_APPLICATION
from accounts.models import Account, Application, Platform, User
from accounts.services.administration import put, record_or_refuse
from laholm_sociala.common.errors import RefusedError

EDIT_PLATFORMS: Final = "accounts.edit_platforms"


@dataclass(frozen=True)
class PlatformDetails:
    """What is filled in about a platform. `handle` is the user name in the example, where it is not its last part."""

    name: str
    example: str
    handle: str = ""
    other_hosts: tuple[str, ...] = ()
    any_host: bool = False
    reserved: tuple[str, ...] = ()
    case_sensitive: bool = False
    profile_limit: int | None = None
    open_to_visitors: bool = False
    active: bool = True


def rule_for(details: PlatformDetails, platform: Platform | None = None) -> AddressRule:
    """Return how addresses would be read. What a platform reads its example by already, it keeps.

    Raises RefusedError when the example cannot be used.
    """
    code = platform.code if platform else slugify(details.name)
    try:
        kept = _kept_rule(details, platform) if platform else None
        if kept is not None:
            return kept
        made = rule_from_example(
            details.example,
            code=code,
            name=details.name,
            handle=details.handle,
            other_hosts=details.other_hosts,
            any_host=details.any_host,
            reserved=details.reserved,
            case_sensitive=details.case_sensitive,
        )
    except AddressError as error:
        raise RefusedError(str(error), field="example") from error
    if platform is None:
        return made
    # The old patterns stay behind the new one: addresses written before are still read.
    return replace(made, patterns=tuple(dict.fromkeys([*made.patterns, *platform.patterns])))


@transaction.atomic
def add_platform(details: PlatformDetails, *, by: User, now: datetime) -> Platform:
    """Add a platform. Only with the permission, else PermissionDenied.

    Raises RefusedError when the example cannot be used or the name is taken.
    """
    _require_permission(by)
    rule = rule_for(details)
    if not rule.code:
        raise RefusedError("Skriv ett namn med bokstäver.", field="name")
    last = Platform.objects.order_by("-order").first()
    platform = Platform(code=rule.code, order=last.order + 10 if last else 10)
    put(platform, _values(details, rule))
    _record(platform, by=by, now=now, reason="Kanalen lades till")
    return platform


@transaction.atomic
def change_platform(platform_id: UUID, details: PlatformDetails, *, by: User, now: datetime) -> Platform:
    """Change a platform. Only with the permission, else PermissionDenied.

    Raises RefusedError as `add_platform`, and when an account's address would be read as another than it is.
    """
    _require_permission(by)
    platform: Platform = Platform.objects.select_for_update().get(pk=platform_id)
    rule = rule_for(details, platform)
    if not put(platform, _values(details, rule)):
        return platform
    _refuse_other_keys(platform, rule)
    _record(platform, by=by, now=now, reason="Uppgifterna ändrades")
    return platform


def _require_permission(by: User) -> None:
    if not by.may(EDIT_PLATFORMS):
        raise PermissionDenied


def _kept_rule(details: PlatformDetails, platform: Platform) -> AddressRule | None:
    if details.any_host != (not platform.hosts):
        return None
    old = platform.address_rule
    hosts = tuple(dict.fromkeys([*old.hosts[:1], *details.other_hosts])) if old.hosts else ()
    rule = replace(
        old,
        name=details.name,
        hosts=hosts,
        example=details.example,
        reserved=frozenset(details.reserved),
        case_sensitive=details.case_sensitive,
    )
    try:
        found = read_address(details.example, rule)
    except AddressError:
        return None
    if details.handle and found.handle.casefold() != details.handle.removeprefix("@").casefold():
        return None
    return checked(rule)


def _values(details: PlatformDetails, rule: AddressRule) -> dict[str, object]:
    return {
        "name": details.name,
        "hosts": list(rule.hosts),
        "patterns": list(rule.patterns),
        "address_form": rule.address_form,
        "example": rule.example,
        "reserved": sorted(rule.reserved),
        "case_sensitive": rule.case_sensitive,
        "profile_limit": details.profile_limit,
        "open_to_visitors": details.open_to_visitors,
        "active": details.active,
    }


def _refuse_other_keys(platform: Platform, rule: AddressRule) -> None:
    """An account whose key changed could be registered a second time."""
    accounts = Account.objects.filter(platform=platform).values_list("name", "web_address", "canonical_key")
    applied = Application.objects.filter(platform=platform, status__in=OPEN_APPLICATION)
    waiting = applied.values_list("account_name", "web_address", "canonical_key")
    for name, web_address, key in [*accounts, *waiting]:
        if _key(web_address, rule) != key:
            raise RefusedError(
                f"Då skulle adressen till {name}, {web_address}, läsas på ett annat sätt än i dag. "
                "Ändra inte webbplatsen, versalerna eller orden så att den berörs."
            )


def _key(web_address: str, rule: AddressRule) -> str:
    try:
        return read_address(web_address, rule).key
    except AddressError:
        return ""


def _record(platform: Platform, *, by: User, now: datetime, reason: str) -> None:
    taken = RefusedError(f"Det finns redan en kanal som heter {platform.name}.", field="name")
    record_or_refuse(
        platform,
        {"accounts_platform_name": taken, "accounts_platform_code": taken},
        by=by,
        now=now,
        reason=reason,
    )
