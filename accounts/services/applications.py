"""Bilaga 1 from the applicant's side: send, withdraw, and who is asked to decide (R03, R39, R40)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.addresses import AddressError, read_address
from accounts.bilaga1 import CHECKLIST, CHECKLIST_VERSION
from accounts.enums import OPEN_APPLICATION, ApplicationStatus
from accounts.models import Account, Application, Draft, Unit, User
from accounts.services import notices
from accounts.workflow import require_application_step
from laholm_sociala.common.errors import RefusedError

ALREADY_APPLIED_FOR: Final = "En uppstart för {url} är redan på väg."


@dataclass(frozen=True)
class Taken:
    """An address that has its account already, or somebody who applies for it: what it is, and where it stands."""

    record: Account | Application
    words: str
    ask: str

    @property
    def is_account(self) -> bool:
        """Whether it stands in the register."""
        return isinstance(self.record, Account)


@transaction.atomic
def submit(draft_id: UUID, *, content: Mapping[str, object], by: User, now: datetime) -> Application:
    """Send Bilaga 1 to the nearest manager, for the first time or again after it was sent back.

    `content` is the form's cleaned data. The draft goes in the same transaction, and the manager's mail with it.
    Raises RefusedError when the account exists or is already applied for, when the artistic exemption is claimed
    without a motivation (R26), or when the application is not with the applicant; Draft.DoesNotExist when the draft
    is somebody else's or already sent.
    """
    draft = Draft.objects.select_for_update().get(pk=draft_id, owner=by)
    application = _locked(draft.application_id) if draft.application_id else Application(pk=draft.pk, applicant=by)
    again = draft.application_id is not None
    if again:
        require_application_step(application.status, ApplicationStatus.SUBMITTED)
    _fill(application, content)
    _refuse_exemption_without_motivation(application)
    _refuse_duplicate(application)
    application.status = ApplicationStatus.SUBMITTED
    application.submitted_at = now
    application.approving_unit = approving_unit(application.unit, by)
    application.named_manager = None
    application.reminded_at = application.escalated_at = application.escalation_unit = None
    reason = "Skickad igen till chefen" if again else "Skickad till chefen"
    try:
        with transaction.atomic():
            application.record(by=by, now=now, reason=reason)
    except IntegrityError as error:
        # The same account twice, or the same draft: both are already on their way.
        if "one_open_application_per_account" in str(error) or "accounts_application_pkey" in str(error):
            raise RefusedError(ALREADY_APPLIED_FOR.format(url=application.web_address), field="web_address") from error
        raise
    draft.delete()
    notices.ask_managers(application, now=now)
    return application


def preview(*, content: Mapping[str, object], by: User, now: datetime) -> Application:
    """Return the application as it would be sent, unsaved, for the preview."""
    application = Application(applicant=by, submitted_at=now)
    _fill(application, content)
    application.approving_unit = approving_unit(application.unit, by)
    return application


@transaction.atomic
def withdraw(application_id: UUID, *, by: User, now: datetime) -> Application:
    """Take back an application that is not decided yet. Only the applicant may.

    Raises RefusedError when the manager has already decided.
    """
    application = _locked(application_id)
    if application.applicant_id != by.pk:
        raise PermissionDenied
    require_application_step(application.status, ApplicationStatus.WITHDRAWN)
    application.status = ApplicationStatus.WITHDRAWN
    application.record(by=by, now=now, reason="Återtagen")
    Draft.objects.filter(application=application).delete()
    return application


@transaction.atomic
def name_manager(application_id: UUID, *, manager: User, by: User, now: datetime) -> Application:
    """Name who decides, where nobody up the unit tree can (R03). Kommunikationsenheten may, and only then.

    Raises RefusedError when somebody can decide already, or when the one named is the applicant or has left.
    """
    if not by.may("accounts.register_application"):
        raise PermissionDenied
    application = _locked(application_id)
    if application.status != ApplicationStatus.SUBMITTED or application.managers(timezone.localdate(now)):
        raise RefusedError("Uppstarten har redan en chef som kan besluta.")
    if manager.pk == application.applicant_id or not manager.is_active:
        raise RefusedError("Välj någon annan än den som fyllde i uppstarten.", field="manager")
    application.named_manager = manager
    application.reminded_at = application.escalated_at = application.escalation_unit = None
    application.record(by=by, now=now, reason="Kommunikationsenheten utsåg vem som beslutar")
    notices.ask_managers(application, now=now)
    return application


def approving_unit(unit: Unit, applicant: User) -> Unit | None:
    """Return the first unit up the tree whose manager can decide: an active person who is not the applicant (R03).

    Units in between, of whom there are few, cost a query each.
    """
    return first_unit_led_by_another(unit, {applicant.pk})


def first_unit_led_by_another(unit: Unit | None, than: Collection[UUID]) -> Unit | None:
    """Return the unit, or the first above it, whose manager is an active person and none of these."""
    while unit is not None:
        if unit.manager is not None and unit.manager.is_active and unit.manager.pk not in than:
            return unit
        unit = unit.parent
    return None


def _locked(application_id: UUID) -> Application:
    # `of` self: the joined rows are only read, and locking a unit would make all its applications wait.
    return Application.objects.presented().select_for_update(of=("self",)).get(pk=application_id)


def _fill(application: Application, content: Mapping[str, object]) -> None:
    for field in application.content_fields:
        if field in content:
            setattr(application, field, content[field])
    application.checklist = list(CHECKLIST)
    application.checklist_version = CHECKLIST_VERSION
    application.in_core_of_culture = application.unit.is_culture_and_leisure
    if not application.artistic_exemption:
        application.artistic_motivation = ""
    try:
        address = read_address(application.web_address, application.platform.address_rule)
    except AddressError as error:
        raise RefusedError(str(error)) from error
    application.web_address, application.canonical_key = address.url, address.key


def _refuse_exemption_without_motivation(application: Application) -> None:
    needed = application.artistic_exemption and not application.in_core_of_culture
    if needed and not application.artistic_motivation.strip():
        raise RefusedError("Skriv varför undantaget gäller för kontot.", field="artistic_motivation")


def taken_by(canonical_key: str, *, apart_from: UUID | None = None) -> Taken | None:
    """Return the account that has the address, or the application that is on its way for it; None when it is free.

    `apart_from` is the application at hand. The account is shown, never made twice (R06).
    """
    account = Account.objects.filter(canonical_key=canonical_key).select_related("unit", "platform").first()
    if account is not None:
        status = account.get_status_display().lower()
        words = f"Kontot finns redan i registret: {account}, {account.unit.name}, {status}."
        return Taken(account, words, account.unit.email or settings.COMMUNICATIONS_EMAIL)
    others = Application.objects.filter(canonical_key=canonical_key, status__in=OPEN_APPLICATION)
    if apart_from is not None:
        others = others.exclude(pk=apart_from)
    other = others.select_related("unit", "platform").first()
    if other is None:
        return None
    status = other.get_status_display().lower()
    on_its_way = ALREADY_APPLIED_FOR.format(url=other.web_address).removesuffix(".")
    words = f"{on_its_way}: {other}, {other.unit.name}, {status}."
    return Taken(other, words, settings.COMMUNICATIONS_EMAIL)


def _refuse_duplicate(application: Application) -> None:
    taken = taken_by(application.canonical_key, apart_from=application.pk)
    if taken is not None:
        raise RefusedError(taken.words, field="web_address")
