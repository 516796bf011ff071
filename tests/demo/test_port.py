"""One demo a folder, on a free port."""

import socket

import pytest

from laholm_sociala.demo import environment, port
from laholm_sociala.demo.errors import DemoError


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind((environment.HOST, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_free_port_is_free(taken, monkeypatch):
    with socket.socket() as probe:
        probe.bind((environment.HOST, 0))
        free = probe.getsockname()[1]
    port.require_free(free)


def test_taken_port_names_the_way_out(taken, monkeypatch):
    monkeypatch.setattr(port, "PATIENCE", 0)
    with pytest.raises(DemoError, match=rf"Port {taken} är upptagen .* --port {taken + 1}"):
        port.require_free(taken)


@pytest.mark.parametrize("number", [0, -1, 65536])
def test_no_port_is_refused(number):
    with pytest.raises(DemoError, match="mellan 1 och 65535"):
        port.require_free(number)


def test_second_demo_is_told_where_the_first_is(tmp_path):
    with (
        port.only_demo(tmp_path, 8123),
        pytest.raises(port.AlreadyRunningError, match=r"^http://127\.0\.0\.1:8123$"),
        port.only_demo(tmp_path, 8124),
    ):
        pass


def test_ended_demo_leaves_the_folder_free(tmp_path):
    for number in (8123, 8124):
        with port.only_demo(tmp_path, number):
            pass


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [([], "8000"), (["--port", "8123"], "8123"), (["--port=8124"], "8124"), (["--port", "x"], "8000")],
)
def test_address_is_decided_before_the_settings(arguments, expected, monkeypatch):
    monkeypatch.setattr(environment.os, "environ", {})
    environment.prepare(arguments)
    assert environment.os.environ == {"DEMO": "1", "PUBLIC_URL": f"http://127.0.0.1:{expected}"}
