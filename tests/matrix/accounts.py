"""The addresses of accounts."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Model

from accounts.bilaga1 import fingerprint
from accounts.models import (
    Account,
    AccountImport,
    Application,
    ApprovedForm,
    Decision,
    Deputy,
    Invitation,
    MissionStatement,
    SavedView,
)
from accounts.services import imports
from accounts.services.calendar import save_calendar, with_day
from accounts.services.decisions import Paper, attach_signed_form
from accounts.services.limits import calendar_now
from tests.accounts.closings import asked_for
from tests.cast import Cast
from tests.clock import NOW
from tests.factories import (
    AbsenceFactory,
    ApplicationFactory,
    LogoExemptionFactory,
    PlatformAdministratorFactory,
    PlatformFactory,
    UserFactory,
    approve,
    make_draft,
    send_back,
)
from tests.matrix.records import FILE, library_account
from tests.matrix.roles import (
    COMMUNICATIONS,
    DECIDES,
    LOOKS_AFTER,
    NOBODY,
    NOT_EVEN_ANONYMOUS,
    PART_IN_IT,
    LeadsTo,
    Rows,
    everyone,
    only,
    seen,
    staff,
)

ADMINISTRATOR = only("administrator")
ABSENCE = only("applicant", *DECIDES, others=404)


def closing_account(cast: Cast) -> Account:
    """An account that the librarian has asked to have closed."""
    account = library_account(cast, active=True)
    asked_for(account, by=cast.librarian)
    return account


# For each name, who gets what by GET and by POST.
ROWS: Rows = {
    "accounts:public-list": (everyone(200), NOT_EVEN_ANONYMOUS),
    "accounts:public-account": (everyone(200), NOT_EVEN_ANONYMOUS),
    "accounts:account-check": (everyone(200), NOT_EVEN_ANONYMOUS),
    "accounts:application-start": (staff(200), NOBODY),
    "accounts:draft-edit": (only("applicant", others=404), only("applicant", others=404)),
    # Who was signed out meanwhile is told so in the line, and nothing is kept.
    "accounts:draft-autosave": (NOT_EVEN_ANONYMOUS, {**only("applicant", others=404), "anonymous": 200}),
    "accounts:draft-preview": (only("applicant", others=404), NOBODY),
    "accounts:draft-send": (NOBODY, only("applicant", others=404)),
    "accounts:draft-discard": (only("applicant", others=404), only("applicant", status=302, others=404)),
    "accounts:application-list": (staff(200), NOBODY),
    "accounts:application-detail": (seen(*PART_IN_IT), NOBODY),
    "accounts:application-history": (seen(*PART_IN_IT), NOBODY),
    "accounts:application-form-pdf": (seen(*PART_IN_IT), NOBODY),
    "accounts:application-withdraw": (seen("applicant"), seen("applicant", status=302)),
    "accounts:application-revise": (NOBODY, seen("applicant", status=302)),
    "accounts:application-approve": (seen(*DECIDES), seen(*DECIDES)),
    "accounts:application-send-back": (seen(*DECIDES), seen(*DECIDES)),
    "accounts:application-reject": (seen(*DECIDES), seen(*DECIDES)),
    "accounts:application-register": (COMMUNICATIONS, COMMUNICATIONS),
    "accounts:application-void-approval": (COMMUNICATIONS, COMMUNICATIONS),
    "accounts:application-name-manager": (COMMUNICATIONS, COMMUNICATIONS),
    "accounts:application-paper": (COMMUNICATIONS, COMMUNICATIONS),
    "accounts:application-paper-file": (seen(*PART_IN_IT), NOBODY),
    "accounts:platform-list": (COMMUNICATIONS, NOBODY),
    "accounts:platform-add": (COMMUNICATIONS, COMMUNICATIONS),
    "accounts:platform-edit": (COMMUNICATIONS, COMMUNICATIONS),
    "accounts:platform-history": (COMMUNICATIONS, NOBODY),
    "accounts:guidance": (staff(200), staff(200)),
    "accounts:calendar": (COMMUNICATIONS, NOBODY),
    "accounts:calendar-week": (COMMUNICATIONS, COMMUNICATIONS),
    "accounts:calendar-day-add": (COMMUNICATIONS, COMMUNICATIONS),
    "accounts:calendar-day-edit": (COMMUNICATIONS, COMMUNICATIONS),
    "accounts:calendar-day-remove": (COMMUNICATIONS, COMMUNICATIONS),
    "accounts:guideline": (COMMUNICATIONS, NOBODY),
    "accounts:guideline-change": (COMMUNICATIONS, COMMUNICATIONS),
    "accounts:guideline-review": (COMMUNICATIONS, COMMUNICATIONS),
    "accounts:account-list": (COMMUNICATIONS, NOBODY),
    "accounts:account-list-csv": (COMMUNICATIONS, NOBODY),
    "accounts:account-list-excel": (COMMUNICATIONS, NOBODY),
    "accounts:saved-view-save": (NOBODY, only("communications", status=302)),
    "accounts:saved-view-forget": (NOBODY, only("communications", status=302)),
    "accounts:account-detail": (seen(*LOOKS_AFTER), NOBODY),
    "accounts:account-history": (seen(*LOOKS_AFTER), NOBODY),
    "accounts:account-take-into-use": (seen("applicant", "communications"), seen("applicant", "communications")),
    "accounts:account-complete": (seen(*LOOKS_AFTER), seen(*LOOKS_AFTER, status=302)),
    "accounts:import-list": (COMMUNICATIONS, COMMUNICATIONS),
    "accounts:import-template-excel": (COMMUNICATIONS, NOBODY),
    "accounts:import-template-csv": (COMMUNICATIONS, NOBODY),
    "accounts:import-detail": (COMMUNICATIONS, NOBODY),
    "accounts:import-progress": (only("communications", status=302), NOBODY),
    "accounts:import-apply": (NOBODY, only("communications", status=302)),
    "accounts:my-accounts": (staff(200), NOBODY),
    "accounts:absence-list": (staff(200), staff(200)),
    # The applicant's own: the manager and the deputy see it, kommunikationsenheten does not.
    "accounts:absence-edit": (ABSENCE, ABSENCE),
    "accounts:absence-end": (NOBODY, only("applicant", *DECIDES, status=302, others=404)),
    "accounts:absence-history": (ABSENCE, NOBODY),
    "accounts:account-people": (seen(*LOOKS_AFTER), seen(*LOOKS_AFTER)),
    "accounts:assignment-end": (seen(*LOOKS_AFTER), seen(*LOOKS_AFTER)),
    "accounts:account-login": (seen(*LOOKS_AFTER), seen(*LOOKS_AFTER)),
    "accounts:account-login-verify": (NOBODY, seen(*LOOKS_AFTER, status=302)),
    "accounts:account-administrators": (seen(*LOOKS_AFTER), seen(*LOOKS_AFTER)),
    "accounts:account-administrator-remove": (NOBODY, seen(*LOOKS_AFTER, status=302)),
    "accounts:account-sender": (seen(*LOOKS_AFTER), seen(*LOOKS_AFTER, status=302)),
    "accounts:account-visitors": (seen(*LOOKS_AFTER), seen(*LOOKS_AFTER, status=302)),
    "accounts:account-mission": (seen(*LOOKS_AFTER), seen(*LOOKS_AFTER)),
    "accounts:account-mission-pdf": (seen(*LOOKS_AFTER), NOBODY),
    "accounts:account-close": (seen(*LOOKS_AFTER), seen(*LOOKS_AFTER)),
    "accounts:account-closing": (seen(*LOOKS_AFTER), NOBODY),
    "accounts:closing-confirm": (NOBODY, seen(*DECIDES, status=302)),
    "accounts:closing-withdraw": (seen(*LOOKS_AFTER), seen(*LOOKS_AFTER, status=302)),
    "accounts:logo-exemption-request": (seen(*LOOKS_AFTER), seen(*LOOKS_AFTER)),
    "accounts:logo-exemption-decide": (seen("communications"), seen("communications")),
    "accounts:logo-exemption-revoke": (seen("communications"), seen("communications")),
    "accounts:administration": (ADMINISTRATOR, NOBODY),
    "accounts:user-list": (ADMINISTRATOR, NOBODY),
    "accounts:user-invite": (ADMINISTRATOR, ADMINISTRATOR),
    "accounts:user-edit": (ADMINISTRATOR, ADMINISTRATOR),
    "accounts:user-deactivate": (ADMINISTRATOR, only("administrator", status=302)),
    "accounts:user-activate": (ADMINISTRATOR, only("administrator", status=302)),
    "accounts:user-reset-second-step": (ADMINISTRATOR, only("administrator", status=302)),
    "accounts:user-invite-again": (NOBODY, only("administrator", status=302)),
    "accounts:user-history": (ADMINISTRATOR, NOBODY),
    "accounts:invitation-accept": (everyone(200), everyone(200)),
    "accounts:organisation": (ADMINISTRATOR, NOBODY),
    "accounts:board-add": (ADMINISTRATOR, ADMINISTRATOR),
    "accounts:board-edit": (ADMINISTRATOR, ADMINISTRATOR),
    "accounts:board-history": (ADMINISTRATOR, NOBODY),
    "accounts:unit-add": (ADMINISTRATOR, ADMINISTRATOR),
    "accounts:unit-edit": (ADMINISTRATOR, ADMINISTRATOR),
    "accounts:unit-history": (ADMINISTRATOR, NOBODY),
    "accounts:deputy-add": (ADMINISTRATOR, ADMINISTRATOR),
    "accounts:deputy-end": (ADMINISTRATOR, only("administrator", status=302)),
}


def library_application(cast: Cast, step: Callable[[Application], Application] | None = None) -> Application:
    application = ApplicationFactory(unit=cast.library, applicant=cast.librarian, substitute=cast.assistant)
    return step(application) if step else application


def application_with_form(cast: Cast) -> Application:
    application = library_application(cast, approve)
    decision = Decision.objects.get(application=application)
    ApprovedForm.objects.create(decision=decision, pdf=b"%PDF", made_at=NOW, **FILE)
    return application


def account_and(name: str, made: Callable[[Account], Model]) -> Callable[[Cast], dict[str, object]]:
    """Lead to an account of the library's and one thing that belongs to it."""

    def lead(cast: Cast) -> dict[str, object]:
        account = library_account(cast)
        return {"pk": account.pk, name: made(account).pk}

    return lead


