"""The platforms (kanaler), kept as data: kommunikationsenheten adds one without code."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.addresses import AddressRule
from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.history import History, TrackedModel


class Platform(TrackedModel):
    """A platform and how its addresses are read."""

    id = uuid_key()
    code = models.SlugField("kortnamn", unique=True)
    name = models.CharField("namn", max_length=60, unique=True)
    order = models.PositiveSmallIntegerField("ordning", default=100)
    hosts = ArrayField(models.CharField(max_length=120), verbose_name="webbplatser", default=list, blank=True)
    patterns = ArrayField(models.CharField(max_length=250), verbose_name="mönster")
    address_form = models.CharField("adressens form", max_length=200)
    example = models.CharField("exempel", max_length=200)
    reserved = ArrayField(models.CharField(max_length=60), verbose_name="inga konton", default=list, blank=True)
    case_sensitive = models.BooleanField("skiljer på stora och små bokstäver", default=False)
    # How long the profile's own text may be, in characters: the visitor information is cut to it (R34).
    profile_limit = models.PositiveSmallIntegerField("profiltextens längd", null=True, blank=True)
    # Where the platform lets in a visitor who has not signed in the portal can take its own pictures of a page (R19).
    open_to_visitors = models.BooleanField("visar sidan för den som inte är inloggad", default=False)
    active = models.BooleanField("aktiv", default=True)

    # How the portal reads addresses, in terms that no person writes.
    hidden_in_history: ClassVar[frozenset[str]] = frozenset({"code", "patterns", "address_form"})

    history = History()

    class Meta:
        verbose_name = "kanal"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def address_rule(self) -> AddressRule:
        """How an address on this platform is checked and written."""
        return AddressRule(
            code=self.code,
            name=self.name,
            hosts=tuple(self.hosts),
            patterns=tuple(self.patterns),
            address_form=self.address_form,
            example=self.example,
            reserved=frozenset(self.reserved),
            case_sensitive=self.case_sensitive,
        )
