"""Whom PostgreSQL's programs run as: they refuse to run as root."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

NOBODY = 65534
READ_AND_SEARCH = 1 << 2  # CAP_DAC_READ_SEARCH in <linux/capability.h>


@dataclass(frozen=True)
class DatabaseUser:
    """A user and group number: our own, or when we are root the owner of the data."""

    uid: int
    gid: int

    @classmethod
    def of(cls, data: Path) -> "DatabaseUser":
        """Return the user whose cluster this is, or is to be."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        if data.exists() and data.stat().st_uid != 0:
            return cls(data.stat().st_uid, data.stat().st_gid)
        return cls(NOBODY, NOBODY)

    @property
    def is_another(self) -> bool:
        """Tell whether the programs must be run as someone else than ourselves."""
        return os.geteuid() != self.uid

    def give(self, path: Path) -> None:
        """Hand a file or folder over to this user."""
        if self.is_another:
            os.chown(path, self.uid, self.gid)

    def can_reach(self, folder: Path) -> bool:
        """Tell whether this user may pass through every folder on the way to this one."""
        if not self.is_another or self._passes_through_folders():
            return True
        return all(self._may_search(step) for step in (folder, *folder.parents) if step.exists())

    def spawn(self, command: Sequence[str | Path], output: IO[bytes] | int) -> subprocess.Popen[bytes]:
        """Run a program as this user in a session of its own, where Ctrl-C in the terminal does not reach it."""
        drop = self.is_another and not self._passes_through_folders()
        return subprocess.Popen(
            [*self._prefix(), *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",  # initdb fails in a folder that its user may not enter
            env=_environment(),
            start_new_session=True,
            user=self.uid if drop else None,
            group=self.gid if drop else None,
            extra_groups=[] if drop else None,
        )

    def _prefix(self) -> list[str]:
        if not (self.is_another and self._passes_through_folders()):
            return []
        # One capability is kept: to pass through root's closed folders, instead of opening them to everyone.
        return [
            "setpriv",
            f"--reuid={self.uid}",
            f"--regid={self.gid}",
            "--clear-groups",
            "--inh-caps=+dac_read_search",
            "--ambient-caps=+dac_read_search",
            "--",
        ]

    def _may_search(self, folder: Path) -> bool:
        entry = folder.stat()
        return bool(entry.st_mode & (0o100 if entry.st_uid == self.uid else 0o001))

    @staticmethod
    def _passes_through_folders() -> bool:
        # Containers often withhold the capability, even from root.
        return bool(_capabilities() & READ_AND_SEARCH) and shutil.which("setpriv") is not None


def _capabilities() -> int:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1], 16) for line in lines if line.startswith("CapEff:")), 0)


def _environment() -> dict[str, str]:
    # PGDATA, PGOPTIONS and the like would point the programs at another server.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return {**kept, "LC_ALL": "C"}
