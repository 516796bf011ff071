"""Inlägg att granska: what was found on an account, what it said, and how long we have (R07, R12, R14, R15)."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Account, Assignment, Board, Unit
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import Guard, kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet
from moderation.enums import OPEN_CASE, CaseStatus, Category, CriminalGround, Lane, RecordChoice, Source

if TYPE_CHECKING:
    from accounts.models import User

OVERSEE = "moderation.oversee"
READ_RESTRICTED = "moderation.read_restricted"
# PostgreSQL's own refusals: see the migration that writes them.
KEEP_CASE = "guard_case"
# Refuses the words of a post that must never be copied, whoever asks (BrB ch. 16 § 10 a; R23).
FORBIDDEN_TEXT = "refuse_forbidden_text"


class CaseQuerySet(TrackedQuerySet):
    """Posts, by who may see them and how they stand."""

    def visible_to(self, user: "User", on: date) -> Self:
        """What the person may see that day. What may be secret stays with the few within the board (OSL ch. 8)."""
        return self.filter(self._ordinary(user, on) | self._restricted(user, on))

    @staticmethod
    def _ordinary(user: "User", on: date) -> Q:
        """Return the condition for what is not secret: one's own accounts, those led, and the board's other accounts.

        An editor sees what waits on colleagues' accounts within the same board, so that nothing lies unseen.
        Kommunikationsenheten sees all.
        """
        if user.may(OVERSEE):
            return Q(is_restricted=False)
        return Q(is_restricted=False) & (_account_led_by(user, on) | Q(board__in=_boards_edited_by(user, on)))

    @staticmethod
    def _restricted(user: "User", on: date) -> Q:
        """Return the condition for what may be secret: those who need it, and belong to the board themselves."""
        own_board = user.unit.board_id if user.unit_id and user.unit else None
        looked_after = Q(account__in=Assignment.objects.filter(user=user).on(on).values("account"))
        granted = Q(pk__in=CaseAccess.objects.filter(user=user, ended_at__isnull=True).values("case"))
        needs_it = looked_after | _account_led_by(user, on) | granted
        readers = Q(board__in=user.boards_with(READ_RESTRICTED))
        # Only of the person's own few: asking which of the board's cases they need would read all that are closed.
        return Q(is_restricted=True) & (readers | (needs_it & Q(board=own_board)))

    def open(self) -> Self:
        """Those that are not closed."""
        return self.filter(status__in=OPEN_CASE)

    def to_review(self) -> Self:
        """Those where nothing has been decided yet."""
        return self.filter(status=CaseStatus.NEW)

    def overdue(self, now: datetime) -> Self:
        """Those still undecided when their time is out."""
        return self.to_review().filter(due_at__lte=now)

    def on_accounts_of(self, user: "User", on: date) -> Self:
        """Those on accounts that the person is responsible or substitute for that day."""
        return self.filter(account__in=Assignment.objects.filter(user=user).on(on).values("account"))

    def on_accounts_led_by(self, user: "User", on: date) -> Self:
        """Those on the accounts of the units that the person leads that day."""
        return self.filter(_account_led_by(user, on))

    def most_urgent_first(self) -> Self:
        """Sort by the limit; what came first stands first among equals."""
        return self.order_by("due_at", "discovered_at", "id")

    def presented(self) -> Self:
        """Fetch what a page about them shows."""
        return self.select_related("account__platform", "account__unit", "board", "content", "taken_by__unit")


class Case(TrackedModel):
    """An inlägg att granska. What it says is in `CaseContent`, so that it can be withheld and disposed of by itself."""

    id = uuid_key()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="cases", verbose_name="konto")
    # The authority that the post came to. It stays where it was when the account moves to another board.
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", verbose_name="nämnd")
    lane = models.CharField("vad det gäller", max_length=20, choices=Lane)
    category = models.CharField("kategori", max_length=20, choices=Category, blank=True)
    criminal_grounds = ArrayField(
        models.CharField(max_length=20, choices=CriminalGround), default=list, blank=True, verbose_name="brott"
    )
    is_restricted = models.BooleanField("kan vara sekretess", default=False)
    # Suspected child sexual abuse material: no copy is ever made (BrB ch. 16 § 10 a; R23).
    copy_forbidden = models.BooleanField("kopia får inte tas", default=False)
    source = models.CharField("källa", max_length=10, choices=Source)
    status = models.CharField("läge", max_length=10, choices=CaseStatus, default=CaseStatus.NEW)
    # Raised by every action: whoever acts on an older page is told what was done meanwhile.
    version = models.PositiveIntegerField(default=1, editable=False)
    # The fingerprint of the link, or else of the text: the same post again joins the open case.
    same_key = models.CharField(max_length=64, blank=True, editable=False)

    published_at = models.DateTimeField("publicerat", null=True, blank=True)
    reported_at = models.DateTimeField("rapporterat", null=True, blank=True)
    discovered_at = models.DateTimeField("upptäckt")
    starts_at = models.DateTimeField("tidsfristen börjar")
    due_at = models.DateTimeField("senast")
    # The same limit counted from when we knew. Later than `due_at` only where the post was found late.
    handle_by = models.DateTimeField("handläggs senast")
    look_by = models.DateTimeField("ses senast")
    warn_at = models.DateTimeField("påminnelse")
    found_late = models.BooleanField("upptäckt för sent", default=False)
    guideline = models.ForeignKey(
        "accounts.Guideline", on_delete=models.PROTECT, related_name="+", verbose_name="riktlinje"
    )
    calendar_version = models.ForeignKey(
        "accounts.CalendarVersion", on_delete=models.PROTECT, related_name="+", verbose_name="kalender"
    )
    # Set once when `handle_by` passes undecided; from then on the limit and what measured it stand still.
    late_since = models.DateTimeField("för sent sedan", null=True, blank=True)
    warned_at = models.DateTimeField("påmint", null=True, blank=True)

    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tas av",
    )
    taken_at = models.DateTimeField("togs", null=True, blank=True)
    looked_at = models.DateTimeField("först sett", null=True, blank=True)
    decided_at = models.DateTimeField("åtgärdat", null=True, blank=True)
    outcome = models.CharField("utfall", max_length=20, blank=True)
    record_choice = models.CharField("diarieföring", max_length=20, choices=RecordChoice, blank=True)
    record_reason = models.CharField("skäl för det", max_length=500, blank=True)
    closed_at = models.DateTimeField("klart", null=True, blank=True)
    # From here its time is counted where it was opened again; what it was before stands in the log.
    reopened_at = models.DateTimeField("öppnat igen", null=True, blank=True)
    # A post of our own closes only when the incident has been assessed (GDPR art. 33).
    incident_assessed_at = models.DateTimeField("incidenten bedömd", null=True, blank=True)

    objects = CaseQuerySet.as_manager()
    history = History(excluded_fields=["same_key", "version"])

    class Meta:
        verbose_name = "inlägg att granska"
        ordering = ["due_at"]
        indexes = [
            models.Index(
                fields=["due_at", "discovered_at", "id"],
                condition=Q(status__in=OPEN_CASE),
                name="case_open_by_urgency",
            ),
            models.Index(fields=["account", "due_at"], condition=Q(status__in=OPEN_CASE), name="case_open_by_account"),
            models.Index(fields=["board", "due_at"], condition=Q(status__in=OPEN_CASE), name="case_open_by_board"),
            models.Index(fields=["warn_at"], condition=Q(status=CaseStatus.NEW), name="case_to_warn_of"),
            models.Index(fields=["handle_by"], condition=Q(status=CaseStatus.NEW), name="case_to_become_late"),
            models.Index(fields=["late_since"], condition=Q(late_since__isnull=False), name="case_late"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=CaseStatus), name="case_status_known"),
            models.CheckConstraint(condition=Q(lane__in=Lane), name="case_lane_known"),
            models.CheckConstraint(condition=Q(source__in=Source), name="case_source_known"),
            models.CheckConstraint(
                condition=Q(lane=Lane.INAPPROPRIATE, category__in=Category)
                | (~Q(lane=Lane.INAPPROPRIATE) & Q(category="")),
                name="case_category_where_inappropriate",
            ),
            models.CheckConstraint(
                condition=Q(lane=Lane.CRIMINAL, criminal_grounds__len__gte=1)
                | (~Q(lane=Lane.CRIMINAL) & Q(criminal_grounds__len=0)),
                name="case_grounds_where_criminal",
            ),
            models.CheckConstraint(
                condition=~Q(lane=Lane.SECRECY) | Q(is_restricted=True), name="case_secrecy_is_restricted"
            ),
            models.CheckConstraint(
                condition=Q(copy_forbidden=True, lane=Lane.CRIMINAL, criminal_grounds__contains=["child_abuse"])
                | (Q(copy_forbidden=False) & ~Q(criminal_grounds__contains=["child_abuse"])),
                name="case_copy_forbidden_for_child_abuse_alone",
            ),
            models.CheckConstraint(
                condition=Q(status=CaseStatus.NEW, decided_at__isnull=True, outcome="")
                | (~Q(status=CaseStatus.NEW) & Q(decided_at__isnull=False) & ~Q(outcome="")),
                name="case_decided_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(status=CaseStatus.CLOSED, closed_at__isnull=False, record_choice__in=RecordChoice)
                | (~Q(status=CaseStatus.CLOSED) & Q(closed_at__isnull=True, record_choice="")),
                name="case_closed_says_how_it_is_kept",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.CLOSED, lane__in=(Lane.CRIMINAL, Lane.SECRECY))
                | Q(outcome__in=("removed", "gone")),
                name="case_closes_only_by_removal",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.CLOSED, lane=Lane.OWN_POST) | Q(incident_assessed_at__isnull=False),
                name="case_own_post_closes_assessed",
            ),
            models.CheckConstraint(
                condition=Q(is_restricted=False) | Q(record_choice__in=("", RecordChoice.REGISTER)),
                name="case_restricted_is_registered",
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="case_taken_by_someone_at_a_time",
            ),
            models.CheckConstraint(condition=Q(starts_at__lte=F("discovered_at")), name="case_starts_before_discovery"),
            models.CheckConstraint(condition=Q(due_at__lte=F("handle_by")), name="case_handled_after_due"),
            models.UniqueConstraint(
                fields=["account", "same_key"],
                condition=Q(status=CaseStatus.NEW) & ~Q(same_key=""),
                name="one_open_case_per_post",
            ),
        ]
        triggers = [Guard(function=KEEP_CASE, name="case_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.subject} på {self.account}"

    @property
    def subject(self) -> str:
        """What it is about, without a word of what it says: "Personangrepp", "Uppenbart brottsligt: olaga hot"."""
        if self.lane == Lane.INAPPROPRIATE:
            return self.get_category_display()
        if self.lane == Lane.CRIMINAL:
            grounds = ", ".join(CriminalGround(ground).label.lower() for ground in self.criminal_grounds)
            return f"{self.get_lane_display()}: {grounds}"
        return self.get_lane_display()

    @property
    def counted_from(self) -> datetime:
        """From when its time is counted: the start, or when it was opened again."""
        return self.reopened_at or self.starts_at

    @property
    def known_at(self) -> datetime:
        """When we first could know of it: the report, or the discovery where that came first.

        Of one that was opened again: when that was done.
        """
        if self.reopened_at:
            return self.reopened_at
        return min(self.reported_at, self.discovered_at) if self.reported_at else self.discovered_at


class CaseContent(TrackedModel):
    """What a post says, where it is and who wrote it: apart, to be withheld and disposed of by itself."""

    id = uuid_key()
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="content", verbose_name="inlägg")
    text = models.TextField("text", blank=True)
    link = models.CharField("länk", max_length=1000, blank=True)
    author = models.CharField("skrivet av", max_length=200, blank=True)
    place = models.CharField("var det står", max_length=300, blank=True)

    history = History()

    class Meta:
        verbose_name = "inläggets innehåll"
        triggers = [
            *kept(),
            Guard(function=FORBIDDEN_TEXT, name="no_forbidden_text", operation=pgtrigger.Insert | pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"Innehållet i {self.case_id}"


class CaseAccess(TrackedModel):
    """That a person within the board may read a post that may be secret, and why (OSL ch. 8 §§ 1–2; R15)."""

    id = uuid_key()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="access", verbose_name="inlägg")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="person"
    )
    granted_at = models.DateTimeField("från")
    ended_at = models.DateTimeField("till", null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = "åtkomst"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(ended_at__isnull=True), name="case_access_once_per_person"
            )
        ]
        triggers = kept()

    def __str__(self) -> str:
        return str(self.user)


def _account_led_by(user: "User", on: date) -> Q:
    led = Unit.objects.led_by(user, on).values("pk")
    accounts = Account.objects.filter(Q(unit__in=led) | Q(unit__parent__in=led))
    return Q(account__in=accounts.values("pk"))


def _boards_edited_by(user: "User", on: date) -> models.QuerySet:
    return Assignment.objects.filter(user=user).on(on).values("account__board")
