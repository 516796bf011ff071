"""Who sends a request: what our own proxies saw, and never what the sender says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laholm_sociala.common.client_address import client_address

PROXY = "10.0.0.1"
VISITOR = "192.0.2.7"
FORGED = "203.0.113.99"


def seen(forwarded: str | None = None, *, proxies: int, connected: str = PROXY) -> str:
    meta = {"REMOTE_ADDR": connected}
    if forwarded is not None:
        meta["HTTP_X_FORWARDED_FOR"] = forwarded
    return client_address(meta, trusted_proxies=proxies)


def test_without_proxies_the_connection_counts_whatever_is_said():
    assert seen(FORGED, proxies=0, connected=VISITOR) == VISITOR


def test_behind_a_proxy_the_last_address_is_what_it_saw():
    assert seen(VISITOR, proxies=1) == VISITOR
    assert seen(f"{FORGED}, {FORGED}, {VISITOR}", proxies=1) == VISITOR


def test_behind_two_the_last_but_one():
    assert seen(f"{FORGED}, {VISITOR}, {PROXY}", proxies=2) == VISITOR


@given(st.lists(st.from_regex(r"[0-9a-f:., ]{0,20}", fullmatch=True)), st.integers(1, 3))
def test_nothing_written_before_changes_it(forged, proxies):
    true = ", ".join([VISITOR, *[PROXY] * (proxies - 1)])
    assert seen(", ".join([*forged, true]), proxies=proxies) == VISITOR


@pytest.mark.parametrize("forwarded", [None, "", VISITOR, "unknown, unknown"])
def test_a_list_that_cannot_be_ours_counts_for_nothing(forwarded):
    assert seen(forwarded, proxies=2) == PROXY


@pytest.mark.parametrize(
    ("written", "counted"),
    [
        ("192.0.2.7:52100", VISITOR),
        ("::ffff:192.0.2.7", VISITOR),
        ("[2001:db8:1:2::7]:443", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
        ("  192.0.2.7  ", VISITOR),
    ],
)
def test_one_sender_has_one_form(written, counted):
    assert seen(written, proxies=1) == counted


def test_all_of_a_subscribers_ipv6_is_one_sender_and_the_next_ones_another():
    assert seen("2001:db8::1", proxies=1) == seen("2001:db8::2:1", proxies=1)
    assert seen("2001:db8::1", proxies=1) != seen("2001:db8:0:1::1", proxies=1)


def test_where_there_is_no_address_all_are_one():
    assert client_address({}, trusted_proxies=0) == ""
