"""The demo's post: a maildir that the mail catcher writes and the browser reads."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from typing import cast
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.conf import settings

SHOWN_AT_ONCE = 100


@dataclass(frozen=True)
class Attachment:
    """A file that came with a letter."""

    name: str
    content: bytes


class Letter:
    """A mail as it was received."""

    def __init__(self, path: Path) -> None:
        microseconds, key, _host = path.name.split(".")
        self.key = UUID(key)
        self.received_at = datetime.fromtimestamp(int(microseconds) / 1_000_000, tz=UTC)
        self._path = path

    @cached_property
    def message(self) -> EmailMessage:
        """The whole letter, read when it is asked for."""
        return cast("EmailMessage", message_from_bytes(self._path.read_bytes(), policy=policy.default))

    @property
    def subject(self) -> str:
        """What it is about."""
        return str(self.message["Subject"] or "").strip() or "Utan ämnesrad"

    @property
    def to(self) -> str:
        """Whom it is for."""
        return str(self.message["To"] or "")

    @property
    def sender(self) -> str:
        """Who sent it."""
        return str(self.message["From"] or "")

    @property
    def text(self) -> str:
        """Its plain text."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """Its HTML version, or nothing."""
        return self._body("html")

    @cached_property
    def attachments(self) -> list[Attachment]:
        """The files that came with it."""
        return [
            Attachment(part.get_filename() or "bilaga", part.get_payload(decode=True) or b"")
            for part in self.message.iter_attachments()
        ]

    def _body(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        return str(part.get_content()) if part else ""


def folder() -> Path:
    """Return the maildir, with its three folders."""
    maildir = settings.VAR_DIR / "demo-mail"
    for name in ("tmp", "new", "cur"):
        (maildir / name).mkdir(parents=True, exist_ok=True)
    return cast("Path", maildir)


def letters() -> list[Letter]:
    """Return the newest letters, newest first."""
    return [Letter(path) for path in sorted(_files("*"), reverse=True)[:SHOWN_AT_ONCE]]


def letter(key: UUID) -> Letter | None:
    """Return one letter."""
    return next((Letter(path) for path in _files(f"*.{key}.*")), None)


def keep(content: bytes, recipients: list[str]) -> None:
    """Add a letter; one that came before (same Message-ID, same recipients) is the same letter."""
    message_id = message_from_bytes(content)["Message-ID"] or str(uuid4())
    key = uuid5(NAMESPACE_URL, f"{message_id} {sorted(recipients)}")
    if letter(key) is not None:
        return
    name = f"{time.time_ns() // 1000:016d}.{key}.demo"
    unfinished = folder() / "tmp" / name
    unfinished.write_bytes(content)
    unfinished.rename(folder() / "new" / name)


def _files(pattern: str) -> Iterator[Path]:
    for name in ("new", "cur"):
        yield from (folder() / name).glob(pattern)
