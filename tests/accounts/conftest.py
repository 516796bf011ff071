from collections.abc import Callable

import pytest
from django.test import Client

from accounts.bilaga1 import CHECKLIST
from accounts.models import Application
from tests.factories import ApplicationFactory, form_content, platform


@pytest.fixture
def administrator(client_for, cast) -> Client:
    """The administrator's browser."""
    return client_for(cast.administrator)


@pytest.fixture
def submitted(cast) -> Application:
    """Laholms bibliotek på Instagram: sent by the librarian, waiting for the library's manager."""
    return ApplicationFactory(
        unit=cast.library, applicant=cast.librarian, substitute=cast.assistant, handle="laholmsbibliotek"
    )


@pytest.fixture
def content(cast) -> Callable[..., dict[str, object]]:
    """What the form of Bilaga 1 hands to `submit` for Laholms bibliotek på Instagram, with changes."""
    people = {"unit": cast.library, "responsible": cast.librarian, "substitute": cast.assistant}
    return lambda **changes: form_content(**{"handle": "laholmsbibliotek", **people, **changes})


@pytest.fixture
def filled_in(cast) -> dict[str, object]:
    """Bilaga 1 as the librarian's browser sends it, whole and right."""
    return {
        "unit": str(cast.library.pk),
        "web_address": "instagram.com/LaholmsBibliotek/?hl=sv",
        "platform": str(platform("instagram").pk),
        "account_name": "Laholms bibliotek",
        "purpose": "Fler ska hitta till biblioteken.",
        "audience": "Laholmare som läser.",
        "topics": "Boktips och öppettider.",
        "checklist": [str(number) for number in range(len(CHECKLIST))],
        "uses": ["insight", "service"],
        "responsible": str(cast.librarian.pk),
        "substitute": str(cast.assistant.pk),
        "legal_ground": "public_interest",
        "artistic_exemption": "",
        "artistic_motivation": "",
        "consulted_with": "Kommunikatören",
        "consulted_on": "2026-11-20",
        "consultation_advice": "Håll er till ett konto.",
    }
