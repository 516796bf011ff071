"""One PostgreSQL cluster in a folder, reached over a unix socket only."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from laholm_sociala.cluster.binaries import version_of
from laholm_sociala.cluster.database_user import DatabaseUser
from laholm_sociala.cluster.errors import REMEDIES, ClusterError, failure
from laholm_sociala.cluster.log import ServerLog
from laholm_sociala.cluster.processes import orphans_of, pid_in, postmaster_of
from laholm_sociala.cluster.roles import DATABASE, SUPERUSER, create_roles_and_database
from laholm_sociala.cluster.sockets import PORT, SOCKET, prepare_socket_folder, socket_folder

LOCK_SECONDS = 120
START_SECONDS = 60
RECOVERY_SECONDS = 600
ORPHAN_SECONDS = 30
STOP_SECONDS = 60
PAUSE = 0.05
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
        return f"postgresql://{quote(role)}@/{quote(database)}?host={quote(str(self.socket_folder), safe='')}&port={PORT}"

    def is_ready(self) -> bool:
        """Tell whether the server answers; that a process exists says nothing."""
        return self._ask() == ANSWERS

    def start(self) -> None:
        """Start the server unless it answers; create cluster, roles and database as far as they are missing."""
        with self._locked():
            self._check_data()
            if not self.data.exists():
                self._create_data()
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
        for _ in _until(STOP_SECONDS):
            _reap()
            if postmaster_of(self.data) is None:
                return
        raise failure(f"Databasen (process {pid}) vill inte stanna.", self.log.tail())

    def _check_data(self) -> None:
        version_file = self.data / "PG_VERSION"
        if not self.data.exists() or not any(self.data.iterdir()):
            return
        if os.geteuid() not in (0, self.data.stat().st_uid):
            raise ClusterError(
                f"Databasens mapp {self.data} tillhör en annan användare. "
                "Kör som samma användare som förra gången, eller sätt LAHOLM_VAR till en annan mapp."
            )
        if not version_file.exists():
            raise ClusterError(f"Mappen {self.data} är ingen databas. Flytta undan den och starta igen.")
        found, wanted = version_file.read_text(encoding="ascii").strip(), self.version.split(".")[0]
        if found != wanted:
            raise ClusterError(
                f"Databasen i {self.data} är gjord med PostgreSQL {found}, men programmen är version {wanted}. "
                f"Kör med version {found} (LAHOLM_POSTGRES_BIN), eller flytta undan mappen och starta om från början."
            )

    def _create_data(self) -> None:
        unfinished = self._beside("-unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self.user.give(unfinished)
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if int(self.version.split(".")[0]) >= 17 else []
        with tempfile.TemporaryFile() as output:
            process = self.user.spawn(
                [
                    self.binaries / "initdb",
                    f"--pgdata={unfinished}",
                    f"--username={SUPERUSER}",
                    "--auth=trust",  # the socket's folder is the door, and only its owner may enter
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    *builtin,
                    "--no-instructions",
                    *(["--no-sync"] if self.fast else []),
                ],
                output,
                session=True,
            )
            if process.wait() != 0:
                output.seek(0)
                said = output.read().decode(errors="replace")
                shutil.rmtree(unfinished, ignore_errors=True)
                raise failure("Databasen kunde inte skapas.", said)
        if self.data.exists():
            self.data.rmdir()
        unfinished.rename(self.data)  # a cluster by that name is always a whole one

    def _start_server(self) -> None:
        if postmaster_of(self.data) is not None:
            if self._waits_for_answer():
                return
            self._stop_server()  # it lives but its socket is gone
        prepare_socket_folder(self.socket_folder, self.user)
        for _ in _until(ORPHAN_SECONDS):
            self._remove_stale_locks()
            self.log.begin()
            with self.log.open() as output:
                process = self.user.spawn(self._server_command(), output, session=True)
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
        for _ in _until(RECOVERY_SECONDS):
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
        command = [self.binaries / "pg_isready", "-q", "-t", "3", "-h", self.socket_folder, "-p", str(PORT), "-d", "postgres"]
        return subprocess.run([*command, "-U", SUPERUSER], check=False, stderr=subprocess.DEVNULL).returncode

    def _remove_stale_locks(self) -> None:
        # PostgreSQL believes any living pid in these files, also that of a stranger.
        _reap()
        if postmaster_of(self.data) is None:
            for lock_file in (self.data / "postmaster.pid", self.socket_folder / f"{SOCKET}.lock"):
                if pid_in(lock_file) is not None:
                    lock_file.unlink()

    def _beside(self, ending: str) -> Path:
        return self.data.with_name(self.data.name + ending)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one process at a time start or stop the server, and put what the disk refuses in Swedish."""
        try:
            self.data.parent.mkdir(parents=True, exist_ok=True)
            with self._beside(".lock").open("w") as lock:
                for _ in _until(LOCK_SECONDS):
                    with contextlib.suppress(BlockingIOError):
                        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        break
                else:
                    raise ClusterError("En annan process startar eller stoppar databasen. Vänta och försök igen.")
                yield
        except OSError as error:
            remedy = REMEDIES.get(error.strerror or "", "")
            raise ClusterError(f"Databasen kan inte använda {error.filename}: {error.strerror}. {remedy}".strip()) from error


def _until(seconds: float) -> Iterator[None]:
    """Yield at once and then in small pauses, until the time is up."""
    end = time.monotonic() + seconds
    yield
    while time.monotonic() < end:
        time.sleep(PAUSE)
        yield


def _reap() -> None:
    _started[:] = [process for process in _started if process.poll() is None]
