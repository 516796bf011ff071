"""What the tests of gallring share: who works with a board's, and terms."""

from archive.enums import RuleAction, StartsFrom
from archive.services.retention_plan import Terms
from tests.pages import assert_asks_for_sign_in


def after(years: int, starts_from: StartsFrom = StartsFrom.CREATED, **more: bool) -> Terms:
    """Return that it goes so many years after."""
    return Terms(RuleAction.AFTER_YEARS, years, starts_from, **more)


def assert_only_those_with_gallring(url: str, *, inside, strangers, client_for) -> None:
    """Fail unless strangers sign in first, and those without a part in the board's gallring find nothing."""
    assert_asks_for_sign_in(url)
    for person in strangers:
        client = client_for(person)
        assert {client.get(url).status_code, client.post(url).status_code} <= {403, 404, 405}, person
    assert client_for(inside).get(url).status_code in {200, 405}
