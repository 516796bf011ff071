"""Example records. Each is saved as everything is: by `record`, with an actor, a moment and a reason.

`ApplicationFactory` writes a submitted Bilaga 1; the functions below it take one further, through the real services.
Any factory takes `by=`, `now=` and `reason=` for the history row: `UnitFactory(by=cast.administrator)`.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import factory
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait

from accounts.addresses import read_address
from accounts.bilaga1 import CHECKLIST, CHECKLIST_VERSION, fingerprint
from accounts.enums import AccountStatus, ApplicationStatus, Duty, LegalGround, ReviewOutcome, SignInMethod, Use
from accounts.models import (
    Absence,
    Account,
    Application,
    Assignment,
    Board,
    Closing,
    Deputy,
    Draft,
    Guideline,
    GuidelineReview,
    LogoExemption,
    Platform,
    PlatformAdministrator,
    RoleAssignment,
    Unit,
    User,
)
from accounts.models.people import SYSTEM_USER_ID
from accounts.services import applications, decisions, register
from accounts.services.applications import approving_unit
from accounts.services.drafts import typed_from
from tests.clock import NOW
from tests.passwords import hashed_password

EXAMPLE = "Upplagt för prov"
SUMMARY = "Boktips, evenemang och öppettider."
CONSULTATION = "Kommunikatören 2026-11-20: håll er till ett konto."


class RecordedFactory(factory.Factory):
    """Saves with history, as the system user unless told otherwise."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type, *args: Any, **attributes: Any) -> Any:
        by = attributes.pop("by", None) or User(pk=SYSTEM_USER_ID)
        now = attributes.pop("now", NOW - timedelta(days=30))
        # Some records have a reason of their own, which is theirs.
        has_reason = any(field.name == "reason" for field in model_class._meta.get_fields())
        reason = EXAMPLE if has_reason else attributes.pop("reason", EXAMPLE)
        record = model_class(**attributes)
        record.record(by=by, now=now, reason=reason)
        return record

    @classmethod
    def _build(cls, model_class: type, *args: Any, **attributes: Any) -> Any:
        fields = {field.attname for field in model_class._meta.concrete_fields}
        fields |= {field.name for field in model_class._meta.concrete_fields}
        return model_class(**{name: value for name, value in attributes.items() if name in fields})


class BoardFactory(RecordedFactory):
    class Meta:
        model = Board

    name = Sequence(lambda number: f"Provnämnd {number}")
    public_name = SelfAttribute("name")


class UserFactory(RecordedFactory):
    """A colleague without roles. Signs in with `tests.passwords.PASSWORD`."""

    class Meta:
        model = User

    email = Sequence(lambda number: f"medarbetare{number}@laholm.example")
    name = Sequence(lambda number: f"Medarbetare {number}")
    title = "handläggare"
    password = LazyFunction(hashed_password)


class UnitFactory(RecordedFactory):
    """A verksamhet below no other, without a manager. `with_manager=True` gives it one."""

    class Meta:
        model = Unit

    class Params:
        with_manager = Trait(manager=SubFactory(UserFactory, title="enhetschef"))

    name = Sequence(lambda number: f"Verksamhet {number}")
    board = SubFactory(BoardFactory)
    email = Sequence(lambda number: f"verksamhet{number}@laholm.example")


class RoleAssignmentFactory(RecordedFactory):
    """A role given to a person: `RoleAssignmentFactory(user=…, role_id="registrator", board=…)`."""

    class Meta:
        model = RoleAssignment

    user = SubFactory(UserFactory)
    role_id = "kommunikationsenheten"


class DeputyFactory(RecordedFactory):
    """A ställföreträdande chef since a month, until further notice."""

    class Meta:
        model = Deputy

    unit = SubFactory(UnitFactory, with_manager=True)
    user = SubFactory(UserFactory)
    from_date = (NOW - timedelta(days=30)).date()


class PlatformFactory(RecordedFactory):
    """A platform of one's own. Those that are installed: `platform("instagram")`."""

    class Meta:
        model = Platform

    code = Sequence(lambda number: f"kanal{number}")
    name = Sequence(lambda number: f"Kanal {number}")
    hosts = LazyAttribute(lambda made: [f"{made.code}.example"])
    patterns = [r"^/(?P<handle>[a-z0-9._-]+)$"]
    address_form = LazyAttribute(lambda made: f"https://{made.code}.example/{{handle}}")
    example = LazyAttribute(lambda made: f"https://{made.code}.example/laholm")


def platform(code: str) -> Platform:
    """Return one of the installed platforms."""
    return Platform.objects.get(code=code)


