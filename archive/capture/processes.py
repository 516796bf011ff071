"""What Linux knows of processes: who descends from whom, what they weigh, and how they all end."""

import ctypes
import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")
PR_SET_PDEATHSIG: Final = 1
PR_SET_CHILD_SUBREAPER: Final = 36
# Memory that is a process's own, and what it shares with others that nobody else pays for: never files.
OWN: Final = ("RssAnon:", "RssShmem:")
# So long may those who were killed take to be gone: longer only where the disk itself hangs.
DYING_SECONDS: Final = 10


def adopt_orphans() -> None:
    """Let descendants whose parent dies become this process's own children, so that none of them gets away."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent, the process of that id, dies; or at once if it is dead."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def be_first_to_go() -> None:
    """When memory ends the kernel takes this process and what it starts, before the worker and the database."""
    (PROC / "self/oom_score_adj").write_text("1000", encoding="ascii")


def descendants(ancestor: int) -> list[int]:
    """Return the ids of all that a process has started, and that they have started, dead ones not yet buried too."""
    children: dict[int, list[int]] = {}
    for process, parent in _parents():
        children.setdefault(parent, []).append(process)
    found = [ancestor]
    for process in found:
        found += children.get(process, [])
    return found[1:]


def weight(processes: Iterable[int]) -> int:
    """Return what the processes hold of memory, in bytes."""
    return sum(map(_weight, processes))


def end_descendants() -> None:
    """Kill all that this process has started, at once, and return when they are gone. It has adopted its orphans."""
    until = time.monotonic() + DYING_SECONDS
    while (living := descendants(os.getpid())) and time.monotonic() < until:
        for process in living:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        set(bury())
        time.sleep(0.01)


def bury() -> Iterator[int]:
    """Yield the ids of children that have ended, each once."""
    with suppress(ChildProcessError):
        while ended := os.waitpid(-1, os.WNOHANG)[0]:
            yield ended


def _parents() -> Iterator[tuple[int, int]]:
    for folder in PROC.iterdir():
        if folder.name.isdecimal():
            # The name of the program, in brackets, may hold anything; after it come the state and the parent.
            with suppress(OSError):
                after = (folder / "stat").read_bytes().rpartition(b")")[2].split()
                yield int(folder.name), int(after[1])


def _weight(process: int) -> int:
    with suppress(OSError):
        lines = (PROC / str(process) / "status").read_text(encoding="ascii", errors="replace").splitlines()
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(OWN))
    return 0


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
