"""Uppstart av konto, Bilaga 1: the draft, what was sent, what was decided, and the form as approved (R39 to R42)."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.bilaga1 import ASSURANCES, CHECKLIST, TITLE, canonical
from accounts.enums import OPEN_APPLICATION, ApplicationStatus, DecisionKind, LegalGround, SignInMethod, Use
from accounts.models.organisation import Deputy, Unit
from accounts.models.platform import Platform
from laholm_sociala.common.fields import sha256_of_bytes, sha256_of_text, uuid_key
from laholm_sociala.common.guards import Guard, append_only
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

if TYPE_CHECKING:
    from accounts.models.people import User

SUBMITTED_CONTENT_GUARD = "guard_submitted_application"


class Draft(models.Model):
    """What an employee has typed so far, right or wrong. Untracked, and rensas when it is sent or thrown away."""

    id = uuid_key()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    application = models.OneToOneField(
        "accounts.Application", on_delete=models.CASCADE, null=True, blank=True, related_name="draft"
    )
    typed = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = "utkast"
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return self.account_name or "Utan namn än"

    @property
    def account_name(self) -> str:
        """The name typed so far."""
        return str(self.typed.get("account_name") or "")


class ApplicationQuerySet(TrackedQuerySet):
    """Applications, by whose they are and what they wait for."""

    def visible_to(self, user: "User", on: date) -> Self:
        """Those the person applied for, is named in, decides on, or takes in for kommunikationsenheten."""
        if user.may("accounts.register_application"):
            return self
        mine = Q(applicant=user) | Q(responsible=user) | Q(substitute=user)
        # Not by a join: telling rows apart that are as wide as a page's takes PostgreSQL a tenth of a second to plan.
        decided = Exists(Decision.objects.filter(application=OuterRef("pk"), by=user))
        return self.filter(mine | Q(decided) | self._decided_by(user, on))

    def to_decide_by(self, user: "User", on: date) -> Self:
        """Those that wait for the person's decision that day (R03): as manager or deputy, never as applicant."""
        return self.filter(self._decided_by(user, on), status=ApplicationStatus.SUBMITTED).exclude(applicant=user)

    @staticmethod
    def _decided_by(user: "User", on: date) -> Q:
        led = Unit.objects.led_by(user, on).values("pk")
        nearest = Q(named_manager=user) | Q(named_manager__isnull=True, approving_unit__in=led)
        return nearest | Q(escalation_unit__in=led)

    def open(self) -> Self:
        """Those on their way to a decision or to the register."""
        return self.filter(status__in=OPEN_APPLICATION)

    def without_manager(self, on: date) -> Self:
        """Those that nobody can decide that day, or no longer can: kommunikationsenheten names one."""
        waiting = self.filter(status=ApplicationStatus.SUBMITTED).exclude(named_manager__is_active=True)
        return waiting.exclude(
            Q(named_manager__isnull=True) & _led_by_another("approving_unit", on)
            | _led_by_another("escalation_unit", on)
        )

    def presented(self) -> Self:
        """Fetch what a page about them shows."""
        return self.select_related(
            "platform",
            "unit__parent",
            "unit__board",
            "applicant__unit",
            "responsible__unit",
            "substitute__unit",
            "approving_unit__manager__unit",
            "named_manager__unit",
            "escalation_unit__manager__unit",
        )

    def to_start_from(self, user: "User") -> Self:
        """Those whose words a new application may begin with: the person's own, and the same unit's."""
        if user.unit_id is None:
            return self.filter(applicant=user)
        return self.filter(Q(applicant=user) | Q(unit=user.unit_id))


