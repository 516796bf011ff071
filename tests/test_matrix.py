"""Every address × every role × GET and POST. An address that is not listed here fails.

A new address gets a row in MATRIX, and in LEADS_TO a record when one stands in it.

What is asked is who gets in: a POST is empty, so 200 is a form with its errors, and 302 a change that was made or a
door that leads elsewhere. What the pages say and do is tested beside each view.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

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
    User,
)
from accounts.services import imports
from accounts.services.calendar import save_calendar, with_day
from accounts.services.decisions import Paper, attach_signed_form
from accounts.services.limits import calendar_now
from archive.models import Document, Forwarding, Series
from archive.services.diary import File
from archive.services.forwarding import receipt_path
from laholm_sociala.handbook.chapters import chapters
from moderation.enums import ViewedPart
from moderation.models import AccessReview, Case
from moderation.reported import Wrong
from moderation.services import blocking, reply_texts
from moderation.services.access import grant_access, note_view
from tests.archive.factories import SeriesFactory, document, forwarded, handed_over, registrar_of
from tests.cast import Cast
from tests.clock import NOW
from tests.factories import (
    AbsenceFactory,
    AccountFactory,
    ApplicationFactory,
    LogoExemptionFactory,
    PlatformAdministratorFactory,
    PlatformFactory,
    UserFactory,
    approve,
    make_draft,
    send_back,
)
from tests.moderation.factories import log_post, picture
from tests.moderation.reporting import reported

pytestmark = pytest.mark.django_db

ROLES = (
    "anonymous",
    "employee",  # of the same unit, with no part in anything
    "applicant",
    "manager",
    "deputy",
    "outsider",  # of another board
    "communications",
    "administrator",
    "registrar",  # of the library's board
)
Row = dict[str, int]


def everyone(status: int) -> Row:
    """The same for all, signed in or not."""
    return dict.fromkeys(ROLES, status)


def staff(status: int) -> Row:
    """The same for all who are signed in; others are sent to sign in."""
    return {**everyone(status), "anonymous": 302}


def only(*roles: str, status: int = 200, others: int = 403) -> Row:
    """One answer for the roles, another for the rest."""
    return {**staff(others), **dict.fromkeys(roles, status)}


NOBODY = staff(405)
WITHIN = ("applicant", "manager", "deputy", "registrar")
WITHIN_THE_BOARD = only(*WITHIN, others=404)
NOT_EVEN_ANONYMOUS = everyone(405)
PART_IN_IT = ("applicant", "manager", "deputy", "communications")
DECIDES = ("manager", "deputy")
LOOKS_AFTER = ("applicant", "manager", "deputy", "communications")


def seen(*roles: str, status: int = 200, instead: int = 403) -> Row:
    """Seeing is a queryset, doing a permission: 404 for those with no part in it, 403 for those who may not."""
    return {**only(*PART_IN_IT, status=instead, others=404), **dict.fromkeys(roles, status)}


FOLLOWS_UP = only("communications", "manager", "deputy")
ADMINISTRATOR = only("administrator")
COMMUNICATIONS = only("communications")
REGISTRAR = only("registrar")
IN_THE_BOARD = only("registrar", others=404)
ABSENCE = only("applicant", *DECIDES, others=404)

# For each name, who gets what by GET and by POST.
MATRIX: dict[str, tuple[Row, Row]] = {
    "to-do": (staff(200), NOBODY),
    "settings": (staff(200), NOBODY),
    "accessibility": (everyone(200), NOT_EVEN_ANONYMOUS),
    "privacy": (everyone(200), NOT_EVEN_ANONYMOUS),
    "health": (everyone(200), NOT_EVEN_ANONYMOUS),
    "handbook": (staff(200), NOBODY),
    "handbook-chapter": (staff(200), NOBODY),
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
    # Nothing ticked, nothing written: back to Att göra with the reason.
    "moderation:supervision": (staff(200), staff(302)),
    "moderation:supervision-missed": (staff(200), NOBODY),
    "moderation:supervision-account": (seen(*LOOKS_AFTER), NOBODY),
    "moderation:supervision-month": (seen(*LOOKS_AFTER), NOBODY),
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
    "accounts:logo-exemption-request": (seen(*LOOKS_AFTER), seen(*LOOKS_AFTER)),
    "accounts:logo-exemption-decide": (seen("communications"), seen("communications")),
    "accounts:logo-exemption-revoke": (seen("communications"), seen("communications")),
    "moderation:case-list": (staff(200), NOBODY),
    # Who was signed out meanwhile is told so where news are told, and asked no more.
    "moderation:case-list-fresh": ({**staff(200), "anonymous": 286}, NOT_EVEN_ANONYMOUS),
    "moderation:case-closed-list": (staff(200), NOBODY),
    # Nothing ticked leads back to the queue.
    "moderation:case-several": (staff(302), staff(302)),
    "moderation:case-take": (NOBODY, seen(*PART_IN_IT, status=302)),
    "moderation:case-let-go": (NOBODY, seen(*PART_IN_IT, status=302)),
    "moderation:case-deadline": (seen(*PART_IN_IT), NOBODY),
    "moderation:case-history": (seen(*PART_IN_IT), NOBODY),
    "moderation:statistics": (FOLLOWS_UP, NOBODY),
    "moderation:statistics-csv": (FOLLOWS_UP, NOBODY),
    "accounts:administration": (ADMINISTRATOR, NOBODY),
    "accounts:user-list": (ADMINISTRATOR, NOBODY),
    "accounts:user-invite": (ADMINISTRATOR, ADMINISTRATOR),
    "accounts:user-edit": (ADMINISTRATOR, ADMINISTRATOR),
    "accounts:user-deactivate": (ADMINISTRATOR, only("administrator", status=302)),
    "accounts:user-activate": (ADMINISTRATOR, only("administrator", status=302)),
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
    "archive:document-list": (REGISTRAR, NOBODY),
    "archive:records-list": (REGISTRAR, NOBODY),
    "archive:document-list-csv": (REGISTRAR, NOBODY),
    "archive:handover-list": (REGISTRAR, NOBODY),
    "archive:handover-detail": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:handover-file": (IN_THE_BOARD, NOBODY),
    "archive:document-register": (REGISTRAR, REGISTRAR),
    "archive:matter-detail": (IN_THE_BOARD, NOBODY),
    "archive:matter-correct": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:matter-close": (NOBODY, only("registrar", status=302, others=404)),
    "archive:matter-reopen": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:matter-cancel": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:matter-history": (IN_THE_BOARD, NOBODY),
    "archive:document-detail": (IN_THE_BOARD, NOBODY),
    "archive:document-correct": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:document-cancel": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:document-history": (IN_THE_BOARD, NOBODY),
    "archive:document-file": (IN_THE_BOARD, NOBODY),
    "archive:document-forward": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:forwarding-receive": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:receipt-confirm": (everyone(200), everyone(200)),
    # Here nobody has an account to log a post on.
    "moderation:case-log": (staff(403), staff(403)),
    "moderation:case-copy-add": (seen(*LOOKS_AFTER), seen(*LOOKS_AFTER)),
    "moderation:evidence-shown": (seen(*LOOKS_AFTER), NOBODY),
    "moderation:evidence-original": (seen(*LOOKS_AFTER), NOBODY),
    # What may be secret stays within the board, and its readings with those who go through them.
    "moderation:case-access": (WITHIN_THE_BOARD, WITHIN_THE_BOARD),
    "moderation:case-access-end": (NOBODY, only(*WITHIN, status=302, others=404)),
    "moderation:access-review-list": (staff(403), NOBODY),
    "moderation:access-review": (staff(404), staff(404)),
    "moderation:report": (everyone(200), everyone(200)),
    "moderation:report-follow": (everyone(200), NOT_EVEN_ANONYMOUS),
    "moderation:report-receipt": (everyone(200), NOT_EVEN_ANONYMOUS),
    "moderation:report-list": (COMMUNICATIONS, NOBODY),
    "moderation:report-detail": (COMMUNICATIONS, NOBODY),
    "moderation:report-picture": (COMMUNICATIONS, NOBODY),
    "moderation:report-place": (NOBODY, COMMUNICATIONS),
    "moderation:report-answer": (NOBODY, COMMUNICATIONS),
    "moderation:case-detail": (seen(*PART_IN_IT), seen(*PART_IN_IT)),
    "moderation:case-settle": (seen(*PART_IN_IT, status=302), seen(*PART_IN_IT)),
    "moderation:case-note": (seen(*PART_IN_IT), seen(*PART_IN_IT)),
    "moderation:case-police": (seen(*PART_IN_IT), seen(*PART_IN_IT)),
    "moderation:case-platform": (seen(*PART_IN_IT), seen(*PART_IN_IT, status=302)),
    "moderation:case-ask": (seen(*PART_IN_IT), seen(*PART_IN_IT)),
    "moderation:case-advise": (seen("communications"), seen("communications")),
    "moderation:case-reclassify": (seen(*PART_IN_IT), seen(*PART_IN_IT)),
    "moderation:case-start": (seen(*PART_IN_IT), seen(*PART_IN_IT)),
    "moderation:case-reopen": (seen(*PART_IN_IT), seen(*PART_IN_IT)),
    "moderation:case-incident": (seen(*PART_IN_IT), seen(*PART_IN_IT)),
    "moderation:case-block": (seen(*PART_IN_IT), seen(*PART_IN_IT)),
    "moderation:block-list": (COMMUNICATIONS, NOBODY),
    "moderation:block-detail": (COMMUNICATIONS, COMMUNICATIONS),
    "moderation:reply-text-list": (staff(200), staff(200)),
    "moderation:reply-text-edit": (only("applicant", others=404), only("applicant", others=404)),
    "moderation:reply-text-forget": (NOBODY, only("applicant", status=302, others=404)),
    # allauth's own, at our addresses. Those who are in already are led on from the door.
    "account_login": ({**everyone(302), "anonymous": 200}, {**everyone(302), "anonymous": 200}),
    "account_logout": (staff(200), everyone(302)),
    "account_inactive": (everyone(200), NOT_EVEN_ANONYMOUS),
    "account_reauthenticate": (staff(200), staff(200)),
    "account_change_password": (staff(200), staff(200)),
    "account_set_password": (everyone(302), everyone(302)),
    "account_reset_password": (everyone(200), everyone(200)),
    "account_reset_password_done": (everyone(200), NOT_EVEN_ANONYMOUS),
    "account_reset_password_from_key": (everyone(200), everyone(200)),
    "account_reset_password_from_key_done": (everyone(200), NOT_EVEN_ANONYMOUS),
    "mfa_authenticate": (everyone(302), everyone(302)),
    "mfa_reauthenticate": (everyone(302), everyone(302)),
    "mfa_index": (staff(200), NOBODY),
    "mfa_activate_totp": (everyone(302), everyone(302)),  # to the password, once more
    "mfa_deactivate_totp": (staff(404), staff(404)),
    "mfa_view_recovery_codes": (staff(404), NOBODY),
    "mfa_generate_recovery_codes": (everyone(302), everyone(302)),
    "mfa_download_recovery_codes": (staff(404), staff(404)),
}


def named_addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, str]]:
    """Yield every address of the portal as (name, route), included ones with their namespace."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_addresses(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", str(pattern.pattern)