def _canonical_key(made: Any) -> str:
    return read_address(made.web_address, made.platform.address_rule).key


class ApplicationFactory(RecordedFactory):
    """Bilaga 1 as sent to the nearest manager, without the mail. Its unit has a manager unless one is given."""

    class Meta:
        model = Application

    class Params:
        handle = Sequence(lambda number: f"laholmsbibliotek{number}")

    now = NOW - timedelta(days=1)
    reason = "Skickad till chefen"
    by = SelfAttribute("applicant")
    unit = SubFactory(UnitFactory, with_manager=True)
    applicant = SubFactory(UserFactory, unit=SelfAttribute("..unit"))
    responsible = SelfAttribute("applicant")
    substitute = SubFactory(UserFactory, unit=SelfAttribute("..unit"))
    platform = LazyFunction(lambda: platform("instagram"))
    web_address = LazyAttribute(lambda made: f"https://www.instagram.com/{made.handle}")
    canonical_key = LazyAttribute(_canonical_key)
    account_name = LazyAttribute(
        lambda made: f"Laholms bibliotek {made.handle.removeprefix('laholmsbibliotek')}".strip()
    )
    purpose = "Fler ska hitta till biblioteken och våra evenemang."
    audience = "Laholmare som läser, och de som ännu inte gör det."
    topics = "Boktips, öppettider, sagostunder."
    checklist = list(CHECKLIST)
    checklist_version = CHECKLIST_VERSION
    uses = [Use.INSIGHT, Use.SERVICE]
    legal_ground = LegalGround.PUBLIC_INTEREST
    consulted_with = "Kommunikatören"
    consulted_on = (NOW - timedelta(days=4)).date()
    consultation_advice = "Håll er till ett konto."
    status = ApplicationStatus.SUBMITTED
    submitted_at = SelfAttribute("now")
    approving_unit = LazyAttribute(lambda made: approving_unit(made.unit, made.applicant))


CONTENT_FROM_FORM = tuple(
    field for field in Application.content_fields if field not in {"checklist", "checklist_version"}
)


def guideline_review(by: User) -> GuidelineReview:
    """Return kommunstyrelsen's review of the guideline in this mandatperiod, which kept it."""
    return GuidelineReview.objects.create(
        guideline=Guideline.objects.get(),
        outcome=ReviewOutcome.KEPT,
        decided_on=NOW.date(),
        reference="kommunstyrelsen § 200",
        recorded_by=by,
        recorded_at=NOW,
    )


def form_content(**attributes: Any) -> dict[str, Any]:
    """Return what the form of Bilaga 1 hands to `submit`. Give `unit=`, `responsible=` and `substitute=`, and more."""
    application = ApplicationFactory.build(applicant=None, approving_unit=None, **attributes)
    return {field: getattr(application, field) for field in CONTENT_FROM_FORM}


def make_draft(owner: User, *, application: Application | None = None, **typed: Any) -> Draft:
    """Return a draft of the owner's, saved now; of a returned application when it is given."""
    filled = {**typed_from(application), **typed} if application else typed
    return Draft.objects.create(id=uuid4(), owner=owner, application=application, typed=filled, saved_at=NOW)


def manager_of(application: Application, now: datetime = NOW) -> User:
    """Return who decides that day: the manager, else the first deputy."""
    return Application.objects.get(pk=application.pk).managers(now.date())[0]


def approve(application: Application, *, by: User | None = None, now: datetime = NOW) -> Application:
    """Approve as the nearest manager, signed in by MFA, and return the application as it became."""
    decisions.approve(
        application.pk,
        seen_sha256=fingerprint(application.canonical_content()),
        sign_in_method=SignInMethod.MFA,
        by=by or manager_of(application, now),
        now=now,
    )
    return Application.objects.get(pk=application.pk)


def send_back(
    application: Application, *, by: User | None = None, now: datetime = NOW, comment: str = "Skriv vilka ni vill nå."
) -> Application:
    """Send back as the nearest manager, and return the application as it became."""
    decisions.send_back(
        application.pk,
        comment=comment,
        seen_sha256=fingerprint(application.canonical_content()),
        sign_in_method=SignInMethod.MFA,
        by=by or manager_of(application, now),
        now=now,
    )
    return Application.objects.get(pk=application.pk)


def reject(application: Application, *, by: User | None = None, now: datetime = NOW) -> Application:
    """Say no as the nearest manager, and return the application as it became."""
    decisions.reject(
        application.pk,
        comment="Vi har redan ett konto för det.",
        seen_sha256=fingerprint(application.canonical_content()),
        sign_in_method=SignInMethod.MFA,
        by=by or manager_of(application, now),
        now=now,
    )
    return Application.objects.get(pk=application.pk)


