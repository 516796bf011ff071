"""What a leverans holds before it is packed, in the words of the archive and not of the database."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

# Came to the form later: where there is none, what was delivered before is no other now.
ONLY_WHERE_ANY: Final = frozenset({"events"})


@dataclass(frozen=True)
class Organisation:
    """Who made the records, with the organisationsnummer that the archive knows it by."""

    name: str
    number: str


@dataclass(frozen=True)
class Submission:
    """The leverans as a whole. `made_at` is aware; `agreement` may be empty; `receiver` is the e-archive's name."""

    key: UUID
    label: str
    made_at: datetime
    creator: Organisation
    receiver: str
    software: str
    version: str
    agreement: str = ""

    @property
    def identifier(self) -> str:
        """What the package is called, and its folder."""
        return f"leverans-{self.key}"


@dataclass(frozen=True)
class Original:
    """A file as it came. `read` yields its bytes, and may be asked again.

    `path` is where it lies among the package's data; `sha256` and `size` are those written down when it came, and both
    are None for what the portal draws up for the package. `origin` says in a sentence how it came, at `created_at`.
    """

    path: str
    name: str
    media_type: str
    created_at: datetime
    origin: str
    read: Callable[[], Iterable[bytes]]
    sha256: str | None = None
    size: int | None = None


@dataclass(frozen=True)
class Party:
    """Somebody with a part in a record. `role` is one of ERMS's: sender, receiver, responsible_person, creator."""

    role: str
    name: str


@dataclass(frozen=True)
class Restriction:
    """A sekretessmarkering, by its provision."""

    provision: str
    marked_at: datetime


@dataclass(frozen=True)
class Record:
    """One handling, or one picture of an account's page. `dates` are by ERMS's dateType; `status` is ERMS's.

    `direction` is incoming, outgoing, drawn_up or empty. `says` is what it holds in words; `events` are sentences about
    what has happened to it.
    """

    key: UUID
    designation: str
    title: str
    status: str
    number: int
    dates: Mapping[str, datetime]
    public_title: str = ""
    direction: str = ""
    parties: tuple[Party, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    notes: tuple[str, ...] = ()
    says: Mapping[str, Any] = field(default_factory=dict)
    originals: tuple[Original, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aggregation:
    """An ärende with its handlingar, or an account with its pictures. `kind` is empty for an ärende."""

    key: UUID
    designation: str
    title: str
    status: str
    dates: Mapping[str, datetime]
    kind: str = ""
    public_title: str = ""
    parties: tuple[Party, ...] = ()
    notes: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()

    def originals(self) -> Iterator[Original]:
        """Yield every file, record by record."""
        for record in self.records:
            yield from record.originals


@dataclass(frozen=True)
class Supporting:
    """A document about the leverans itself, for its folder `documentation`: the plan, the decision, how to read it."""

    name: str
    media_type: str
    content: bytes


def fingerprint(part: Aggregation | Record) -> str:
    """Return the SHA-256 of all that is said of it and of its files' own fingerprints: another when any of it changes.

    What the portal draws up for the package is made of the same words, and does not count.
    """
    return hashlib.sha256(
        json.dumps(_plain(part), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Original):
        return {"name": value.name, "type": value.media_type, "sha256": value.sha256} if value.sha256 else None
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain for inner in value if (plain := _plain(inner)) is not None]
    if hasattr(value, "__dataclass_fields__"):
        fields = {name: getattr(value, name) for name in value.__dataclass_fields__}
        return {name: _plain(inner) for name, inner in fields.items() if inner or name not in ONLY_WHERE_ANY}
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