ADDRESSES = dict(named_addresses())


def library_application(cast: Cast, step: Callable[[Application], Application] | None = None) -> Application:
    application = ApplicationFactory(unit=cast.library, applicant=cast.librarian, substitute=cast.assistant)
    return step(application) if step else application


def library_account(cast: Cast, **status: bool) -> Account:
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, **status)


FILE = {"sha256": hashlib.sha256(b"%PDF").hexdigest()}


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


def registered(cast: Cast) -> Document:
    board = cast.culture_board
    series = Series.objects.filter(board=board).first() or SeriesFactory(board=board)
    file = File("brev.pdf", "application/pdf", b"%PDF")
    return document(series.board, by=registrar_of(board), files=[file])


def registered_file(cast: Cast) -> dict[str, object]:
    kept = registered(cast)
    return {"pk": kept.pk, "file_pk": kept.files.get().pk}


def sent_on(cast: Cast) -> dict[str, object]:
    kept = registered(cast)
    return {"pk": kept.pk, "forwarding_pk": forwarded(kept, by=registrar_of(cast.culture_board)).pk}


def receipt_link(cast: Cast) -> dict[str, object]:
    return {"token": receipt_path(Forwarding.objects.get(pk=sent_on(cast)["forwarding_pk"])).split("/")[-2]}


