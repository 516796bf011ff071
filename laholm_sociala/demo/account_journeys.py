"""What the example people have done: each account from Bilaga 1 to use, at the pace of a municipality."""

from datetime import datetime, timedelta

from accounts.bilaga1 import CHECKLIST, fingerprint
from accounts.enums import DecisionKind, LegalGround, SignInMethod
from accounts.models import Account, Application, Decision, Platform, Unit, User
from accounts.services import applications, decisions, drafts, forms, register
from laholm_sociala.demo import past
from laholm_sociala.demo.account_texts import (
    COMMENT,
    DRAFT,
    IN_USE,
    PLANNED,
    SENT_BACK,
    WAITING_FOR_MANAGER,
    WAITING_FOR_REGISTRATION,
    ExampleAccount,
)
from laholm_sociala.demo.people import example_id

REGISTRAR = "kommunikator"


def live_through(now: datetime) -> None:
    """Do everything the example people have done, oldest first."""
    for example in sorted(IN_USE, key=lambda account: -account.days_ago):
        account = _register(example, now)
        register.take_into_use(
            account.pk,
            web_address=example.web_address,
            by=_person(example.responsible),
            now=past.moment(now, example.days_ago - 5, "08.30"),
        )
    _register(PLANNED, now)
    _send_back(SENT_BACK, now)
    _approve(WAITING_FOR_REGISTRATION, now)
    _submit(WAITING_FOR_MANAGER, now)
    _write_draft(now)


def make_forms() -> None:
    """Make the forms of what is approved and has none, as if at once after each decision."""
    waiting = Decision.objects.filter(kind=DecisionKind.APPROVED, approved_form__isnull=True)
    for decision in waiting.order_by("decided_at"):
        forms.make_form(decision.pk, now=decision.decided_at + timedelta(minutes=1))


def _register(example: ExampleAccount, now: datetime) -> Account:
    application = _approve(example, now)
    return register.register(
        application.pk,
        summary=example.summary,
        consultation=application.consultation_in_words,
        by=_person(REGISTRAR),
        now=past.moment(now, example.days_ago - 3, "10.05"),
    )


def _approve(example: ExampleAccount, now: datetime) -> Application:
    application = _submit(example, now)
    decisions.approve(
        application.pk,
        seen_sha256=fingerprint(application.canonical_content()),
        sign_in_method=SignInMethod.DEMO,
        by=_manager(application),
        now=past.moment(now, example.days_ago - 2, "13.40"),
    )
    return Application.objects.presented().get(pk=application.pk)


def _send_back(example: ExampleAccount, now: datetime) -> Decision:
    application = _submit(example, now)
    return decisions.send_back(
        application.pk,
        comment=COMMENT,
        seen_sha256=fingerprint(application.canonical_content()),
        sign_in_method=SignInMethod.DEMO,
        by=_manager(application),
        now=past.moment(now, example.days_ago - 2, "16.20"),
    )


def _submit(example: ExampleAccount, now: datetime) -> Application:
    sent_at = past.moment(now, example.days_ago, "15.10")
    applicant = _person(example.responsible)
    draft = drafts.save_draft(example_id("draft", example.key), typed={}, by=applicant, now=sent_at)
    application = applications.submit(draft.pk, content=_content(example, sent_at), by=applicant, now=sent_at)
    return Application.objects.presented().get(pk=application.pk)


def _content(example: ExampleAccount, sent_at: datetime) -> dict[str, object]:
    return {
        "unit": Unit.objects.select_related("manager", "parent__manager").get(pk=example_id("unit", example.unit)),
        "web_address": example.web_address,
        "platform": Platform.objects.get(code=example.platform),
        "account_name": example.name,
        "purpose": example.purpose,
        "audience": example.audience,
        "topics": example.topics,
        "uses": [use.value for use in example.uses],
        "responsible": _person(example.responsible),
        "substitute": _person(example.substitute),
        "legal_ground": LegalGround.PUBLIC_INTEREST.value,
        "consulted_with": "Kommunikatör, kommunikationsenheten",
        "consulted_on": past.working_days_before(sent_at.date(), 2),
        "consultation_advice": example.advice,
    }


def _write_draft(now: datetime) -> None:
    owner = _person("bibliotekarie")
    typed: dict[str, object] = {
        **DRAFT,
        "unit": str(owner.unit_id),
        "platform": str(Platform.objects.get(code="facebook").pk),
        "responsible": str(owner.pk),
        "checklist": ["0", str(len(CHECKLIST) - 1)],
        "legal_ground": LegalGround.PUBLIC_INTEREST.value,
    }
    drafts.save_draft(example_id("draft", "sagostund"), typed=typed, by=owner, now=past.moment(now, 1, "08.41"))


def _person(key: str) -> User:
    return User.objects.presented().get(pk=example_id("person", key))


def _manager(application: Application) -> User:
    return application.managers(application.submitted_at.date())[0]
