"""The diarium: each board is an authority with its own (OSL 2009:400 ch. 5; R15, R16, R21, R22)."""

import re
from datetime import date
from typing import TYPE_CHECKING, Final, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from accounts.models import Account, Board
from archive.enums import DiaryKind, Direction, MatterStatus, NumberForm
from archive.facts import in_order
from laholm_sociala.common.fields import sha256_of_bytes, uuid_key
from laholm_sociala.common.guards import Follow, Guard, append_only, kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

if TYPE_CHECKING:
    from accounts.models import User

REGISTER = "archive.register"
WORDS_AT_MOST: Final = 8
# PostgreSQL's own refusals, whoever asks: see the migration that writes them.
KEEP_MATTER = "guard_matter"
KEEP_DOCUMENT = "guard_document"
KEEP_SERIES = "guard_series"
KEEP_NUMBERING = "guard_numbering"
# What a handling is found by follows it and its ärende: see `DocumentIndex`.
INDEX_DOCUMENT = "index_document"
INDEX_MATTER = "index_matter"


class SeriesQuerySet(TrackedQuerySet):
    """Series, by whether they number now."""

    def in_use(self) -> Self:
        """Those that number now, one a board at most."""
        return self.filter(ended_at__isnull=True)


class Series(TrackedModel):
    """How a board numbers. A prefix of the portal's own, so that no number equals one in the existing diarium.

    With another prefix a new series begins: what was numbered keeps its series, ended.
    """

    id = uuid_key()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="series", verbose_name="nämnd")
    kind = models.CharField("diarium", max_length=10, choices=DiaryKind, default=DiaryKind.PORTAL)
    # None where the board never numbered here.
    prefix = models.CharField("beteckning", max_length=12, unique=True, null=True, blank=True)
    number_form = models.CharField("numrets form", max_length=10, choices=NumberForm, default=NumberForm.SIX_DIGITS)
    # Offered first when a handling is registered; none is ever chosen beforehand (OSL ch. 5 § 5).
    usual_provisions = ArrayField(
        models.CharField(max_length=150), default=list, blank=True, verbose_name="vanliga sekretessbestämmelser"
    )
    ended_at = models.DateTimeField("avslutad", null=True, blank=True)

    objects = SeriesQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "diarieserie"
        ordering = ["prefix"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DiaryKind), name="series_kind_known"),
            models.CheckConstraint(condition=Q(number_form__in=NumberForm), name="series_number_form_known"),
            models.CheckConstraint(
                condition=Q(prefix__isnull=False, prefix__regex=r"^[A-ZÅÄÖ]{2,6}-SM$")
                | Q(prefix__isnull=True, kind=DiaryKind.EXISTING),
                name="series_prefix_of_the_portals",
            ),
            models.UniqueConstraint(
                fields=["board"], condition=Q(ended_at__isnull=True), name="one_series_in_use_per_board"
            ),
        ]
        triggers = [Guard(function=KEEP_SERIES, name="series_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.prefix}, {self.board}" if self.prefix else str(self.board)


class Numbering(models.Model):
    """The last number of a series and year. One row is one lock: numbers come one at a time, without a gap."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = "löpnummer"
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="one_numbering_per_series_and_year")]
        triggers = [
            Guard(function=KEEP_NUMBERING, name="numbering_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.series.prefix} {self.year}: {self.last}"


class MatterQuerySet(TrackedQuerySet):
    """Ärenden, by who works with them."""

    def visible_to(self, user: "User", on: date) -> Self:
        """Those of the boards that the person registers for."""
        return self.filter(board__in=user.boards_with(REGISTER))

    def open(self) -> Self:
        """Those that are not closed and not cancelled."""
        return self.filter(status=MatterStatus.OPEN, cancelled_at__isnull=True)

    def saying(self, words: str) -> Self:
        """Those with every word: the beginning of one in what it is about, or a part of the number."""
        condition = Q()
        for word in words.replace("\x00", "").split()[:WORDS_AT_MOST]:
            begun = re.sub(r"\W", "", word)
            in_words = Q(search_words=SearchQuery(f"{begun}:*", config="swedish", search_type="raw")) if begun else Q()
            condition &= in_words | Q(designation__icontains=word)
        return self.filter(condition)


class Matter(TrackedModel):
    """An ärende. Its number is given once; it is never deleted, never renumbered."""

    id = uuid_key()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="matters", verbose_name="nämnd")
    # None where the number is the board's existing diarium's, typed in.
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, blank=True, related_name="matters")
    year = models.PositiveSmallIntegerField("år", null=True, blank=True)
    number = models.PositiveIntegerField("löpnummer", null=True, blank=True)
    designation = models.CharField("diarienummer", max_length=40)
    opened_on = models.DateField("öppnat")
    subject = models.CharField("ärendemening", max_length=250)
    public_subject = models.CharField("ärendemening för allmänheten", max_length=250)
    status = models.CharField("läge", max_length=10, choices=MatterStatus, default=MatterStatus.OPEN)
    closed_on = models.DateField("avslutat", null=True, blank=True)
    case_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="handläggare",
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="matters", verbose_name="konto"
    )
    cancelled_at = models.DateTimeField("makulerat", null=True, blank=True)
    cancelled_why = models.CharField("skäl till makuleringen", max_length=500, blank=True)
    search_words = models.GeneratedField(
        expression=SearchVector("designation", "subject", config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = MatterQuerySet.as_manager()
    history = History(excluded_fields=["search_words"])

    class Meta:
        verbose_name = "ärende"
        ordering = ["-opened_on", "-number", "id"]
        indexes = [
            GinIndex(fields=["search_words"], name="matter_by_words"),
            GinIndex(OpClass(Upper("designation"), name="gin_trgm_ops"), name="matter_by_part_of_number"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=MatterStatus), name="matter_status_known"),
            models.CheckConstraint(
                condition=Q(series__isnull=False, year__isnull=False, number__gte=1)
                | Q(series__isnull=True, year__isnull=True, number__isnull=True),
                name="matter_numbered_whole_or_not",
            ),
            models.CheckConstraint(condition=~Q(designation="") & ~Q(subject=""), name="matter_says_what"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_why=""), name="matter_cancelled_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(status=MatterStatus.CLOSED, closed_on__isnull=False)
                | Q(status=MatterStatus.OPEN, closed_on__isnull=True),
                name="matter_closed_on_a_day",
            ),
            models.UniqueConstraint(fields=["series", "year", "number"], name="matter_number_once"),
            models.UniqueConstraint(fields=["board", "designation"], name="matter_designation_once_per_board"),
        ]
        triggers = [
            Guard(function=KEEP_MATTER, name="matter_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            Follow(function=INDEX_MATTER, name="matter_indexed", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return self.designation

    @property
    def is_cancelled(self) -> bool:
        """Whether it is makulerat."""
        return self.cancelled_at is not None


class DocumentQuerySet(TrackedQuerySet):
    """Handlingar, by who may see them."""

    def visible_to(self, user: "User", on: date) -> Self:
        """Those of the boards that the person registers for."""
        return self.filter(index__board__in=user.boards_with(REGISTER))

    def newest_first(self) -> Self:
        """Sort by when they were registered, as the index does."""
        return self.order_by("-index__registered_at", "-index__document_id")

    def readable_by(self, user: "User", on: date) -> Self:
        """Those, and the handlingar that the person was let in to read, one by one (OSL ch. 8 §§ 1–2)."""
        let_in = self.model._meta.get_field("access").related_model.objects.of(user).on(on)
        boards = user.boards_with(REGISTER)
        return self.filter(Q(matter__board__in=boards) | Q(pk__in=let_in.values("document")))


class Document(TrackedModel):
    """A handling in an ärende, with what the law asks to be written of it (OSL ch. 5 § 2)."""

    id = uuid_key()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="documents", verbose_name="ärende")
    number = models.PositiveIntegerField("handling nr")
    direction = models.CharField("riktning", max_length=10, choices=Direction)
    dated_on = models.DateField("kom in eller upprättades")
    registered_at = models.DateTimeField("registrerad")
    correspondent = models.CharField("avsändare/mottagare", max_length=200, blank=True)
    public_correspondent = models.CharField("avsändare/mottagare för allmänheten", max_length=200, blank=True)
    subject = models.CharField("vad den rör", max_length=250)
    public_subject = models.CharField("vad den rör, för allmänheten", max_length=250)
    # Where it came from, so that the same thing is never registered twice: "case:<uuid>".
    source_ref = models.CharField(max_length=100, blank=True, editable=False)
    is_restricted = models.BooleanField("kan vara sekretess", default=False)
    cancelled_at = models.DateTimeField("makulerad", null=True, blank=True)
    cancelled_why = models.CharField("skäl till makuleringen", max_length=500, blank=True)
    objects = DocumentQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "handling"
        ordering = ["matter", "number"]
        indexes = [models.Index(fields=["dated_on"], name="document_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction), name="document_direction_known"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(subject=""), name="document_says_what"),
            models.CheckConstraint(
                condition=Q(direction=Direction.DRAWN_UP) | ~Q(correspondent=""), name="document_says_from_or_to_whom"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_why=""), name="document_cancelled_for_a_reason"
            ),
            models.UniqueConstraint(fields=["matter", "number"], name="document_number_once"),
            models.UniqueConstraint(
                fields=["source_ref"],
                condition=~Q(source_ref="") & Q(cancelled_at__isnull=True),
                name="document_registered_once_per_source",
            ),
        ]
        triggers = [
            Guard(function=KEEP_DOCUMENT, name="document_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            Follow(function=INDEX_DOCUMENT, name="document_indexed", operation=pgtrigger.Insert | pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.matter.designation}-{self.number}"


class DocumentContent(models.Model):
    """What a handling says, frozen when it was registered: it outlives where it came from."""

    id = uuid_key()
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="content")
    text = models.TextField("text", blank=True)
    # Link, author and moments as they were, in words a person reads: {"Länk": "https://…", "Publicerat": "…"}.
    details = models.JSONField("uppgifter", default=dict)

    class Meta:
        verbose_name = "handlingens innehåll"
        triggers = append_only()

    def __str__(self) -> str:
        return f"Innehållet i {self.document}"

    @property
    def facts(self) -> dict[str, str]:
        """What is known beside the text, in the order it is read."""
        return in_order(self.details)


class DocumentFile(models.Model):
    """A file of a handling: its own bytes, with their fingerprint."""

    id = uuid_key()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="files")
    file_name = models.CharField("filens namn", max_length=200)
    content_type = models.CharField("filens sort", max_length=100)
    content = models.BinaryField()
    size = models.PositiveIntegerField("byte")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "fil"
        ordering = ["file_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256=sha256_of_bytes("content")), name="document_file_fingerprint_is_the_files"
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return self.file_name


class SecrecyMarkQuerySet(TrackedQuerySet):
    """Marks, by whether they stand."""

    def in_force(self) -> Self:
        """Those that are not taken away."""
        return self.filter(lifted_on__isnull=True)


class SecrecyMark(TrackedModel):
    """That a handling may be secret: a warning on it, and no decision (OSL ch. 5 § 5)."""

    id = uuid_key()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="marks", verbose_name="handling")
    provision = models.CharField("bestämmelse", max_length=150)
    marked_on = models.DateField("antecknat")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", verbose_name="myndighet")
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="antecknat av"
    )
    lifted_on = models.DateField("borttagen", null=True, blank=True)
    lifted_why = models.CharField("skäl", max_length=500, blank=True)

    objects = SecrecyMarkQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "sekretessmarkering"
        ordering = ["marked_on", "provision"]
        constraints = [
            models.CheckConstraint(condition=~Q(provision=""), name="mark_names_its_provision"),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | ~Q(lifted_why=""), name="mark_lifted_for_a_reason"
            ),
            models.UniqueConstraint(
                fields=["document", "provision"], condition=Q(lifted_on__isnull=True), name="mark_once_per_provision"
            ),
        ]
        triggers = kept()

    def __str__(self) -> str:
        return self.provision


class DocumentView(models.Model):
    """That somebody was shown a handling that may be secret (OSL ch. 8; R15)."""

    id = uuid_key()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="views")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("när")

    class Meta:
        verbose_name = "läsning"
        ordering = ["-at"]
        indexes = [models.Index(fields=["at"], name="document_view_by_time")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d}"
