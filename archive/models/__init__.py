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

__all__ = [
    "REGISTER",
    "Document",
    "DocumentContent",
    "DocumentFile",
    "Matter",
    "Numbering",
    "SecrecyMark",
    "Series",
]
