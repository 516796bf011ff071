"""Reports from the public: taken, placed on an account, or answered (R37)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Account, User
from accounts.services.terms import Terms, terms_in_force
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.mail import send_later, tell_of_too
from laholm_sociala.common.new_rows import Beginning, write_new
from moderation.enums import Source
from moderation.models import OVERSEE, Case, PublicReport, ReportContent, ReporterContact, ReportPicture
from moderation.pictures import Picture, read_picture
from moderation.report_numbers import new_receipt
from moderation.reported import NEVER_COPIED, WAYS, Answer, Wrong
from moderation.services.opening import ClosedAccountError, Post, open_case
from moderation.services.report_outcomes import status_address, tell_answer, whom_it_is_about


@dataclass(frozen=True)
class Received:
    """What somebody sent with the form."""

    wrong: Wrong
    account: Account | None = None
    link: str = ""
    text: str = ""
    picture: Picture | None = None
    email: str = ""


@transaction.atomic
def take_report(received: Received, *, now: datetime) -> PublicReport:
    """Keep a report, and open or join the case of the post when the account is known: both or neither (R12, R37).

    One about an account that is closed waits as one about no account of ours does.

    Of suspected child sexual abuse only the link is kept, whatever was sent along (BrB ch. 16 § 10 a; R23). Whoever
    gave an e-mail address gets the receipt there, once the report is committed.
    """
    system = User.objects.system()
    wrong = Wrong(received.wrong)
    text, picture = ("", None) if wrong in NEVER_COPIED else (received.text.strip(), received.picture)
    account = received.account
    try:
        case = _open(wrong, account, received.link, picture, reported_at=now, by=system, now=now)
    except (
        ClosedAccountError
    ):  # in this very moment: the report is kept, and kommunikationsenheten sees where it belongs
        account, case = None, None
    report = PublicReport(
        receipt=new_receipt(),
        wrong=wrong,
        account=account,
        case=case,
        reported_at=now,
        review_by=_promised(case, now),
    )
    write_new(
        report,
        Beginning(report, by=system, now=now, reason="Rapporten kom in"),
        ReportContent(report=report, link=received.link, text=text),
    )
    if picture and case is None:
        _keep(picture, report)
    if received.email:
        _send_receipt(ReporterContact.objects.create(report=report, email=received.email), now)
    return report


@transaction.atomic
def place_report(report_id: UUID, account: Account, *, by: User, now: datetime) -> PublicReport:
    """Let a report that waits be about an account: the post's case begins when the report came in (R12).

    Raises PermissionDenied for others than kommunikationsenheten, RefusedError for one that waits no more.
    """
    report = _lock_waiting(report_id, by)
    sent = report.content
    kept = ReportPicture.objects.filter(report=report).first()
    picture = read_picture(kept.file_name, bytes(kept.original)) if kept else None
    report.account = account
    report.case = _open(
        Wrong(report.wrong),
        account,
        sent.link,
        picture,
        reported_at=report.reported_at,
        by=User.objects.system(),
        now=now,
    )
    report.record(by=by, now=now, reason=f"Gäller {account}")
    if report.case:
        tell_of_too(report.pk, report.case.pk)
    return report


@transaction.atomic
def answer_report(report_id: UUID, answer: Answer, *, by: User, now: datetime) -> PublicReport:
    """Answer a report that is about no account of ours, and tell whoever left an e-mail address (R37).

    Raises PermissionDenied for others than kommunikationsenheten, RefusedError for one that waits no more.
    """
    report = _lock_waiting(report_id, by)
    report.answer, report.answered_at = Answer(answer), now
    report.record(by=by, now=now, reason="Besvarad")
    tell_answer(report, now=now)
    return report


def _promised(case: Case | None, now: datetime) -> datetime:
    """Return by when we say that we look at it: the same for what may be secret as for anything else (OSL)."""
    if case is None:
        return terms_in_force(now).due(now)
    due = Terms.of(case.guideline, case.calendar_version, now=now).due(now)
    return due if case.is_restricted else max(due, case.handle_by)


def _lock_waiting(report_id: UUID, by: User) -> PublicReport:
    if not by.may(OVERSEE):
        raise PermissionDenied
    report = PublicReport.objects.select_for_update().get(pk=report_id)
    if report.case_id:
        raise RefusedError("Rapporten är redan lagd på ett konto.")
    if report.answer:
        raise RefusedError("Rapporten är redan besvarad.")
    return report


def _open(
    wrong: Wrong,
    account: Account | None,
    link: str,
    picture: Picture | None,
    *,
    reported_at: datetime,
    by: User,
    now: datetime,
) -> Case | None:
    if account is None:
        return None
    way = WAYS[wrong]
    # What the reporter writes is about the post and not what it says, so it is never the post's kept text.
    post = Post(
        account=account,
        lane=way.lane,
        category=way.category,
        criminal_grounds=way.criminal_grounds,
        may_be_secret=way.may_be_secret,
        link=link or account.web_address,
        pictures=(picture,) if picture else (),
        reported_at=reported_at,
        source=Source.PUBLIC,
    )
    return open_case(post, by=by, now=now).case


def _keep(picture: Picture, report: PublicReport) -> None:
    ReportPicture.objects.create(
        report=report,
        file_name=picture.file_name[-200:],
        content_type=picture.content_type,
        original=picture.original,
        sha256=picture.sha256,
    )


def _send_receipt(contact: ReporterContact, now: datetime) -> None:
    report = contact.report
    send_later(
        to=[contact.email],
        subject=f"Vi har tagit emot din rapport {report.receipt_in_groups}",
        template="report_received",
        context={"report": report, "now": now, "button": "Följ din rapport", "button_url": status_address(report)},
        now=now,
        about=whom_it_is_about(contact),
    )
