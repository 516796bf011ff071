"""Which processes serve a data folder. A pid alone says nothing: pids are used again."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

PROCESSES = Path("/proc")


def postmaster_of(data: Path) -> int | None:
    """Return the pid of the living server of this data folder."""
    pid = pid_in(data / "postmaster.pid")
    return pid if pid is not None and _is_postmaster(pid, data) else None


def pid_in(lock_file: Path) -> int | None:
    """Return the pid in the first line of one of PostgreSQL's lock files."""
    try:
        first_line = lock_file.read_text(encoding="utf-8", errors="replace").split("\n")[0]
    except OSError:
        return None
    return int(first_line) if first_line.strip().isdigit() else None


def orphans_of(data: Path) -> Iterator[int]:
    """Yield the pids of sessions that outlived their server."""
    for process in PROCESSES.glob("[0-9]*"):
        if _arguments(process)[0].startswith(b"postgres:") and _works_in(process, data):
            yield int(process.name)


def _is_postmaster(pid: int, data: Path) -> bool:
    process = PROCESSES / str(pid)
    if not (PROCESSES / "self").exists():
        return _command_line_names(pid, data)
    arguments = _arguments(process)
    if Path(os.fsdecode(arguments[0])).name not in {"postgres", "postmaster"}:
        return False
    # The working folder tells when the project was moved while its server was running.
    return os.fsencode(data) in arguments or _works_in(process, data)


def _arguments(process: Path) -> list[bytes]:
    try:
        return (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return [b""]


def _works_in(process: Path, data: Path) -> bool:
    try:
        return (process / "cwd").samefile(data)
    except OSError:
        return False


def _command_line_names(pid: int, data: Path) -> bool:
    command = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return str(data) in subprocess.run(command, capture_output=True, text=True, check=False).stdout
