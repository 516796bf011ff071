"""What every page about an account's keeping is tried with: people who may not, and records that are not there."""

from uuid import uuid4

from django.test import Client
from django.urls import reverse

from accounts.models import Account
from tests.pages import assert_asks_for_sign_in

KEEPERS = ("librarian", "assistant", "manager", "deputy", "communicator")


def assert_only_keepers(url: str, account: Account, cast, client_for, *, read_by_viewers: bool = False) -> None:
    """Fail unless strangers sign in first, outsiders find nothing, and one who only sees it changes nothing."""
    assert_asks_for_sign_in(url)
    for outsider in (cast.outsider, cast.administrator):
        client = client_for(outsider)
        assert {client.get(url).status_code, client.post(url).status_code} == {404}
    # The förvaltningschef sees the accounts below her own.
    viewer = client_for(cast.head)
    before = account.history.count()
    assert viewer.post(url).status_code == 403
    if read_by_viewers:
        page = viewer.get(url)
        assert page.status_code == 200
        assert 'method="post"' not in page.text.partition("<main")[2]
    else:
        assert viewer.get(url).status_code == 403
    assert account.history.count() == before
    for keeper in KEEPERS:
        assert client_for(getattr(cast, keeper)).get(url).status_code == 200


def assert_post_alone(url: str, cast, client_for) -> None:
    """Fail unless strangers sign in first, outsiders find nothing, viewers may not, and nothing can be fetched."""
    assert_asks_for_sign_in(url)
    assert client_for(cast.outsider).post(url).status_code == 404
    assert client_for(cast.head).post(url).status_code == 403
    assert client_for(cast.librarian).get(url).status_code == 405


def assert_unknown_account(name: str, client: Client, *extra: object) -> None:
    """Fail unless an account that does not exist is 404."""
    assert client.get(reverse(name, args=[uuid4(), *extra])).status_code == 404
