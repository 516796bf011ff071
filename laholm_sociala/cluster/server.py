"""One PostgreSQL cluster in a folder, reached over a unix socket only."""

import contextlib
import os
import signal
import subprocess
import time
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote

from laholm_sociala.cluster.binaries import version_of
from laholm_sociala.cluster.data_folder import check_data, create_data, is_created
from laholm_sociala.cluster.database_user import DatabaseUser
from laholm_sociala.cluster.errors import ClusterError, failure
from laholm_sociala.cluster.log import ServerLog
from laholm_sociala.cluster.processes import orphans_of, pid_in, postmaster_of
from laholm_sociala.cluster.roles import DATABASE, SUPERUSER, create_roles_and_database
from laholm_sociala.cluster.sockets import PORT, SOCKET, prepare_socket_folder, socket_folder
from laholm_sociala.cluster.waiting import one_at_a_time, until

START_SECONDS = 60
RECOVERY_SECONDS = 600
ORPHAN_SECONDS = 30
STOP_SECONDS = 60
ANSWERS, REJECTS = 0, 1  # exit statuses of pg_isready
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
STILL_IN_USE = "is still in use"

# Kept so that a server that dies is reaped, and Python does not warn that it outlives its handle.
_started: list[subprocess.Popen[bytes]] = []


class Cluster:
    """A PostgreSQL cluster: its data folder, the programs that run it, and whether speed beats safety."""

    def __init__(self, data: Path, binaries: Path, fast: bool = False) -> None:
        self.data = data.resolve()
        self.binaries = binaries
        self.fast = fast
        self.log = ServerLog(self._beside(".log"))

    @property
    def version(self) -> str:
        """Return the version of the programs, for example 18.6."""
        return version_of(self.binaries)

    @property
    def user(self) -> DatabaseUser:
        """Return whom the server runs as."""
        return DatabaseUser.of(self.data)

    @property
    def socket_folder(self) -> Path:
        """Return the private folder where the server listens."""
        return socket_folder(self.data, self.user)

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the address for a role, fit for DATABASE_URL."""
        host = quote(str(self.socket_folder), safe="")
        return f"postgresql://{quote(role)}@/{quote(database)}?host={host}&port={PORT}"

    def is_ready(self) -> bool:
        """Tell whether the server answers; that a process exists says nothing."""
        return self._ask() == ANSWERS

    def start(self) -> None:
        """Start the server unless it answers; create cluster, roles and database as far as they are missing."""
        with self._locked():
            check_data(self.data, self.binaries)
            if not is_created(self.data):
                create_data(self.data, self.binaries, self.user, fast=self.fast)
            if not self.is_ready():
                self._start_server()
            create_roles_and_database(self.socket_folder)

    def stop(self) -> None:
        """Stop the server if it runs; open sessions are cut off, what is committed stays."""
        if not self.data.exists():
            return
        with self._locked():
            self._stop_server()

    def _stop_server(self) -> None:
        pid = postmaster_of(self.data)
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)  # PostgreSQL's "fast shutdown"
        for _ in until(STOP_SECONDS):
            _reap()
            if postmaster_of(self.data) is None:
                with contextlib.suppress(OSError):
                    self.socket_folder.rmdir()  # it may lie in the temporary folder, where nobody would tidy it away
                return
        raise failure(f"Databasen (process {pid}) vill inte stanna.", self.log.tail())

    def _start_server(self) -> None:
        if postmaster_of(self.data) is not None:
            if self._waits_for_answer():
                return
            self._stop_server()  # it lives but its socket is gone
        prepare_socket_folder(self.socket_folder, self.user)
        for _ in until(ORPHAN_SECONDS):
            self._remove_stale_locks()
            self.log.begin()
            with self.log.open() as output:
                process = self.user.spawn(self._server_command(), output)
            _started.append(process)
            if self._waits_for_answer(process):
                return
            if STILL_IN_USE not in self.log.tail():
                raise failure("Databasen startade inte.", self.log.tail())
        pids = " ".join(map(str, orphans_of(self.data))) or "okända"
        raise ClusterError(f"Äldre databasprocesser arbetar ännu i {self.data}. Vänta, eller avsluta dem: {pids}.")

    def _server_command(self) -> list[str | Path]:
        escaped = str(self.socket_folder).replace('"', '""')
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": f'"{escaped}"',
            "unix_socket_permissions": "0700",
            # The log must not become a copy of what people wrote.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            **(FAST_SETTINGS if self.fast else {}),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self.binaries / "postgres", "-D", self.data, *options]

    def _waits_for_answer(self, process: subprocess.Popen[bytes] | None = None) -> bool:
        """Wait until the server answers: as long as it recovers, but not when it is dead or deaf."""
        deaf_after = time.monotonic() + (START_SECONDS if process or self._has_socket() else 2)
        for _ in until(RECOVERY_SECONDS):
            answer = self._ask()
            if answer == ANSWERS:
                return True
            alive = process.poll() is None if process else postmaster_of(self.data) is not None
            if not alive or (answer != REJECTS and time.monotonic() > deaf_after):
                return False
        return False

    def _has_socket(self) -> bool:
        return (self.socket_folder / SOCKET).exists()

    def _ask(self) -> int:
        if not self._has_socket():
            return 2
        where = ("--host", self.socket_folder, "--port", str(PORT), "--dbname", "postgres", "--username", SUPERUSER)
        command: list[str | Path] = [self.binaries / "pg_isready", "--quiet", "--timeout", "3", *where]
        return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode

    def _remove_stale_locks(self) -> None:
        # PostgreSQL believes any living pid in these files, also that of a stranger.
        _reap()
        if postmaster_of(self.data) is None:
            for lock_file in (self.data / "postmaster.pid", self.socket_folder / f"{SOCKET}.lock"):
                if pid_in(lock_file) is not None:
                    lock_file.unlink()

    def _beside(self, ending: str) -> Path:
        return self.data.with_name(self.data.name + ending)

    def _locked(self) -> AbstractContextManager[None]:
        return one_at_a_time(self._beside(".lock"))


def _reap() -> None:
    _started[:] = [process for process in _started if process.poll() is None]
