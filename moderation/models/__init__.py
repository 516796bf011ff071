"""The daily work: what was found, what it said, what was kept of it and what was done."""

from moderation.models.access import REVIEW_ACCESS, AccessReview, RestrictedView, month_of
from moderation.models.action import Action
from moderation.models.case import OVERSEE, READ_RESTRICTED, Case, CaseAccess, CaseContent
from moderation.models.evidence import Evidence
from moderation.models.pending import PendingPicture

__all__ = [
    "OVERSEE",
    "READ_RESTRICTED",
    "REVIEW_ACCESS",
    "AccessReview",
    "Action",
    "Case",
    "CaseAccess",
    "CaseContent",
    "Evidence",
    "PendingPicture",
    "RestrictedView",
    "month_of",
]