def mission_statement(cast: Cast) -> dict[str, object]:
    account = library_account(cast)
    MissionStatement.objects.create(
        account=account, version=1, content="Syfte", pdf=b"%PDF", made_by=cast.librarian, made_at=NOW, **FILE
    )
    return {"pk": account.pk, "version": 1}


def invited(cast: Cast) -> dict[str, object]:
    token = "en-inbjudan"
    Invitation.objects.create(
        user=UserFactory(unit=cast.library),
        token_sha256=hashlib.sha256(token.encode()).hexdigest(),
        sent_at=NOW,
        expires_at=NOW + timedelta(days=7),
    )
    return {"token": token}


def uploaded_file(cast: Cast) -> AccountImport:
    return imports.upload(file_name="konton.csv", content=b"URL;Enhet", by=cast.communicator, now=NOW)


def klamdag(cast: Cast) -> str:
    content = with_day(calendar_now().content, date(2026, 11, 30), hours=[], label="klämdag")
    save_calendar(content, seen=1, by=cast.communicator, now=NOW)
    return "2026-11-30"


def application_on_paper(cast: Cast) -> Application:
    application = library_application(cast)
    attach_signed_form(
        application.pk,
        paper=Paper("bilaga.pdf", "application/pdf", b"%PDF"),
        signer=cast.manager,
        signed_on=NOW.date(),
        seen_sha256=fingerprint(application.canonical_content()),
        by=cast.communicator,
        now=NOW,
    )
    return application


