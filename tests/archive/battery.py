"""What every page of the diarium is tried with."""

from tests.pages import assert_asks_for_sign_in


def assert_only_the_boards_registrar(url: str, *, registrar, stranger, cast, client_for) -> None:
    """Fail unless strangers sign in first, and others than the board's registrator find nothing."""
    assert_asks_for_sign_in(url)
    for person in (stranger, cast.communicator, cast.librarian, cast.administrator):
        client = client_for(person)
        assert {client.get(url).status_code, client.post(url).status_code} <= {404, 405}, person
    assert client_for(registrar).get(url).status_code in {200, 405}
