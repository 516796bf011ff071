"""What every page of the administration is tried with: people who may not, and records that are not there."""

from uuid import uuid4

from django.test import Client
from django.urls import reverse


def assert_only_administrators(url: str, cast, client_for, *, method: str = "get") -> None:
    """Fail unless the anonymous are sent to sign in and everyone but administrators is refused."""
    anonymous = getattr(Client(), method)(url)
    assert (anonymous.status_code, anonymous.url) == (302, f"{reverse('account_login')}?next={url}")
    for person in (cast.librarian, cast.manager, cast.communicator):
        assert getattr(client_for(person), method)(url).status_code == 403


def assert_unknown_is_404(name: str, administrator: Client, *, method: str = "get") -> None:
    """Fail unless an address to no record at all is answered with 404."""
    assert getattr(administrator, method)(reverse(name, args=[uuid4()])).status_code == 404


def said(response) -> list[str]:
    """Return the messages that stand on the page."""
    return [str(message) for message in response.context["messages"]]


def errors(response) -> list[str]:
    """Return what the form on the page says is wrong."""
    return [error for field in response.context["form"].errors.values() for error in field]
