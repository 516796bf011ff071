"""The portal on a port of its own, as it is served: its own static files are its own, and stay in the browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python
import pytest
from django.conf import settings
from django.db import connections
from django.test import modify_settings, override_settings
from django.test.testcases import LiveServerThread

AXE = Path(axe_playwright_python.__file__).parent
HOST = "localhost"


@contextmanager
def served() -> Iterator[str]:
    """Yield the address.

    Not pytest-django's server: it hands out static files past whitenoise, without its headers, and the browser would
    ask for each of them on every page. Among them is axe, which the tests alone load.
    """
    static = [*settings.STATICFILES_DIRS, ("axe", AXE)]
    with modify_settings(ALLOWED_HOSTS={"append": HOST}), override_settings(STATICFILES_DIRS=static):
        server = LiveServerThread(HOST, static_handler=_as_it_is)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        address = f"http://{HOST}:{server.port}"
        with override_settings(PUBLIC_URL=address):
            yield address
        server.terminate()


@contextmanager
def connections_kept() -> Iterator[None]:
    """Let the server's threads keep their connections to the database from one page to the next."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections["default"].settings_dict, "CONN_MAX_AGE", None)
        yield


def _as_it_is(portal: Callable) -> Callable:
    return portal
