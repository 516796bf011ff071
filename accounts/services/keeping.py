"""What keeps an account safe and recognisable: the login, the administrators, the profile (R11, R31, R32, R34)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Account, PlatformAdministrator, User
from accounts.passwords import looks_like_password
from accounts.services.administration import put
from accounts.services.keepers import lock_account
from laholm_sociala.common.errors import RefusedError


@transaction.atomic
def record_login(account_id: UUID, *, kept: str, reached_by: str, by: User, now: datetime) -> Account:
    """Write down where the login details are kept and who reaches them; that counts as verified today (R11).

    Raises PermissionDenied for those who do not keep the account, RefusedError when something is left out or looks
    like a password.
    """
    account = lock_account(account_id, by=by, now=now)
    for field, words in (("kept", kept), ("reached_by", reached_by)):
        if not words.strip():
            raise RefusedError("Fyll i både var inloggningen finns och vilka som når den.", field=field)
        if looks_like_password(words):
            raise RefusedError(
                "Det här ser ut som ett lösenord. Skriv bara var det finns, aldrig själva lösenordet.", field=field
            )
    values = {"login_kept": kept.strip(), "login_reached_by": reached_by.strip()}
    if put(account, {**values, "login_verified_on": timezone.localdate(now)}):
        account.record(by=by, now=now, reason="Antecknade var inloggningen finns")
    return account


@transaction.atomic
def verify_login(account_id: UUID, *, by: User, now: datetime) -> Account:
    """Confirm today that what is written about the login still holds (R11).

    Raises PermissionDenied for those who do not keep the account, RefusedError when nothing is written.
    """
    account = lock_account(account_id, by=by, now=now)
    if not account.login_kept:
        raise RefusedError("Skriv först var inloggningen finns.")
    if put(account, {"login_verified_on": timezone.localdate(now)}):
        account.record(by=by, now=now, reason="Inloggningen bekräftades")
    return account


@transaction.atomic
def add_platform_administrator(account_id: UUID, *, user: User, by: User, now: datetime) -> PlatformAdministrator:
    """Write down that a person is administrator on the platform itself. Two are wanted (R11).

    Raises PermissionDenied for those who do not keep the account, RefusedError when the person has left or is there
    already.
    """
    account = lock_account(account_id, by=by, now=now)
    if not User.objects.active().filter(pk=user.pk).exists():
        raise RefusedError("Personen är inte aktiv. Välj någon annan.", field="user")
    if account.platform_administrators.filter(user=user).exists():
        raise RefusedError(f"{user.short_name} står redan som administratör.", field="user")
    administrator = PlatformAdministrator(account=account, user=user)
    administrator.record(by=by, now=now, reason=f"Administratör på {account.platform.name}")
    return administrator


@transaction.atomic
def remove_platform_administrator(administrator_id: UUID, *, by: User, now: datetime) -> None:
    """Write down that a person is no longer administrator on the platform.

    Raises PermissionDenied for those who do not keep the account, RefusedError when it is done already.
    """
    administrator = PlatformAdministrator.objects.select_related("account").filter(pk=administrator_id).first()
    if administrator is None:
        raise RefusedError("Personen är redan borttagen.")
    lock_account(administrator.account_id, by=by, now=now)
    # Read again behind the lock: somebody else may have been first.
    found = PlatformAdministrator.objects.filter(pk=administrator_id).first()
    if found is None:
        raise RefusedError("Personen är redan borttagen.")
    found.erase(by=by, now=now, reason="Är inte längre administratör på plattformen")


@transaction.atomic
def confirm_profile(account_id: UUID, *, sender: bool, logo: bool, by: User, now: datetime) -> Account:
    """Say whether the sender is plain, and the logo in place, as the profile looks today (R31, R32).

    Raises PermissionDenied for those who do not keep the account.
    """
    account = lock_account(account_id, by=by, now=now)
    today = timezone.localdate(now)
    values = {"sender_confirmed_on": today if sender else None, "logo_confirmed_on": today if logo else None}
    if put(account, values):
        account.record(by=by, now=now, reason="Avsändare och logotyp stämdes av mot profilen")
    return account


@transaction.atomic
def confirm_visitors_told(account_id: UUID, *, by: User, now: datetime) -> Account:
    """Confirm today that the visitor information stands on the platform (R13, R34 to R37).

    Raises PermissionDenied for those who do not keep the account.
    """
    account = lock_account(account_id, by=by, now=now)
    if put(account, {"visitors_told_on": timezone.localdate(now)}):
        account.record(by=by, now=now, reason="Besökarinformationen finns på plattformen")
    return account
