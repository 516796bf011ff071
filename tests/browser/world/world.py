"""The records that addresses name, and the people who look at them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from accounts.models import User
from tests.cast import Cast

LONG_NAME = "Kulturmiljövårdsprogrammets bebyggelseinventeringar"
LONG_WORDS = "Byggnadsminnesförklaringar, kulturmiljövårdsprogram och riksintresseavgränsningar i hela kommunen."


@dataclass
class World:
    """Records and words by name. `nothing` is the key of no record."""

    cast: Cast
    records: dict[str, Any] = field(default_factory=lambda: {"nothing": uuid4()})

    def __getitem__(self, name: str) -> Any:
        return self.records[name]

    def argument(self, name: str) -> object:
        """Return what stands for the name in an address: the key of a record or of somebody, or the word itself."""
        found = self.records.get(name) or getattr(self.cast, name, name)
        return getattr(found, "pk", found)

    def person(self, who: str) -> User:
        """Return somebody of the cast, or one of the others."""
        found = getattr(self.cast, who, None) or self[who]
        assert isinstance(found, User)
        return found