class Application(TrackedModel):
    """Bilaga 1 as it was sent. The content stands still until the manager sends it back; PostgreSQL sees to it."""

    id = uuid_key()
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications", verbose_name="ifylld av"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="applications", verbose_name="verksamhet")
    web_address = models.URLField("webbadress", max_length=300)
    canonical_key = models.CharField(max_length=320, editable=False)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="applications", verbose_name="kanal")
    account_name = models.CharField("namn på kontot", max_length=120)
    purpose = models.TextField("syfte och mål")
    audience = models.TextField("budskap och målgrupp")
    topics = models.TextField("ämnen")
    checklist = ArrayField(models.CharField(max_length=250), verbose_name="checklista")
    checklist_version = models.CharField("checklistans version", max_length=40)
    uses = ArrayField(models.CharField(max_length=20, choices=Use), verbose_name="användning")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="ansvarig"
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="ersättare"
    )
    legal_ground = models.CharField(
        "laglig grund", max_length=30, choices=LegalGround, default=LegalGround.PUBLIC_INTEREST
    )
    artistic_exemption = models.BooleanField("konstnärligt undantag", default=False)
    artistic_motivation = models.TextField("motivering till undantaget", blank=True)
    # Whether the unit was culture and leisure's when it was sent: then the exemption needs no motivation (R26).
    in_core_of_culture = models.BooleanField("kultur och fritids kärnverksamhet", default=False)
    consulted_with = models.CharField("avstämt med", max_length=120, blank=True)
    consulted_on = models.DateField("avstämt den", null=True, blank=True)
    consultation_advice = models.CharField("råd", max_length=500, blank=True)

    status = models.CharField("läge", max_length=20, choices=ApplicationStatus)
    submitted_at = models.DateTimeField("skickad")
    # Kommunikationsenheten's own line (R28), written when it registers; what the applicant wrote is frozen above.
    confirmed_consultation = models.CharField("bekräftad avstämning", max_length=500, blank=True)
    approving_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chefens verksamhet"
    )
    named_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="utsedd chef",
    )

    reminded_at = models.DateTimeField("påmind", null=True, blank=True)
    escalated_at = models.DateTimeField("lyft till chefens chef", null=True, blank=True)
    # Whose manager may decide too, once the nearest has left it unanswered. None where nobody is above.
    escalation_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chefens chefs verksamhet"
    )

    objects = ApplicationQuerySet.as_manager()
    history = History()

    content_fields: ClassVar[tuple[str, ...]] = (
        "unit",
        "web_address",
        "platform",
        "account_name",
        "purpose",
        "audience",
        "topics",
        "checklist",
        "checklist_version",
        "uses",
        "responsible",
        "substitute",
        "legal_ground",
        "artistic_exemption",
        "artistic_motivation",
        "consulted_with",
        "consulted_on",
        "consultation_advice",
    )

    class Meta:
        verbose_name = "uppstart av konto"
        ordering = ["-submitted_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ApplicationStatus), name="application_status_known"),
            models.CheckConstraint(condition=~Q(responsible=F("substitute")), name="application_two_people"),
            models.CheckConstraint(
                condition=~(Q(account_name="") | Q(purpose="") | Q(audience="") | Q(topics="")),
                name="application_answers_all_questions",
            ),
            models.CheckConstraint(condition=Q(checklist__len=len(CHECKLIST)), name="application_checklist_whole"),
            models.CheckConstraint(
                condition=Q(artistic_exemption=False) | Q(in_core_of_culture=True) | ~Q(artistic_motivation=""),
                name="application_exemption_has_motivation",
            ),
            models.CheckConstraint(condition=Q(uses__len__gte=1), name="application_serves_a_use"),
            models.CheckConstraint(
                condition=~Q(status=ApplicationStatus.REGISTERED) | ~Q(confirmed_consultation=""),
                name="application_consulted_before_registration",
            ),
            models.CheckConstraint(
                condition=~Q(named_manager=F("applicant")), name="application_manager_not_applicant"
            ),
            models.UniqueConstraint(
                fields=["canonical_key"],
                condition=Q(status__in=OPEN_APPLICATION),
                name="one_open_application_per_account",
            ),
        ]
        triggers = [
            Guard(
                function=SUBMITTED_CONTENT_GUARD,
                name="submitted_content",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_name} på {self.platform.name}"

    def content(self) -> dict[str, object]:
        """Return what the manager reads, in words: what the decision is bound to (R41)."""
        return {
            "bilaga": TITLE,
            "verksamhet": self.unit_in_words,
            "webbadress": self.web_address,
            "kanal": self.platform.name,
            "namn": self.account_name,
            "syfte": self.purpose,
            "malgrupp": self.audience,
            "amnen": self.topics,
            "checklista": list(self.checklist),
            "checklistans_version": self.checklist_version,
            "anvandning": self.uses_in_words,
            "ansvarig": self.responsible.presented_as,
            "ersattare": self.substitute.presented_as,
            "ansvarig_id": str(self.responsible_id),
            "ersattare_id": str(self.substitute_id),
            "laglig_grund": self.get_legal_ground_display(),
            "konstnarligt_undantag": "ja" if self.artistic_exemption else "nej",
            "undantagets_motivering": self.artistic_motivation,
            "avstamt_med": self.consulted_with,
            "avstamt_den": self.consulted_on.isoformat() if self.consulted_on else "",
            "avstamningens_rad": self.consultation_advice,
            "ifylld_av": self.applicant.presented_as,
        }

    def canonical_content(self) -> str:
        """Return the content as the one text whose fingerprint binds a decision."""
        return canonical(self.content())

    @property
    def consultation_in_words(self) -> str:
        """With whom, when and what advice, in one line (R28)."""
        day = self.consulted_on.isoformat() if self.consulted_on else ""
        return ": ".join(
            part for part in (" ".join(filter(None, (self.consulted_with, day))), self.consultation_advice) if part
        )

    @property
    def uses_in_words(self) -> list[str]:
        """What the account will be used for, in the guideline's words (R43)."""
        return [Use(use).label for use in self.uses]

    @property
    def uses_in_lines(self) -> str:
        """What the account will be used for, a line each."""
        return "\n".join(self.uses_in_words)

    @property
    def exemption_in_words(self) -> str:
        """Whether the artistic exemption is claimed, and why (R26)."""
        if not self.artistic_exemption:
            return "Undantaget gäller inte"
        core = "Hör till kultur och fritids kärnverksamhet" if self.in_core_of_culture else ""
        return ". ".join(part for part in ("Undantaget gäller", core, self.artistic_motivation) if part)

    @property
    def unit_in_words(self) -> str:
        """The verksamhet and the förvaltning above it."""
        if self.unit.parent_id and self.unit.parent:
            return f"{self.unit}, {self.unit.parent.name}"
        return str(self.unit)

    def managers(self, on: date) -> "list[User]":
        """Return who may decide that day (R03): the manager, the deputies, and those above once they were asked too.

        The applicant never may.
        """
        people = [self.named_manager] if self.named_manager else _leaders(self.approving_unit, on)
        people = people + _leaders(self.escalation_unit, on)
        may = [person for person in people if person and person.is_active and person.pk != self.applicant_id]
        return list(dict.fromkeys(may))


def _led_by_another(unit: str, on: date) -> Q:
    """Return the condition that the unit has an active manager, or deputy that day, who is not the applicant."""
    deputies = Deputy.objects.on(on).filter(unit=OuterRef(unit), user__is_active=True)
    manager = Unit.objects.filter(pk=OuterRef(unit), manager__is_active=True).exclude(manager=OuterRef("applicant"))
    return Q(Exists(manager)) | Q(Exists(deputies.exclude(user=OuterRef("applicant"))))


def _leaders(unit: Unit | None, on: date) -> "list[User | None]":
    if unit is None:
        return []
    deputies = Deputy.objects.filter(unit=unit).on(on).select_related("user__unit")
    return [unit.manager, *(deputy.user for deputy in deputies)]


class Decision(models.Model):
    """What a manager decided, bound to the very text they read. Added once, never changed."""

    id = uuid_key()
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField("beslut", max_length=20, choices=DecisionKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("beslutat")
    name_clarification = models.CharField("namnförtydligande", max_length=120)
    title = models.CharField("titel", max_length=250)
    sign_in_method = models.CharField("inloggning", max_length=20, choices=SignInMethod)
    comment = models.TextField("kommentar", blank=True)
    assurances = ArrayField(models.CharField(max_length=200), verbose_name="chefens försäkran", default=list)
    content = models.TextField("innehåll")
    content_sha256 = models.CharField("innehållets kontrollsumma", max_length=64)

    class Meta:
        verbose_name = "beslut"
        ordering = ["-decided_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DecisionKind), name="decision_kind_known"),
            models.CheckConstraint(
                condition=Q(content_sha256=sha256_of_text("content")), name="decision_fingerprint_is_the_contents"
            ),
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.APPROVED)
                | Q(assurances__len=len(ASSURANCES))
                # Bilaga 1 on paper does not have them: the portal says nothing that the manager has not.
                | Q(sign_in_method=SignInMethod.PAPER, assurances__len=0),
                name="decision_yes_assures_the_three",
            ),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.APPROVED) | ~Q(comment=""), name="decision_other_than_yes_says_why"
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.decided_at:%Y-%m-%d}"

    @property
    def is_approval(self) -> bool:
        """Whether the manager said yes."""
        return self.kind == DecisionKind.APPROVED

    @property
    def is_on_paper(self) -> bool:
        """Whether the manager signed on paper, and kommunikationsenheten attached it."""
        return self.sign_in_method == SignInMethod.PAPER

    @property
    def made_by(self) -> str:
        """Who decided, in words: on paper the one who signed it, not the one who attached it."""
        if self.is_on_paper:
            return ", ".join(part for part in (self.name_clarification, self.title) if part)
        return self.by.presented_as


class ApprovedForm(models.Model):
    """Bilaga 1 as PDF, made once from the approved text and kept as it is."""

    id = uuid_key()
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="approved_form")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "godkänd Bilaga 1"
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256=sha256_of_bytes("pdf")), name="approved_form_fingerprint_is_the_files"
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Bilaga 1 för {self.decision.application}"


class ScannedForm(models.Model):
    """A Bilaga 1 signed on paper, attached by kommunikationsenheten: the file's own bytes (R41)."""

    id = uuid_key()
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="scanned_form")
    file_name = models.CharField("filens namn", max_length=200)
    content_type = models.CharField("filens sort", max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    signed_on = models.DateField("underskriven den")
    attached_at = models.DateTimeField("bifogad")

    class Meta:
        verbose_name = "underskriven Bilaga 1"
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256=sha256_of_bytes("content")), name="scanned_form_fingerprint_is_the_files"
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return self.file_name
