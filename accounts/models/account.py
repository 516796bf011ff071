"""The register: accounts that Laholms kommun runs, and who looks after them."""

from datetime import date
from typing import TYPE_CHECKING, Final, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower

from accounts.enums import PUBLIC_ACCOUNT, AccountStatus, Duty, LegalGround, Use
from accounts.models.application import Application
from accounts.models.organisation import Board, Unit
from accounts.models.platform import Platform
from laholm_sociala.common.fields import swedish_sort_key, uuid_key
from laholm_sociala.common.guards import Guard, kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

if TYPE_CHECKING:
    from accounts.models.people import User


class AccountQuerySet(TrackedQuerySet):
    """Accounts, by who may see them and how they stand."""

    def visible_to(self, user: "User", on: date) -> Self:
        """The whole register for kommunikationsenheten; else what the person looks after or leads."""
        if user.may("accounts.view_register"):
            return self
        led = Unit.objects.led_by(user, on).values("pk")
        return self.filter(
            Q(pk__in=Assignment.objects.filter(user=user).on(on).values("account"))
            | Q(unit__in=led)
            | Q(unit__parent__in=led)
        )

    def looked_after_by(self, user: "User", on: date) -> Self:
        """Those the person is responsible or substitute for that day."""
        return self.filter(pk__in=Assignment.objects.filter(user=user).on(on).values("account"))

    def led_by(self, user: "User", on: date) -> Self:
        """Those of the units that the person leads that day, and of the units right below."""
        led = Unit.objects.led_by(user, on).values("pk")
        return self.filter(Q(unit__in=led) | Q(unit__parent__in=led))

    def public(self) -> Self:
        """Those that everyone may see: what is really in use (R05)."""
        return self.filter(status__in=PUBLIC_ACCOUNT)

    def on_public_page(self) -> Self:
        """Those with a page that everyone may see: what is in use, and what was closed here (R05, R20)."""
        closed = Q(status=AccountStatus.CLOSED, closings__confirmed_at__isnull=False)
        return self.filter(Q(status__in=PUBLIC_ACCOUNT) | closed)

    def planned(self) -> Self:
        """Registered, not yet taken into use."""
        return self.filter(status=AccountStatus.PLANNED)


# PostgreSQL's own refusal: an account under avveckling ends by a confirmed closing alone (R20).
END_CONFIRMED: Final = "guard_account_end"


