"""The daily work: what was found, what it said, what was kept of it and what was done."""

from moderation.models.action import Action
from moderation.models.case import OVERSEE, READ_RESTRICTED, Case, CaseAccess, CaseContent
from moderation.models.evidence import Evidence

__all__ = [
    "OVERSEE",
    "READ_RESTRICTED",
    "Action",
    "Case",
    "CaseAccess",
    "CaseContent",
    "Evidence",
]
