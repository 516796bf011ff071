"""Begäran om allmän handling: what was asked for, what was gathered, and how it was judged (TF ch. 2; OSL ch. 6)."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Account, Board
from archive.enums import Assessment, RequestMethod, RequestScope, RequestStatus
from archive.models.diary import REGISTER, Document, Matter
from archive.models.handover import READ_RESTRICTED
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import append_only, kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

if TYPE_CHECKING:
    from accounts.models import User

# Kommunikationsenheten takes requests down for any board; the board's registrator answers them.
RECEIVE = "archive.receive_request"


class RecordsRequestQuerySet(TrackedQuerySet):
    """Requests, by who may see them and whether they are answered."""

    def visible_to(self, user: "User", on: date) -> Self:
        """Those to the boards that the person registers for, and those that the person has taken down."""
        return self.filter(Q(board__in=user.boards_with(REGISTER)) | Q(logged_by=user))

    def open(self) -> Self:
        """Those not answered yet, the oldest first. What they touch must not be disposed of meanwhile."""
        return self.filter(status=RequestStatus.OPEN).order_by("received_on", "logged_at")

    def presented(self) -> Self:
        """Fetch what a page about them shows."""
        return self.select_related(
            "board",
            "matter",
            "about_account__platform",
            "about_matter",
            "answer__matter",
            "refusal__matter",
            "logged_by__unit",
        )


class RecordsRequest(TrackedModel):
    """That somebody has asked for public documents. Who, and why, is nobody's business (TF ch. 2 § 18)."""

    id = uuid_key()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="records_requests", verbose_name="nämnd")
    # None until the board's registrator has opened it, where somebody else took the request down.
    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="records_request", verbose_name="ärende"
    )
    asked = models.TextField("vad som begärs")
    received_on = models.DateField("kom in")
    method = models.CharField("på vilket sätt", max_length=10, choices=RequestMethod)
    logged_at = models.DateTimeField("antecknad")
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="antecknad av"
    )
    scope = models.CharField("urval", max_length=10, choices=RequestScope, blank=True)
    about_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="konto"
    )
    about_matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ärende som begärs"
    )
    first = models.DateField("från och med", null=True, blank=True)
    last = models.DateField("till och med", null=True, blank=True)
    gathered_at = models.DateTimeField("samlad", null=True, blank=True)
    # Raised by everything that changes what is given out: what was rendered before is then made again.
    version = models.PositiveIntegerField(default=1, editable=False)
    status = models.CharField("läge", max_length=10, choices=RequestStatus, default=RequestStatus.OPEN)
    closed_at = models.DateTimeField("besvarad", null=True, blank=True)
    closed_why = models.CharField("skäl", max_length=500, blank=True)
    answer = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="det som lämnades ut"
    )
    refusal = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="avslagsbeslut"
    )

    objects = RecordsRequestQuerySet.as_manager()
    history = History(excluded_fields=["version"])

    class Meta:
        verbose_name = "begäran om allmän handling"
        ordering = ["-received_on", "-logged_at"]
        indexes = [
            models.Index(
                fields=["board", "received_on"], condition=Q(status=RequestStatus.OPEN), name="records_request_open"
            ),
            models.Index(fields=["-received_on", "-logged_at"], name="records_request_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=RequestStatus), name="records_request_status_known"),
            models.CheckConstraint(condition=Q(method__in=RequestMethod), name="records_request_method_known"),
            models.CheckConstraint(condition=~Q(asked=""), name="records_request_says_what"),
            models.CheckConstraint(
                condition=Q(status=RequestStatus.OPEN, closed_at__isnull=True)
                | (~Q(status=RequestStatus.OPEN) & Q(closed_at__isnull=False)),
                name="records_request_closed_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(RequestStatus.RELEASED, RequestStatus.PARTLY)) | Q(answer__isnull=False),
                name="records_request_released_keeps_it",
            ),
            models.CheckConstraint(
                condition=~Q(status=RequestStatus.REFUSED) | Q(refusal__isnull=False),
                name="records_request_refused_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(scope="", gathered_at__isnull=True)
                | Q(scope=RequestScope.ACCOUNT, about_account__isnull=False)
                | Q(scope=RequestScope.MATTER, about_matter__isnull=False)
                | Q(scope=RequestScope.PERIOD, first__isnull=False, last__gte=F("first")),
                name="records_request_gathers_something",
            ),
        ]
        triggers = kept()

    def __str__(self) -> str:
        return str(self.matter) if self.matter_id else f"Begäran {self.received_on:%Y-%m-%d}"

    @property
    def age(self) -> str:
        """How long it has waited, in days: it is to be answered "skyndsamt" (TF ch. 2 § 16)."""
        days = (timezone.localdate() - self.received_on).days
        return {0: "Kom in i dag", 1: "Kom in i går"}.get(days, f"Kom in för {days} dagar sedan")

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.status == RequestStatus.OPEN


class RecordsRequestContact(models.Model):
    """Where the answer goes, if that was said. Of no use once it is sent, so it has a life of its own."""

    request = models.OneToOneField(
        RecordsRequest, on_delete=models.PROTECT, primary_key=True, related_name="contact", verbose_name="begäran"
    )
    address = models.CharField("dit svaret ska", max_length=250)

    class Meta:
        verbose_name = "den som frågar"

    def __str__(self) -> str:
        return f"Svarsadress för {self.request_id}"


class RecordsRequestItemQuerySet(TrackedQuerySet):
    """What was gathered, by who may read it and whether it is judged."""

    def readable_by(self, user: "User") -> Self:
        """Those of the boards that the person registers for; what may be secret only with that permission too."""
        boards = user.boards_with(REGISTER)
        readers = boards & user.boards_with(READ_RESTRICTED)
        return self.filter(Q(request__board__in=boards, is_restricted=False) | Q(request__board__in=readers))

    def held(self, source: str) -> models.QuerySet:
        """Return the keys of what open requests are about, of one kind: it must not be disposed of meanwhile."""
        return self.filter(request__status=RequestStatus.OPEN, source=source).order_by().values("source_key")

    def unjudged(self) -> Self:
        """Those that nobody has looked at."""
        return self.filter(assessment="")


class RecordsRequestItem(TrackedModel):
    """One document of a request, and whether it is given out. What it says stands in `RecordsRequestContent`."""

    id = uuid_key()
    request = models.ForeignKey(RecordsRequest, on_delete=models.PROTECT, related_name="items", verbose_name="begäran")
    position = models.PositiveIntegerField("plats")
    # Where it was gathered from, which an open request keeps from being disposed of: "case" and its key.
    source = models.CharField("slag", max_length=20, editable=False)
    source_key = models.UUIDField(editable=False)
    kind = models.CharField("sort", max_length=60)
    is_restricted = models.BooleanField("kan vara sekretess", default=False)
    assessment = models.CharField("prövning", max_length=10, choices=Assessment, blank=True)
    provision = models.CharField("bestämmelse", max_length=150, blank=True)
    assessed_at = models.DateTimeField("prövad", null=True, blank=True)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="prövad av",
    )

    objects = RecordsRequestItemQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "handling i en begäran"
        ordering = ["position"]
        indexes = [models.Index(fields=["source", "source_key"], name="records_request_item_of")]
        constraints = [
            models.UniqueConstraint(fields=["request", "source", "source_key"], name="records_request_item_once"),
            models.CheckConstraint(
                condition=Q(assessment="", assessed_at__isnull=True, assessed_by__isnull=True)
                | Q(assessment__in=Assessment, assessed_at__isnull=False, assessed_by__isnull=False),
                name="records_request_item_judged_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(assessment__in=("", Assessment.RELEASED)) | ~Q(provision=""),
                name="records_request_item_kept_back_by_a_provision",
            ),
        ]
        triggers = kept()

    def __str__(self) -> str:
        return f"{self.kind} {self.position}"

    @property
    def source_ref(self) -> str:
        """Where it was gathered from, as the registry knows it: "case:<uuid>"."""
        return f"{self.source}:{self.source_key}"


class RecordsRequestContent(models.Model):
    """What a gathered document says, frozen: what is judged is what is given out."""

    item = models.OneToOneField(RecordsRequestItem, on_delete=models.PROTECT, primary_key=True, related_name="content")
    heading = models.CharField("rubrik", max_length=300)
    text = models.TextField("text", blank=True)
    # In words a person reads: {"Länk": "https://…", "Publicerat": "…"}.
    details = models.JSONField("uppgifter", default=dict)
    # Its originals, which stay where they are: [{"ref", "name", "type", "sha256"}].
    files = models.JSONField("filer", default=list)

    class Meta:
        verbose_name = "det som samlades"
        triggers = append_only()

    def __str__(self) -> str:
        return f"Innehållet i {self.item_id}"


class RecordsRequestMask(models.Model):
    """A passage that is replaced before a document is given out. As secret as what it stands in."""

    item = models.ForeignKey(RecordsRequestItem, on_delete=models.PROTECT, related_name="masks")
    passage = models.TextField("det som maskeras")

    class Meta:
        verbose_name = "maskning"
        constraints = [models.CheckConstraint(condition=~Q(passage=""), name="mask_covers_something")]

    def __str__(self) -> str:
        return f"Maskning i {self.item_id}"
