"""How the example accounts are kept: most in order, some with something left to mend."""

from datetime import datetime, timedelta
from typing import Final

from accounts.enums import Duty
from accounts.models import Account, LogoExemption, User
from accounts.services import assignments, keeping, logo
from laholm_sociala.demo import past
from laholm_sociala.demo.account_texts import IN_USE, ExampleAccount
from laholm_sociala.demo.people import example_id

# What has not been done for an account, by the account's key.
LEFT: Final = {
    "biblioteket-instagram": {"visitors", "second administrator"},
    "kulturskolan-instagram": {"logo"},
    "museet-instagram": {"login"},
    "boktips-tiktok": {"visitors"},
    "osbeck-facebook": {"sender"},
    "hemtjansten-facebook": {"verified since"},
    "sommar-instagram": {"logo"},
}
WISHED: Final = ("kulturskolan-instagram", "Loggan täcker vår egen, som eleverna har ritat. Vi vill visa den i bilden.")
GRANTED: Final = ("sommar-instagram", "Kontot delas med besöksnäringen och har platsens märke.")
GRANTED_BECAUSE: Final = "Samarbetet har ett eget märke. Kommunen nämns som avsändare i profilen."
WITHOUT_SUBSTITUTE: Final = "osbeck-instagram"


def keep_in_order(now: datetime) -> None:
    """Do what the example people have done to keep their accounts, through the services."""
    examples = {example.key: example for example in IN_USE}
    for example in IN_USE:
        _keep(example, now)
    _wish(examples[WISHED[0]], WISHED[1], past.moment(now, 2, "14.35"))
    wished_at = past.moment(now, examples[GRANTED[0]].days_ago - 8, "09.10")
    granted = _wish(examples[GRANTED[0]], GRANTED[1], wished_at)
    logo.grant(granted.pk, reason=GRANTED_BECAUSE, by=_person("kommunikator"), now=wished_at + timedelta(hours=4))
    _end_substitute(examples[WITHOUT_SUBSTITUTE], now)


def _keep(example: ExampleAccount, now: datetime) -> None:
    account, by, left = _account(example), _person(example.responsible), LEFT.get(example.key, set())
    begun = past.moment(now, example.days_ago - 6, "10.20")
    # Long ago for the one whose login nobody has looked at since; for the others a few weeks back.
    lately = begun if "verified since" in left else past.moment(now, min(example.days_ago - 6, 30), "10.20")
    if "login" not in left:
        keeping.record_login(
            account.pk,
            kept="I verksamhetens lösenordsvalv",
            reached_by="Ansvarig, ersättare och närmaste chef",
            by=by,
            now=lately,
        )
    for key in (example.responsible, example.substitute)[: 1 if "second administrator" in left else 2]:
        keeping.add_platform_administrator(account.pk, user=_person(key), by=by, now=begun)
    keeping.confirm_profile(account.pk, sender="sender" not in left, logo="logo" not in left, by=by, now=begun)
    if "visitors" not in left:
        keeping.confirm_visitors_told(account.pk, by=by, now=begun)


def _wish(example: ExampleAccount, reason: str, wished_at: datetime) -> LogoExemption:
    return logo.request_exemption(_account(example).pk, reason=reason, by=_person(example.responsible), now=wished_at)


def _end_substitute(example: ExampleAccount, now: datetime) -> None:
    ended_at = past.moment(now, 4, "16.10")
    substitute = _account(example).assignments.get(duty=Duty.SUBSTITUTE)
    assignments.end(substitute.pk, last_day=ended_at.date(), by=_person(example.responsible), now=ended_at)


def _account(example: ExampleAccount) -> Account:
    return Account.objects.get(name=example.name, platform__code=example.platform)


def _person(key: str) -> User:
    return User.objects.get(pk=example_id("person", key))
