"""The folder of the server's unix socket: private, and short enough for the kernel."""

import os
import stat
import tempfile
from hashlib import sha256
from pathlib import Path

from laholm_sociala.cluster.database_user import DatabaseUser
from laholm_sociala.cluster.errors import ClusterError

PORT = 5432
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_PATH = 107  # bytes in sockaddr_un on Linux; macOS has 103
SPARE = 4


def socket_folder(data: Path, user: DatabaseUser) -> Path:
    """Return the folder beside the data, or when its path is too long one in the temporary folder."""
    name = f"laholm-sociala-{user.uid}-{sha256(os.fsencode(data)).hexdigest()[:12]}"
    # /tmp first: TMPDIR may differ between the terminal that starts the server and the one that asks for it.
    folders = (data.with_name(f"{data.name}-socket"), Path("/tmp") / name, Path(tempfile.gettempdir()) / name)  # noqa: S108
    for folder in folders:
        if len(os.fsencode(folder / SOCKET)) <= LONGEST_PATH - SPARE and user.can_reach(folder.parent):
            return folder
    raise ClusterError(f"Ingen plats för databasens uttag: sökvägen {folders[0]} är för lång. Flytta projektet.")


def prepare_socket_folder(folder: Path, user: DatabaseUser) -> None:
    """Create the folder, open to its owner only: that is what makes connections without password safe."""
    try:
        folder.mkdir(mode=0o700)
        user.give(folder)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.uid:
        raise ClusterError(f"Mappen {folder} tillhör någon annan. Ta bort den och starta igen.")
    folder.chmod(0o700)
