import pytest

from tests.archive.factories import SeriesFactory, document, matter, registrar_of
from tests.factories import AccountFactory


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
