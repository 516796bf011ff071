"""What came of a report, in one sentence without anyone's data, and telling whoever wants to know (R37)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from laholm_sociala.common.mail import send_later
from moderation.enums import ActionKind, CaseStatus
from moderation.models import Case, PublicReport, ReporterContact
from moderation.reported import Wrong

# Says nothing of what it was: that there is something secret may itself be secret (OSL).
DISCREET: Final = "Vi har granskat det du rapporterade och gjort det som behövs."
OUTCOMES: Final[Mapping[str, str]] = {
    ActionKind.REMOVED: "Inlägget är borttaget.",
    ActionKind.HIDDEN: "Inlägget är dolt.",
    ActionKind.GONE: "Inlägget var redan borta när vi granskade det.",
    ActionKind.LEFT: "Inlägget får stå kvar: det bryter inte mot våra regler, och kritik mot kommunen är tillåten.",
    ActionKind.REPLIED: "Vi har svarat på inlägget.",
    ActionKind.PASSED_ON: "Vi har lämnat det vidare till den som ansvarar.",
}


def outcome_of(report: PublicReport) -> str:
    """Return what came of the report, in one sentence; empty while it is not decided. Fetch it with its case."""
    if report.answer:
        return report.get_answer_display()
    case = report.case
    if case is None or case.status == CaseStatus.NEW:
        return ""
    if case.is_restricted or report.wrong == Wrong.PRIVATE:
        return DISCREET
    return OUTCOMES.get(case.outcome, DISCREET)


@transaction.atomic
def tell_reporters(case: Case, *, now: datetime) -> int:
    """Send the outcome of a closed post to those who reported it and want to know; return to how many.

    Called where the post is closed, in the same transaction. One closed again in the same way is told of once.
    """
    contacts = ReporterContact.objects.filter(report__case=case).select_for_update(of=("self",))
    return sum(_tell(contact, now) for contact in contacts.select_related("report__case"))


def tell_answer(report: PublicReport, *, now: datetime) -> None:
    """Send the answer to the one who reported, where there is somebody to send it to."""
    for contact in ReporterContact.objects.filter(report=report):
        _tell(contact, now)


def whom_it_is_about(contact: ReporterContact) -> list[UUID]:
    """Return the keys with which mail to the one who reported goes: the address, the report, and its post if any."""
    report = contact.report
    return [contact.pk, report.pk, *([report.case_id] if report.case_id else [])]


def status_address(report: PublicReport) -> str:
    """Return the whole address of the page where the report is followed."""
    return settings.PUBLIC_URL + reverse("moderation:report-receipt", args=[report.receipt])


def _tell(contact: ReporterContact, now: datetime) -> bool:
    report = contact.report
    outcome = outcome_of(report)
    if not outcome or outcome == contact.told:
        return False
    contact.told, contact.told_at = outcome, now
    contact.save(update_fields=["told", "told_at"])
    send_later(
        to=[contact.email],
        subject=f"Svar på din rapport {report.receipt_in_groups}",
        template="report_outcome",
        context={"outcome": outcome, "report": report},
        now=now,
        about=whom_it_is_about(contact),
    )
    return True
