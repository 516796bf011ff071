"""People, what they may do, and how they come in."""

from functools import cache, cached_property
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper

from accounts.models.organisation import Board, Unit
from laholm_sociala.common.fields import swedish_sort_key, uuid_key
from laholm_sociala.common.guards import kept
from laholm_sociala.common.history import History, TrackedModel, TrackedQuerySet

SYSTEM_USER_ID = UUID("00000000-0000-4000-8000-000000000001")


class UserQuerySet(TrackedQuerySet):
    """People, by what they may do."""

    def people(self) -> Self:
        """Everyone but the system itself."""
        return self.exclude(pk=SYSTEM_USER_ID)

    def active(self) -> Self:
        """People who may sign in."""
        return self.people().filter(is_active=True)

    def presented(self) -> Self:
        """Fetch what `presented_as` needs."""
        return self.select_related("unit")

    def with_permission(self, permission: str) -> Self:
        """Active people who hold a permission through an assigned role."""
        return self.active().filter(role_assignments__role__permissions__contains=[permission]).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds people, and the system itself."""

    def get_by_natural_key(self, email: str) -> "User":
        """Find a person by e-mail, however it is typed."""
        return self.get(email__iexact=email)

    def system(self) -> "User":
        """Return the named system user, the actor of what no person did."""
        return _system()


@cache
def _system() -> "User":
    """Fetched once by each process: the row is installed with the portal and nobody changes it."""
    return User.objects.get(pk=SYSTEM_USER_ID)


class User(TrackedModel, AbstractBaseUser):
    """A person who signs in, by e-mail."""

    untracked_fields: ClassVar[frozenset[str]] = frozenset({"password", "last_login"})

    id = uuid_key()
    email = models.EmailField("e-post", unique=True)
    name = models.CharField("namn", max_length=120, blank=True)
    title = models.CharField("titel", max_length=120)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people", verbose_name="verksamhet"
    )
    protected_identity = models.BooleanField("skyddade personuppgifter", default=False)
    is_active = models.BooleanField("aktiv", default=True)
    sort_key = swedish_sort_key("name")

    objects = UserManager()
    # The password's hash never enters history, and a sign-in is no change of the person.
    history = History(excluded_fields=["password", "last_login", "sort_key"])

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "användare"
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="user_in_order"),
            # Few, and asked for by every check of who looks after an account.
            models.Index(fields=["id"], condition=Q(is_active=False), name="user_who_left"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="user_by_part_of_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_folded"),
            models.CheckConstraint(
                condition=Q(protected_identity=False) | Q(name=""), name="protected_person_has_no_name_kept"
            ),
        ]
        triggers = kept()

    def __str__(self) -> str:
        return self.presented_as

    @property
    def short_name(self) -> str:
        """The name, or the title of a person whose identity is protected."""
        if self.protected_identity or not self.name:
            return self.title[:1].upper() + self.title[1:]
        return self.name

    @property
    def presented_as(self) -> str:
        """The person in words: name, title, verksamhet. One with protected identity by function alone."""
        parts = [self.short_name]
        if self.title and self.title.casefold() != self.short_name.casefold():
            parts.append(self.title)
        if self.unit_id and self.unit:
            parts.append(self.unit.name)
        return ", ".join(parts)

    @property
    def hidden_in_history(self) -> frozenset[str]:
        """What Historik leaves out: nothing, or what would tell who a person with protected identity is."""
        return frozenset({"name", "email"}) if self.protected_identity else frozenset()

    @property
    def in_sentence(self) -> str:
        """The person in words as they stand inside a sentence: a function begins small, a name does not."""
        by_function = self.short_name.casefold() == self.title.casefold()
        return f"{self.presented_as[:1].lower()}{self.presented_as[1:]}" if by_function else self.presented_as

    @cached_property
    def _granted(self) -> frozenset[tuple[str, UUID | None]]:
        if not self.is_active:
            return frozenset()
        mine = Q(for_everyone=True) | Q(assignments__user=self)
        rows = Role.objects.filter(mine).values_list("permissions", "assignments__board", "assignments__user")
        return frozenset(
            (permission, board if user == self.pk else None)
            for permissions, board, user in rows
            for permission in permissions
        )

    def may(self, permission: str, board: Board | None = None) -> bool:
        """Tell whether a role of the person's holds the permission, for the municipality or for that board."""
        return (permission, None) in self._granted or (board is not None and (permission, board.pk) in self._granted)

    def boards_with(self, permission: str) -> frozenset[UUID]:
        """Return the boards for which a role of the person's holds the permission."""
        return frozenset(board for held, board in self._granted if held == permission and board is not None)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fold the e-mail's case and save."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)


class Role(models.Model):
    """What a group of people may do. Installed by `sync_roles` from `accounts.roles`, never edited by hand."""

    code = models.SlugField(primary_key=True)
    name = models.CharField("namn", max_length=60)
    description = models.CharField("får", max_length=250)
    per_board = models.BooleanField("gäller en nämnd", default=False)
    for_everyone = models.BooleanField("har alla", default=False)
    permissions = ArrayField(models.CharField(max_length=60))
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "roll"
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class RoleAssignment(TrackedModel):
    """A role given to a person, for the municipality or for one board."""

    id = uuid_key()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_assignments", verbose_name="person")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="assignments", verbose_name="roll")
    board = models.ForeignKey(
        Board, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nämnd"
    )

    history = History()

    class Meta:
        verbose_name = "roll"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "board"], nulls_distinct=False, name="role_once_per_person_and_board"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class Invitation(models.Model):
    """A link sent by mail, by which a new person chooses a password. Only its hash is kept."""

    id = uuid_key()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    token_sha256 = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "inbjudan"

    def __str__(self) -> str:
        return f"Inbjudan till {self.user}"