def handed_over_file(cast: Cast) -> dict[str, object]:
    handover = handed_over(cast.culture_board, is_restricted=False)
    return {"pk": handover.pk, "file_pk": handover.files.get().pk}


def case_with_copy(cast: Cast) -> dict[str, object]:
    case = log_post(library_account(cast, active=True), pictures=[picture()])
    return {"pk": case.pk, "evidence_pk": case.evidence.get().pk}


def secret_case(cast: Cast) -> Case:
    return log_post(library_account(cast, active=True), may_be_secret=True)


def access_to(case: Case) -> dict[str, object]:
    colleague = UserFactory(unit=case.account.unit)
    granted = grant_access(case.pk, user=colleague, reason="Behöver", by=case.actions.get().by, now=NOW)
    return {"pk": case.pk, "access_pk": granted.pk}


def month_of_readings(case: Case) -> AccessReview:
    note_view(case, ViewedPart.CONTENT, by=case.actions.get().by, now=NOW)
    return AccessReview.objects.get()


# What stands in the address: the first line whose name begins the address's own.
LEADS_TO: dict[str, Callable[[Cast], Model | dict[str, object]]] = {
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
    "accounts:account-": library_account,
    "moderation:supervision-month": lambda cast: {"pk": library_account(cast, active=True).pk, "month": NOW.date()},
    "moderation:supervision-account": lambda cast: library_account(cast, active=True),
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
    "handbook-chapter": lambda cast: {"slug": chapters()[0].slug},
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
    "archive:handover-file": handed_over_file,
    "archive:handover-": lambda cast: handed_over(cast.culture_board, is_restricted=False),
    "archive:document-file": registered_file,
    "archive:forwarding-receive": sent_on,
    "archive:receipt-confirm": receipt_link,
    "archive:matter-": lambda cast: registered(cast).matter,
    "archive:document-": registered,
    "moderation:case-copy-add": lambda cast: log_post(library_account(cast, active=True)),
    "moderation:evidence-": case_with_copy,
    "moderation:case-access-end": lambda cast: access_to(secret_case(cast)),
    "moderation:case-access": secret_case,
    "moderation:access-review": lambda cast: month_of_readings(secret_case(cast)),
    "moderation:report-receipt": lambda cast: {"receipt": reported().receipt},
    "moderation:report-picture": lambda cast: reported(wrong=Wrong.FAKE, picture=picture()),
    "moderation:report-": lambda cast: reported(wrong=Wrong.FAKE),
    "moderation:case-": lambda cast: log_post(library_account(cast, active=True)),
    "moderation:block-detail": lambda cast: blocking.propose(
        log_post(library_account(cast, active=True)).pk, reason="Hotar personalen.", by=cast.librarian, now=NOW
    ),
    "moderation:reply-text-": lambda cast: reply_texts.add(
        name="Öppettider", text="Vi stänger 18.", for_unit=False, by=cast.librarian, now=NOW
    ),
    "account_reset_password_from_key": lambda cast: {"uidb36": "0", "key": "finns-inte"},
}


