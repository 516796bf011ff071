"""Where handlingar are found: one row each, written by PostgreSQL itself, with the board and every word to search."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from accounts.models import Board
from archive.models.diary import Document


class DocumentIndex(models.Model):
    """A handling as it is looked for.

    The words of a handling and of its ärende stand in two tables, and so does the board. Beside each other they are
    found by one index, however many handlingar there are. Triggers on both tables keep the row; nobody else writes it.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, primary_key=True, related_name="index")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", db_index=False)
    registered_at = models.DateTimeField()
    text = models.TextField()
    words = models.GeneratedField(
        expression=SearchVector("text", config="swedish"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        verbose_name = "sökregister"
        indexes = [
            models.Index(fields=["board", "-registered_at", "-document"], name="document_index_by_board"),
            models.Index(fields=["-registered_at", "-document"], name="document_index_newest_first"),
            GinIndex(fields=["words"], name="document_index_by_words"),
            GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="document_index_by_part"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}"
