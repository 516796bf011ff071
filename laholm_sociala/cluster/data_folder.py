"""The data folder: made in one move, and refused when it is not ours to use."""

import os
import shutil
import tempfile
from pathlib import Path

from laholm_sociala.cluster.binaries import version_of
from laholm_sociala.cluster.database_user import DatabaseUser
from laholm_sociala.cluster.errors import ClusterError, failure
from laholm_sociala.cluster.roles import SUPERUSER

FIRST_WITH_BUILTIN_LOCALE = 17


def is_created(data: Path) -> bool:
    """Tell whether the folder holds a cluster."""
    return (data / "PG_VERSION").exists()


def check_data(data: Path, binaries: Path) -> None:
    """Raise ClusterError if the folder holds something that these programs, or this user, cannot run."""
    if not data.exists():
        return
    if os.geteuid() not in {0, data.stat().st_uid}:
        raise ClusterError(
            f"Databasens mapp {data} tillhör en annan användare. "
            "Kör som samma användare som förra gången, eller sätt LAHOLM_VAR till en annan mapp."
        )
    if not is_created(data):
        if any(data.iterdir()):
            raise ClusterError(f"Mappen {data} är ingen databas. Flytta undan den och starta igen.")
        return
    found, wanted = (data / "PG_VERSION").read_text(encoding="ascii").strip(), _major(binaries)
    if found != str(wanted):
        raise ClusterError(
            f"Databasen i {data} är gjord med PostgreSQL {found}, men programmen är version {wanted}. "
            f"Kör med version {found} (LAHOLM_POSTGRES_BIN), eller flytta undan mappen och starta om från början."
        )


def create_data(data: Path, binaries: Path, user: DatabaseUser, *, fast: bool) -> None:
    """Make a cluster beside its place and move it there, so that one by that name is always whole."""
    for left_behind in data.parent.glob(f"{data.name}-unfinished-*"):
        shutil.rmtree(left_behind, ignore_errors=True)
    # A new name each time: initdb may still be at work in the old one, when only its starter was killed.
    unfinished = Path(tempfile.mkdtemp(prefix=f"{data.name}-unfinished-", dir=data.parent))
    user.give(unfinished)
    with tempfile.TemporaryFile() as output:
        if user.spawn(_initdb(unfinished, binaries, fast=fast), output).wait() != 0:
            output.seek(0)
            shutil.rmtree(unfinished, ignore_errors=True)
            raise failure("Databasen kunde inte skapas.", output.read().decode(errors="replace"))
    if data.exists():
        data.rmdir()
    unfinished.rename(data)


def _initdb(folder: Path, binaries: Path, *, fast: bool) -> list[str | Path]:
    # With plain C instead of C.UTF-8, upper('å') would stay å.
    builtin = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    return [
        binaries / "initdb",
        f"--pgdata={folder}",
        f"--username={SUPERUSER}",
        "--auth=trust",  # the socket's folder is the door, and only its owner may enter
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        *(builtin if _major(binaries) >= FIRST_WITH_BUILTIN_LOCALE else ()),
        "--no-instructions",
        *(("--no-sync",) if fast else ()),
    ]


def _major(binaries: Path) -> int:
    return int(version_of(binaries).split(".", maxsplit=1)[0])
