"""An account that lacks nothing, and the pieces it is made of."""

import hashlib
from typing import Any

from accounts.enums import ExemptionStatus
from accounts.models import Account, MissionStatement, User
from accounts.models.people import SYSTEM_USER_ID
from accounts.services.mission import content_of
from moderation.models import SupervisionCheck
from tests.clock import NOW, TODAY
from tests.factories import AccountFactory, PlatformAdministratorFactory, UserFactory

PDF = b"%PDF-1.7 prov"


def decided(status: ExemptionStatus, *, by: User) -> dict[str, Any]:
    """The fields of an exemption that kommunikationsenheten has decided on."""
    decision = {"status": status, "decided_by": by, "decided_at": NOW, "decision_reason": "Det är ett samarbete."}
    if status == ExemptionStatus.REVOKED:
        decision |= {"revoked_by": by, "revoked_at": NOW, "revoked_reason": "Samarbetet är slut."}
    return decision


def statement_of(account: Account, *, version: int = 1, **content: str) -> MissionStatement:
    """Store a version that says what the account is for, without the time a real PDF takes."""
    for name, words in content.items():
        setattr(account, name, words)
    return MissionStatement.objects.create(
        account=account,
        version=version,
        content=content_of(account),
        pdf=PDF,
        sha256=hashlib.sha256(PDF).hexdigest(),
        made_by_id=SYSTEM_USER_ID,
        made_at=NOW,
    )


def account_in_order(cast, **attributes: Any) -> Account:
    """Return the library's account in use, which lacks nothing and has been looked through today."""
    everything = {
        "unit": cast.library,
        "responsible": cast.librarian,
        "substitute": cast.assistant,
        "active": True,
        "login_kept": "I bibliotekets lösenordsvalv",
        "login_reached_by": "Ansvarig, ersättare och enhetschefen",
        "login_verified_on": TODAY,
        "sender_confirmed_on": TODAY,
        "logo_confirmed_on": TODAY,
        "visitors_told_on": TODAY,
    }
    account = AccountFactory(**{**everything, **attributes})
    for user in (cast.librarian, UserFactory()):
        PlatformAdministratorFactory(account=account, user=user)
    statement_of(account)
    SupervisionCheck.objects.create(account=account, day=TODAY, by=cast.librarian, at=NOW)
    return account
