"""What must be kept: the diarium."""

from archive.models.diary import (
    REGISTER,
    Document,
    DocumentContent,
    DocumentFile,
    DocumentView,
    Matter,
    Numbering,
    SecrecyMark,
    Series,
)
from archive.models.forwarding import Forwarding
from archive.models.handover import Handover, HandoverContent, HandoverFile, HandoverView

__all__ = [
    "REGISTER",
    "Document",
    "DocumentContent",
    "DocumentFile",
    "DocumentView",
    "Forwarding",
    "Handover",
    "HandoverContent",
    "HandoverFile",
    "HandoverView",
    "Matter",
    "Numbering",
    "SecrecyMark",
    "Series",
]
