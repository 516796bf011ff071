import pytest

from accounts.models import Account
from archive.services import capturing
from tests.archive.factories import SeriesFactory, document, matter, registrar_of
from tests.archive.snapshots import FakeBrowser
from tests.factories import AccountFactory, platform


@pytest.fixture
def series(cast):
    """Kultur- och utvecklingsnämndens series."""
    return SeriesFactory(board=cast.culture_board, usual_provisions=["Hälsa och sexualliv, OSL 21 kap. 1 §"])


@pytest.fixture
def registrar(cast, series):
    """The board's registrator."""
    return registrar_of(cast.culture_board)


@pytest.fixture
def stranger(cast):
    """Another board's registrator."""
    return registrar_of(cast.building_board)


@pytest.fixture
def kept(cast, registrar):
    """A handling in an ärende of its own."""
    return document(cast.culture_board, by=registrar)


@pytest.fixture
def opened(cast, registrar):
    """An ärende without handlingar."""
    return matter(cast.culture_board, by=registrar)


@pytest.fixture
def account(cast):
    """The library's account, in use; the librarian is responsible for it and the assistant substitute."""
    return AccountFactory(
        active=True,
        name="Laholms bibliotek",
        handle="laholmsbibliotek",
        unit=cast.library,
        responsible=cast.librarian,
        substitute=cast.assistant,
    )


@pytest.fixture
def open_account(cast) -> Account:
    """An account on a platform that shows its pages to everybody."""
    return AccountFactory(
        active=True,
        name="Laholms kommun",
        platform=platform("bluesky"),
        handle="laholm",
        unit=cast.library,
        responsible=cast.librarian,
        substitute=cast.assistant,
    )


@pytest.fixture
def browser(monkeypatch) -> FakeBrowser:
    """No page is opened: `browser.answers` says what comes back."""
    browser = FakeBrowser()
    monkeypatch.setattr(capturing, "capture_apart", browser.capture_apart)
    return browser
