"""The daily work: what was found, what it said, what was kept of it and what was done."""

from moderation.models.access import REVIEW_ACCESS, AccessReview, RestrictedView, month_of
from moderation.models.action import Action
from moderation.models.block import Block
from moderation.models.case import OVERSEE, READ_RESTRICTED, Case, CaseAccess, CaseContent
from moderation.models.evidence import Evidence
from moderation.models.incident import IncidentAssessment
from moderation.models.notice import Notice
from moderation.models.pending import PendingPicture
from moderation.models.reply_text import ReplyText
from moderation.models.report import PublicReport, ReportContent, ReporterContact, ReportPicture
from moderation.models.report_count import ReportCount
from moderation.models.supervision import SupervisionCheck

__all__ = [
    "OVERSEE",
    "READ_RESTRICTED",
    "REVIEW_ACCESS",
    "AccessReview",
    "Action",
    "Block",
    "Case",
    "CaseAccess",
    "CaseContent",
    "Evidence",
    "IncidentAssessment",
    "Notice",
    "PendingPicture",
    "PublicReport",
    "ReplyText",
    "ReportContent",
    "ReportCount",
    "ReportPicture",
    "ReporterContact",
    "RestrictedView",
    "SupervisionCheck",
    "month_of",
]