# What stands in the address: the first line whose name begins the address's own.
LEADS_TO: LeadsTo = {
    "accounts:application-form-pdf": application_with_form,
    "accounts:application-register": lambda cast: library_application(cast, approve),
    "accounts:application-void-approval": lambda cast: library_application(cast, approve),
    "accounts:application-revise": lambda cast: library_application(cast, send_back),
    "accounts:application-paper-file": application_on_paper,
    "accounts:application-": library_application,
    "accounts:platform-": lambda cast: PlatformFactory(),
    "accounts:calendar-day-": lambda cast: {"day": klamdag(cast)},
    "accounts:public-account": lambda cast: library_account(cast, active=True),
    "accounts:account-administrator-remove": account_and(
        "administrator_pk", lambda account: PlatformAdministratorFactory(account=account)
    ),
    "accounts:account-mission-pdf": mission_statement,
    "accounts:account-close": lambda cast: library_account(cast, active=True),
    "accounts:account-closing": closing_account,
    "accounts:closing-": closing_account,
    "accounts:account-": library_account,
    "accounts:absence-": lambda cast: AbsenceFactory(user=cast.librarian),
    "accounts:assignment-end": account_and("assignment_pk", lambda account: account.assignments.first()),
    "accounts:logo-exemption-request": library_account,
    "accounts:logo-exemption-decide": account_and(
        "exemption_pk", lambda account: LogoExemptionFactory(account=account)
    ),
    "accounts:logo-exemption-revoke": account_and(
        "exemption_pk", lambda account: LogoExemptionFactory(account=account)
    ),
    "accounts:draft-": lambda cast: make_draft(cast.librarian, account_name="Sagostunden"),
    "accounts:saved-view-forget": lambda cast: SavedView.objects.create(
        owner=cast.communicator, name="Mina", query="q=a"
    ),
    "accounts:user-activate": lambda cast: UserFactory(unit=cast.library, is_active=False),
    "accounts:user-": lambda cast: UserFactory(unit=cast.library),
    "accounts:board-": lambda cast: cast.culture_board,
    "accounts:deputy-end": lambda cast: Deputy.objects.get(unit=cast.library),
    "accounts:deputy-add": lambda cast: cast.library,
    "accounts:unit-": lambda cast: cast.library,
    "accounts:invitation-accept": invited,
    "accounts:import-": uploaded_file,
}