class Account(TrackedModel):
    """An account on a platform. Belongs to one unit, and through it to one board (R02)."""

    id = uuid_key()
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="accounts", verbose_name="kanal")
    name = models.CharField("namn", max_length=120)
    handle = models.CharField("användarnamn", max_length=200)
    web_address = models.URLField("webbadress", max_length=300)
    canonical_key = models.CharField(max_length=320, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="accounts", verbose_name="verksamhet")
    # The unit's own board, kept here too so that the public list can be read in order; PostgreSQL keeps them equal.
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="accounts", verbose_name="nämnd")
    status = models.CharField("läge", max_length=20, choices=AccountStatus, default=AccountStatus.PLANNED)
    summary = models.CharField("en rad för den offentliga listan", max_length=120)
    purpose = models.TextField("syfte och mål")
    audience = models.TextField("budskap och målgrupp")
    topics = models.TextField("ämnen")
    uses = ArrayField(models.CharField(max_length=20, choices=Use), verbose_name="användning")
    legal_ground = models.CharField("laglig grund", max_length=30, choices=LegalGround)
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="account", verbose_name="uppstart"
    )
    artistic_exemption = models.BooleanField("konstnärligt undantag", default=False)
    artistic_motivation = models.TextField("motivering till undantaget", blank=True)
    # Where the login details are kept and who reaches them; never the details themselves (R11).
    login_kept = models.CharField("inloggningen förvaras", max_length=200, blank=True)
    login_reached_by = models.CharField("inloggningen nås av", max_length=200, blank=True)
    login_verified_on = models.DateField("inloggningen bekräftad", null=True, blank=True)
    sender_confirmed_on = models.DateField("avsändaren syns, bekräftat", null=True, blank=True)
    logo_confirmed_on = models.DateField("logotypen på plats, bekräftat", null=True, blank=True)
    visitors_told_on = models.DateField("besökarinformationen på plats, bekräftat", null=True, blank=True)
    compromised_at = models.DateTimeField("kapat sedan", null=True, blank=True)
    imported_from = models.ForeignKey(
        "accounts.AccountImport",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name="inläst från",
    )
    registered_at = models.DateTimeField("registrerat")
    in_use_since = models.DateField("i bruk sedan", null=True, blank=True)
    sort_key = swedish_sort_key("name")
    # Words in any form ("bibliotekets" finds "bibliotek"), and parts of words.
    search_words = models.GeneratedField(
        expression=SearchVector("name", "handle", "summary", "purpose", "audience", "topics", config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=Lower(
            Concat("name", Value(" "), "web_address", Value(" "), "summary", output_field=models.TextField())
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = AccountQuerySet.as_manager()
    history = History(excluded_fields=["sort_key", "search_words", "search_text"])

    class Meta:
        verbose_name = "konto"
        ordering = ["sort_key", "platform__order"]
        indexes = [
            # The register's own orders: see accounts.filters.register.
            models.Index(fields=["sort_key", "id"], name="account_in_order"),
            models.Index(fields=["unit", "sort_key", "id"], name="account_by_unit"),
            models.Index(fields=["-registered_at", "id"], name="account_newest_first"),
            GinIndex(fields=["search_words"], name="account_by_words"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="account_by_part_of_word"),
            models.Index(
                fields=["board", "sort_key", "unit", "platform", "id"],
                condition=Q(status__in=PUBLIC_ACCOUNT),
                name="account_in_public_order",
            ),
            # Small enough to be counted through for every page of the public list.
            models.Index(fields=["board"], condition=Q(status__in=PUBLIC_ACCOUNT), name="account_public_by_board"),
            models.Index(fields=["status"], condition=Q(status=AccountStatus.PLANNED), name="account_planned"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=AccountStatus), name="account_status_known"),
            models.CheckConstraint(
                condition=Q(status=AccountStatus.PLANNED) | Q(in_use_since__isnull=False),
                name="account_in_use_since_a_date",
            ),
            models.CheckConstraint(condition=~Q(handle__startswith="@"), name="account_handle_without_at"),
        ]
        triggers = [*kept(), Guard(function=END_CONFIRMED, name="account_ends_confirmed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.name} på {self.platform.name}"

    @property
    def uses_in_words(self) -> list[str]:
        """What the account is used for, in the guideline's words (R43)."""
        return [Use(use).label for use in self.uses]

    @property
    def short_address(self) -> str:
        """The address as people write it."""
        return self.web_address.removeprefix("https://").removeprefix("www.")


class AssignmentQuerySet(TrackedQuerySet):
    """Assignments, by date."""

    def on(self, day: date) -> Self:
        """Those that hold that day, both ends included."""
        return self.filter(Q(from_date__lte=day), Q(to_date__isnull=True) | Q(to_date__gte=day))


# The days of an assignment, both ends included, as PostgreSQL compares them.
_DAYS = models.Func("from_date", "to_date", Value("[]"), function="DATERANGE", output_field=DateRangeField())


class Assignment(TrackedModel):
    """Who is responsible or substitute for an account, and from when to when (R03, R10)."""

    id = uuid_key()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="assignments", verbose_name="konto")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments", verbose_name="person"
    )
    duty = models.CharField("uppdrag", max_length=20, choices=Duty)
    from_date = models.DateField("från och med")
    to_date = models.DateField("till och med", null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = "uppdrag"
        ordering = ["duty", "from_date"]
        # Whole answers: else PostgreSQL walks through the constraints' indexes, which are made for something else.
        indexes = [
            models.Index(fields=["user", "from_date", "to_date", "account"], name="assignment_by_person"),
            models.Index(fields=["account", "duty", "from_date", "to_date", "user"], name="assignment_by_account"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(duty__in=Duty), name="assignment_duty_known"),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")), name="assignment_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["account", "duty"], condition=Q(to_date__isnull=True), name="one_person_per_duty_now"
            ),
            models.UniqueConstraint(
                fields=["account", "user"], condition=Q(to_date__isnull=True), name="one_duty_per_person_now"
            ),
            # "Vem var ansvarig den …?" has one answer for any day.
            ExclusionConstraint(
                name="one_person_per_duty_and_day",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("duty", RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_duty_per_person_and_day",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}: {self.user}"
