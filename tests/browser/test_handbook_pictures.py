"""The pictures of the handbook, taken of the real pages. `HANDBOOK_PICTURES=1` keeps them in docs/handbok/bilder."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.places.place import Place, page
from tests.browser.tour import Tour
from tests.browser.visitors import PHONE, WIDE

PICTURES = {
    "att-gora": (page("to-do", "communicator"), WIDE),
    "starta-nytt-konto": (page("accounts:application-start", "librarian"), WIDE),
    "godkann": (page("accounts:application-approve", "manager", pk="reading_club"), PHONE),
    "registrera": (page("accounts:application-register", "communicator", pk="approved"), WIDE),
    "register": (page("accounts:account-list", "communicator", query="?q=Lagans"), WIDE),
    "granska": (page("moderation:case-list", "librarian"), WIDE),
    "avsandare": (page("accounts:account-sender", "librarian", pk="account"), WIDE),
    "lasa-in": (page("accounts:import-list", "communicator"), WIDE),
    "kanaler": (page("accounts:platform-list", "communicator"), WIDE),
    "anvandare": (page("accounts:user-list", "administrator"), WIDE),
}


@pytest.mark.parametrize(("name", "place", "screen"), [(name, *taken) for name, taken in PICTURES.items()])
def test_picture_shows_the_page(tour: Tour, tmp_path: Path, name: str, place: Place, screen: dict[str, int]):
    folder = settings.BASE_DIR / "docs" / "handbok" / "bilder" if os.environ.get("HANDBOOK_PICTURES") else tmp_path
    with tour.at(place, screen=screen) as opened:
        taken = opened.screenshot(path=folder / f"{name}.png")
        # A blank page of this size packs to a few kilobytes.
        assert len(taken) > 15_000