def address_of(name: str, cast: Cast) -> str:
    """Return the address, to a record made for it."""
    if "<" not in ADDRESSES[name]:
        return reverse(name)
    found = next(made(cast) for start, made in LEADS_TO.items() if name.startswith(start))
    return reverse(name, kwargs=found if isinstance(found, dict) else {"pk": found.pk})


@pytest.fixture
def people(cast: Cast) -> dict[str, User | None]:
    return {
        "anonymous": None,
        "employee": UserFactory(unit=cast.library),
        "applicant": cast.librarian,
        "manager": cast.manager,
        "deputy": cast.deputy,
        "outsider": cast.outsider,
        "communications": cast.communicator,
        "administrator": cast.administrator,
        "registrar": registrar_of(cast.culture_board),
    }


def test_every_address_has_its_row():
    assert "None" not in {name.split(":")[-1] for name in ADDRESSES}, "an address without a name"
    assert set(MATRIX) == set(ADDRESSES)


def test_no_two_addresses_have_one_name():
    names = [name for name, _route in named_addresses()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", MATRIX)
def test_who_gets_in(name, cast, people, client_for):
    address = address_of(name, cast)
    found: dict[str, Row] = {"GET": {}, "POST": {}}
    for role, person in people.items():
        client = client_for(person) if person else Client()
        for method, row in found.items():
            with transaction.atomic():
                response = getattr(client, method.lower())(address)
                row[role] = response.status_code
                if response.streaming:
                    response.getvalue()  # read to its end, which closes the file
                transaction.set_rollback(True)
            if role == "anonymous" and name.startswith("accounts:") and response.status_code == 302:
                assert response.url == f"{reverse('account_login')}?next={address}"
    assert found == dict(zip(("GET", "POST"), MATRIX[name], strict=True))
