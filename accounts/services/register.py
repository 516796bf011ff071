"""Kommunikationsenheten takes in and registers; the account is taken into use (R02, R05, R06)."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.addresses import AddressError, read_address
from accounts.enums import AccountStatus, ApplicationStatus, Duty
from accounts.models import Account, Application, Assignment, Unit, User
from accounts.services import mission, notices
from accounts.workflow import require_account_step, require_application_step
from laholm_sociala.common.errors import RefusedError


@transaction.atomic
def register(application_id: UUID, *, summary: str, consultation: str, by: User, now: datetime) -> Account:
    """Take in an approved application: the account stands in the register as planned, with its two people (R06).

    `summary` is the one line of the public list, `consultation` kommunikationsenheten's own line on the avstämning:
    with whom, when, what advice. A receipt, not an approval: the manager has decided. Raises
    PermissionDenied for anyone but kommunikationsenheten, RefusedError when it is not approved, when the
    consultation is not written (R28), or when the account is in the register already.
    """
    if not by.may("accounts.register_application"):
        raise PermissionDenied
    application = Application.objects.presented().select_for_update(of=("self",)).get(pk=application_id)
    require_application_step(application.status, ApplicationStatus.REGISTERED)
    if not consultation.strip():
        raise RefusedError("Skriv avstämningen: med vem, när och vilket råd.", field="consultation")
    try:
        address = read_address(application.web_address, application.platform.address_rule)
    except AddressError as error:  # the platform's rules may have changed since it was sent
        raise RefusedError(str(error)) from error
    account = Account(
        platform=application.platform,
        name=application.account_name,
        handle=address.handle,
        web_address=address.url,
        canonical_key=address.key,
        unit=application.unit,
        board=application.unit.board,
        status=AccountStatus.PLANNED,
        summary=summary,
        purpose=application.purpose,
        audience=application.audience,
        topics=application.topics,
        uses=application.uses,
        legal_ground=application.legal_ground,
        artistic_exemption=application.artistic_exemption,
        artistic_motivation=application.artistic_motivation,
        application=application,
        registered_at=now,
    )
    try:
        with transaction.atomic():
            account.record(by=by, now=now, reason="Registrerat efter godkänd uppstart")
    except IntegrityError as error:
        raise RefusedError(f"Ett konto med adressen {address.url} finns redan i registret.") from error
    for user, duty in ((application.responsible, Duty.RESPONSIBLE), (application.substitute, Duty.SUBSTITUTE)):
        assignment = Assignment(account=account, user=user, duty=duty, from_date=timezone.localdate(now))
        assignment.record(by=by, now=now, reason="Utsedd i uppstarten")
    application.status = ApplicationStatus.REGISTERED
    application.confirmed_consultation = consultation.strip()
    application.record(by=by, now=now, reason="Mottagen och registrerad av kommunikationsenheten")
    mission.make_later(account, by=by)
    notices.tell_of_registration(application, now=now)
    return account


def may_take_into_use(account: Account, user: User, now: datetime) -> bool:
    """Tell whether the person may: kommunikationsenheten, and those who look after the account that day."""
    if user.may("accounts.take_into_use"):
        return True
    return account.assignments.filter(user=user).on(timezone.localdate(now)).exists()


@transaction.atomic
def take_into_use(account_id: UUID, *, web_address: str, by: User, now: datetime) -> Account:
    """Take a planned account into use: from now on it is on the public list (R05).

    `web_address` is the address as it became on the platform, confirmed by the person. Raises RefusedError when the
    account is in use already, when a responsible person or a substitute is missing (R03, R10), or when the address
    is wrong or another account's.
    """
    account = Account.objects.select_for_update(of=("self",)).select_related("platform", "unit").get(pk=account_id)
    if not may_take_into_use(account, by, now):
        raise PermissionDenied
    require_account_step(account.status, AccountStatus.ACTIVE)
    if account.status != AccountStatus.PLANNED:
        raise RefusedError("Kontot är redan taget i bruk.")  # an account on its way out comes back by another door
    today = timezone.localdate(now)
    named = set(account.assignments.on(today).filter(user__is_active=True).values_list("duty", flat=True))
    for duty in Duty:
        if duty not in named:
            raise RefusedError(f"{duty.label} saknas. Utse någon innan kontot tas i bruk.")
    try:
        address = read_address(web_address, account.platform.address_rule)
    except AddressError as error:
        raise RefusedError(str(error), field="web_address") from error
    account.web_address, account.handle, account.canonical_key = address.url, address.handle, address.key
    account.status, account.in_use_since = AccountStatus.ACTIVE, today
    try:
        with transaction.atomic():
            account.record(by=by, now=now, reason="Taget i bruk, adressen bekräftad")
    except IntegrityError as error:
        refusal = f"Ett annat konto i registret har redan adressen {address.url}."
        raise RefusedError(refusal, field="web_address") from error
    return account


@transaction.atomic
def follow_unit(unit: Unit, *, by: User, now: datetime) -> int:
    """Move a unit's accounts to the board that the unit now belongs to (R02); return how many moved.

    Call it in the transaction that moves the unit: PostgreSQL checks at commit that the two agree.
    """
    accounts = Account.objects.select_for_update().filter(unit=unit).exclude(board=unit.board)
    for account in accounts:
        account.board = unit.board
        account.record(by=by, now=now, reason=f"Verksamheten {unit} hör nu till {unit.board}")
    return len(accounts)
