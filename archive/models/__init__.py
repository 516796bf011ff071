"""What must be kept: the diarium."""

from archive.models.diary import (
    REGISTER,
    Document,
    DocumentContent,
    DocumentFile,
    Matter,
    Numbering,
    SecrecyMark,
    Series,
)
from archive.models.forwarding import Forwarding

__all__ = [
    "REGISTER",
    "Document",
    "DocumentContent",
    "DocumentFile",
    "Forwarding",
    "Matter",
    "Numbering",
    "SecrecyMark",
    "Series",
]
