"""The addresses of moderation."""

from moderation.enums import ViewedPart
from moderation.models import AccessReview, Case
from moderation.reported import Wrong
from moderation.services import blocking, reply_texts
from moderation.services.access import grant_access, note_view
from tests.cast import Cast
from tests.clock import NOW
from tests.factories import (
    UserFactory,
)
from tests.matrix.records import library_account
from tests.matrix.roles import (
    COMMUNICATIONS,
    LOOKS_AFTER,
    NOBODY,
    NOT_EVEN_ANONYMOUS,
    PART_IN_IT,
    WITHIN,
    WITHIN_THE_BOARD,
    LeadsTo,
    Rows,
    everyone,
    only,
    seen,
    staff,
)
from tests.moderation.factories import log_post, picture
from tests.moderation.reporting import reported

FOLLOWS_UP = only("communications", "manager", "deputy")

# For each name, who gets what by GET and by POST.
ROWS: Rows = {
    # Nothing ticked, nothing written: back to Att göra with the reason.
    "moderation:supervision": (staff(200), staff(302)),
    "moderation:supervision-missed": (staff(200), NOBODY),
    "moderation:supervision-account": (seen(*LOOKS_AFTER), NOBODY),
    "moderation:supervision-month": (seen(*LOOKS_AFTER), NOBODY),
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
}


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
LEADS_TO: LeadsTo = {
    "moderation:supervision-month": lambda cast: {"pk": library_account(cast, active=True).pk, "month": NOW.date()},
    "moderation:supervision-account": lambda cast: library_account(cast, active=True),
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
}
