"""The librarian at the form of Logga ett inlägg."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.moderation.case_log.steps import LINK, URL
from tests.moderation.factories import library_account
from tests.pages import Page


@pytest.fixture
def account(cast):
    return library_account(cast)


@pytest.fixture
def librarian(client_for, cast, account) -> Client:
    return client_for(cast.librarian)


@pytest.fixture
def send(librarian, account) -> Callable[..., Page]:
    """Send the form as the librarian's browser does: `send(text="…")`."""

    def post(client: Client = librarian, **typed: object) -> Page:
        filled_in = {"account": str(account.pk), "link": LINK, "about": "personal_attack", **typed}
        return Page(client.post(URL, {name: value for name, value in filled_in.items() if value is not None}))

    return post