def communicator() -> User:
    """Return a new colleague at kommunikationsenheten."""
    return RoleAssignmentFactory(user__title="kommunikatör", role_id="kommunikationsenheten").user


def approved_application(**attributes: Any) -> Application:
    """Return an application that waits for registration."""
    return approve(ApplicationFactory(**attributes))


def returned_application(**attributes: Any) -> Application:
    """Return an application that is back with the applicant."""
    return send_back(ApplicationFactory(**attributes))


def rejected_application(**attributes: Any) -> Application:
    """Return an application that the manager said no to."""
    return reject(ApplicationFactory(**attributes))


def withdrawn_application(**attributes: Any) -> Application:
    """Return an application that the applicant took back."""
    application = ApplicationFactory(**attributes)
    return applications.withdraw(application.pk, by=application.applicant, now=NOW)


def registered_account(*, by: User | None = None, now: datetime = NOW, **attributes: Any) -> Account:
    """Return a planned account with its two people, from an approved application registered by the real service."""
    application = approved_application(**attributes)
    return register.register(
        application.pk, summary=SUMMARY, consultation=CONSULTATION, by=by or communicator(), now=now
    )


def account_in_use(*, by: User | None = None, now: datetime = NOW, **attributes: Any) -> Account:
    """Return an account on the public list, taken into use by the real service."""
    by = by or communicator()
    account = registered_account(by=by, now=now, **attributes)
    return register.take_into_use(account.pk, web_address=account.web_address, by=by, now=now)


class AccountFactory(RecordedFactory):
    """A planned account without an application; `active=True` for one in use.

    `responsible=` and `substitute=` name its people; without them it has none.
    """

    class Meta:
        model = Account

    class Params:
        active = Trait(status=AccountStatus.ACTIVE, in_use_since=(NOW - timedelta(days=20)).date())

    platform = LazyFunction(lambda: platform("facebook"))
    handle = Sequence(lambda number: f"laholmskonto{number}")
    name = Sequence(lambda number: f"Laholmskonto {number}")
    web_address = LazyAttribute(
        lambda made: made.platform.address_form.format(handle=made.handle, host="laholm.example")
    )
    canonical_key = LazyAttribute(_canonical_key)
    unit = SubFactory(UnitFactory)
    board = SelfAttribute("unit.board")
    status = AccountStatus.PLANNED
    summary = SUMMARY
    purpose = "Fler ska hitta till oss."
    audience = "Alla i kommunen."
    topics = "Nyheter och öppettider."
    uses = [Use.INSIGHT]
    legal_ground = LegalGround.PUBLIC_INTEREST
    registered_at = NOW - timedelta(days=25)

    @factory.post_generation
    def responsible(self, create: bool, person: User | None, **options: Any) -> None:
        if person is not None:
            AssignmentFactory(account=self, user=person)

    @factory.post_generation
    def substitute(self, create: bool, person: User | None, **options: Any) -> None:
        if person is not None:
            AssignmentFactory(account=self, user=person, duty=Duty.SUBSTITUTE)


class AssignmentFactory(RecordedFactory):
    """A responsible person since a month, until further notice."""

    class Meta:
        model = Assignment

    account = SubFactory(AccountFactory)
    user = SubFactory(UserFactory)
    duty = Duty.RESPONSIBLE
    from_date = (NOW - timedelta(days=25)).date()


class AbsenceFactory(RecordedFactory):
    """A person who is away from today on, until further notice."""

    class Meta:
        model = Absence

    user = SubFactory(UserFactory)
    from_date = NOW.date()


class PlatformAdministratorFactory(RecordedFactory):
    """A person who is administrator of the account on the platform itself."""

    class Meta:
        model = PlatformAdministrator

    account = SubFactory(AccountFactory)
    user = SubFactory(UserFactory)


class ClosingFactory(RecordedFactory):
    """An account under avveckling, that nobody has confirmed yet."""

    class Meta:
        model = Closing

    account = SubFactory(AccountFactory, status=AccountStatus.CLOSING, in_use_since=(NOW - timedelta(days=20)).date())
    reason = "Ett annat konto tar över."
    requested_by = SubFactory(UserFactory)
    requested_at = NOW


class LogoExemptionFactory(RecordedFactory):
    """A request to be without the logo, not decided yet."""

    class Meta:
        model = LogoExemption

    account = SubFactory(AccountFactory)
    reason = "Kontot följer formgivningen hos Region Hallands bibliotek."
    requested_by = SubFactory(UserFactory)
    requested_at = NOW - timedelta(days=3)
