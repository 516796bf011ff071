"""Our own PostgreSQL survives what happens to it: kills, stale files, two starts at once, a full disk."""

import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from laholm_sociala.cluster import Cluster, ClusterError
from laholm_sociala.cluster import __main__ as command_line
from laholm_sociala.cluster import server as server_module
from laholm_sociala.cluster.binaries import find_binaries
from laholm_sociala.cluster.database_user import NOBODY, DatabaseUser
from laholm_sociala.cluster.processes import postmaster_of
from laholm_sociala.cluster.sockets import SOCKET

PROJECT = Path(__file__).resolve().parent.parent


def execute(cluster: Cluster, statement: str, role: str = "laholm_owner") -> list[tuple]:
    with psycopg.connect(cluster.url(role), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def kill_server(cluster: Cluster) -> int:
    pid = postmaster_of(cluster.data)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    return pid


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One cluster for the whole module, in a folder with a space; each test may ruin it and start it again."""
    folder = tmp_path_factory.mktemp("med mellanslag")
    cluster = Cluster(folder / "post gres", find_binaries(), fast=True)
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def running(cluster: Cluster) -> Cluster:
    cluster.start()
    return cluster


@pytest.fixture
def copied(cluster: Cluster, tmp_path: Path) -> Callable[[Path], Cluster]:
    """Copy the stopped cluster to another place: quicker than making a new one."""

    def copy(folder: Path) -> Cluster:
        cluster.stop()
        shutil.copytree(cluster.data, folder)
        for path in (folder, *folder.rglob("*")):
            cluster.user.give(path)
        return Cluster(folder, cluster.binaries, fast=True)

    return copy


def test_start_again_keeps_what_was_written(running: Cluster) -> None:
    execute(running, "CREATE TABLE kept (word text)")
    execute(running, "INSERT INTO kept VALUES ('å')")
    running.stop()
    assert not running.is_ready()
    running.start()
    assert execute(running, "SELECT upper(word) FROM kept") == [("Å",)]


def test_start_twice_leaves_the_server_alone(running: Cluster) -> None:
    before = postmaster_of(running.data)
    running.start()
    assert postmaster_of(running.data) == before


def test_stop_twice_is_no_error(running: Cluster) -> None:
    running.stop()
    running.stop()


def test_two_processes_start_one_server(running: Cluster) -> None:
    running.stop()
    program = (
        "import sys; from pathlib import Path; from laholm_sociala.cluster import Cluster;"
        "Cluster(Path(sys.argv[1]), Path(sys.argv[2]), fast=True).start()"
    )
    command = [sys.executable, "-c", program, str(running.data), str(running.binaries)]
    starts = [subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE) for _ in range(2)]
    assert [start.communicate()[1] for start in starts] == [b"", b""]
    assert [start.returncode for start in starts] == [0, 0]
    assert running.is_ready()


def test_server_outlives_the_terminal(running: Cluster) -> None:
    pid = postmaster_of(running.data)
    assert pid is not None
    assert os.getsid(pid) == pid


def test_killed_server_comes_back_with_every_commit(copied: Callable[[Path], Cluster], tmp_path: Path) -> None:
    safe = copied(tmp_path / "postgres")
    safe.fast = False
    safe.start()
    execute(safe, "CREATE TABLE written AS SELECT generate_series(1, 100)")
    kill_server(safe)
    safe.start()
    assert execute(safe, "SELECT count(*) FROM written") == [(100,)]
    safe.stop()


def test_busy_session_that_outlives_its_server_is_waited_for(running: Cluster) -> None:
    busy = psycopg.connect(running.url("laholm_owner"))
    busy.pgconn.send_query(
        b"DO $$ DECLARE ends timestamptz := clock_timestamp() + '2 s';"
        b" BEGIN WHILE clock_timestamp() < ends LOOP END LOOP; END $$"
    )
    time.sleep(0.3)
    kill_server(running)
    running.start()
    assert running.is_ready()
    busy.close()


def test_busy_session_that_never_ends_is_named(running: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "ORPHAN_SECONDS", 0.3)
    busy = psycopg.connect(running.url("laholm_owner"))
    busy.pgconn.send_query(b"DO $$ BEGIN LOOP END LOOP; END $$")
    time.sleep(0.3)
    kill_server(running)
    try:
        with pytest.raises(ClusterError, match=rf"avsluta dem: {busy.info.backend_pid}\."):
            running.start()
    finally:
        os.kill(busy.info.backend_pid, signal.SIGKILL)
        busy.close()


def test_pid_used_again_by_a_stranger_is_no_server(running: Cluster) -> None:
    killed = kill_server(running)
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        for lock_file in (running.data / "postmaster.pid", running.socket_folder / f"{SOCKET}.lock"):
            lock_file.write_text(lock_file.read_text().replace(str(killed), str(stranger.pid), 1))
        assert postmaster_of(running.data) is None
        running.start()
        assert running.is_ready()
        running.stop()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_lost_socket_is_made_again(running: Cluster) -> None:
    before = postmaster_of(running.data)
    shutil.rmtree(running.socket_folder)
    running.start()
    assert running.is_ready()
    assert postmaster_of(running.data) != before


def test_start_completes_what_a_kill_left_undone(copied: Callable[[Path], Cluster], tmp_path: Path) -> None:
    half = copied(tmp_path / "postgres")
    half.start()
    with psycopg.connect(half.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE laholm")
        connection.execute("DROP ROLE laholm_owner")
    half.start()
    execute(half, "CREATE TABLE again (word text)")
    half.stop()


def test_unfinished_first_start_is_thrown_away(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    rubbish = data.with_name("postgres-unfinished-1")
    rubbish.mkdir()
    (rubbish / "PG_VERSION").touch()
    data.mkdir()
    cluster = Cluster(data, find_binaries(), fast=True)
    cluster.start()
    assert not rubbish.exists()
    cluster.stop()


def test_first_start_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    program = "import sys; from laholm_sociala.cluster.__main__ import main; sys.exit(main(['start', '--test']))"
    environment = {**os.environ, "LAHOLM_VAR": str(tmp_path)}
    start = subprocess.Popen([sys.executable, "-c", program], cwd=PROJECT, env=environment)
    while not list(tmp_path.glob("postgres-test-unfinished-*")):
        time.sleep(0.01)
    start.kill()
    start.wait()
    cluster = Cluster(tmp_path / "postgres-test", find_binaries(), fast=True)
    cluster.start()
    assert execute(cluster, "SELECT current_user::text") == [("laholm_owner",)]
    cluster.stop()


def test_owner_owns_the_database_and_may_make_others(running: Cluster) -> None:
    owner = "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'laholm'"
    assert execute(running, owner) == [("laholm_owner",)]
    execute(running, "DROP DATABASE IF EXISTS other")
    execute(running, "CREATE DATABASE other")


@pytest.mark.parametrize("thing", ["TABLE mine (word text)", "SCHEMA mine", "DATABASE mine", "ROLE mine"])
def test_portal_may_not_create(running: Cluster, thing: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        execute(running, f"CREATE {thing}", role="laholm_portal")


def test_portal_owns_nothing(running: Cluster) -> None:
    owned = "SELECT count(*) FROM {} WHERE {} = 'laholm_portal'::regrole"
    columns = {"pg_class": "relowner", "pg_namespace": "nspowner", "pg_proc": "proowner", "pg_database": "datdba"}
    for table, column in columns.items():
        assert execute(running, owned.format(table, column)) == [(0,)]
    rights = "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = 'laholm_portal'"
    assert execute(running, rights) == [(False, False, False, False)]


def test_reached_by_a_private_socket_only(running: Cluster) -> None:
    assert execute(running, "SHOW listen_addresses") == [("",)]
    assert stat.S_IMODE(running.socket_folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(running.log.path.stat().st_mode) == 0o600


def test_log_holds_nothing_that_people_wrote(running: Cluster) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation):
        execute(
            running,
            "CREATE TABLE bird (name text UNIQUE); INSERT INTO bird VALUES ('kanariefågel'), ('kanariefågel')",
        )
    running.stop()
    assert "kanariefågel" not in running.log.path.read_text(encoding="utf-8")


def test_long_path(copied: Callable[[Path], Cluster], tmp_path: Path) -> None:
    cluster = copied(tmp_path / ("lång" * 30) / "postgres")
    assert len(os.fsencode(cluster.socket_folder)) < 91
    cluster.start()
    assert cluster.is_ready()
    cluster.stop()
    assert not cluster.socket_folder.exists()


def test_url_quotes_the_socket_folder(cluster: Cluster) -> None:
    parts = urlsplit(cluster.url("laholm_portal"))
    assert (parts.scheme, parts.username, parts.path) == ("postgresql", "laholm_portal", "/laholm")
    assert "post%20gres-socket" in parts.query


def test_someone_who_is_not_root_can_run_it(tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    user = DatabaseUser(NOBODY, NOBODY) if os.geteuid() == 0 else DatabaseUser.of(var)
    user.give(var)

    def run(action: str) -> str:
        # `spawn` starts programs in /, so the module's folder is named.
        program = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); from laholm_sociala.cluster.__main__ import main;"
        program += f"import os; os.environ['LAHOLM_VAR'] = {str(var)!r}; sys.exit(main([{action!r}, '--test']))"
        return user.spawn([sys.executable, "-c", program], subprocess.PIPE).communicate()[0].decode()

    assert run("start").startswith("Databasen är igång (PostgreSQL ")
    assert {(var / name).stat().st_uid for name in ("postgres-test", "postgres-test.log")} == {user.uid}
    assert run("status").startswith("Databasen är igång")
    assert run("stop") == "Databasen är stoppad.\n"
    assert run("status") == "Databasen är inte igång.\n"


def test_file_that_may_not_grow_is_explained(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "postgres", find_binaries(), fast=True)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(ClusterError, match=r"Databasen kunde inte skapas\."):
            cluster.start()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not cluster.data.exists()
    cluster.start()
    cluster.stop()


def test_data_that_cannot_be_written_is_explained(copied: Callable[[Path], Cluster], tmp_path: Path) -> None:
    cluster = copied(tmp_path / "postgres")
    (cluster.data / "global" / "pg_control").chmod(0)
    control = cluster.data / "global"
    control.chmod(0o500)
    (cluster.data / "pg_wal").chmod(0)
    with pytest.raises(ClusterError, match=r"Databasen startade inte\..*Ge din användare skrivrätt"):
        cluster.start()


def test_folder_that_is_no_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "var").touch()
    with pytest.raises(ClusterError, match="Databasen kan inte använda"):
        Cluster(tmp_path / "var" / "postgres", find_binaries()).start()


def test_other_major_version_is_explained(copied: Callable[[Path], Cluster], tmp_path: Path) -> None:
    cluster = copied(tmp_path / "postgres")
    (cluster.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(ClusterError, match=r"gjord med PostgreSQL 14, men programmen är version .* flytta undan"):
        cluster.start()


def test_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "postgres" / "brev.txt"
    letter.parent.mkdir()
    letter.touch()
    with pytest.raises(ClusterError, match="är ingen databas"):
        Cluster(letter.parent, find_binaries()).start()
    assert letter.exists()


def test_command_line_puts_errors_in_one_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LAHOLM_VAR", str(tmp_path))
    monkeypatch.setenv("LAHOLM_POSTGRES_BIN", str(tmp_path / "nowhere"))
    assert command_line.main(["start"]) == 1
    assert "Hittar inget körbart PostgreSQL" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        command_line.main(["fly"])
    assert "Så används kommandot" in capsys.readouterr().err
