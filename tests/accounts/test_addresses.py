"""One account has one address, however it was typed, copied or shared."""

import importlib
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from accounts.addresses import AddressError, AddressRule, read_address

PLATFORMS = importlib.import_module("accounts.migrations.0003_platforms").PLATFORMS
RULES = {
    data["code"]: AddressRule(
        code=data["code"],
        name=data["name"],
        hosts=tuple(data["hosts"]),
        patterns=tuple(data["patterns"]),
        address_form=data["address_form"],
        example=data["example"],
        reserved=frozenset(data["reserved"]),
        case_sensitive=data.get("case_sensitive", False),
    )
    for data in PLATFORMS
}

SAME = {
    ("facebook", "https://www.facebook.com/laholmskommun", "laholmskommun"): [
        "facebook.com/laholmskommun",
        "www.facebook.com/LaholmsKommun/",
        "HTTPS://WWW.FACEBOOK.COM/LAHOLMSKOMMUN",
        "http://m.facebook.com/laholmskommun?ref=bookmarks",
        "https://sv-se.facebook.com/laholmskommun/",
        "https://en-gb.facebook.com/laholmskommun",
        "https://web.facebook.com/laholmskommun/photos/?tab=album",
        "https://fb.com/laholmskommun",
        "https://www.facebook.com/pg/laholmskommun/about/",
        "https://www.facebook.com/laholmskommun/posts/pfbid02abc",
        "https://www.facebook.com/laholmskommun?fbclid=IwAR0&next=https%3A%2F%2Flaholm.se",
        "facebook.com/laholmskommun?u=https://laholm.se",
        "https://www.facebook.com./laholmskommun",
        "https://www.facebook.com:443/laholmskommun",
        "https://www.facebook.com/laholmskommun#om",
        "  @laholmskommun  ",
        "@LaholmsKommun",
    ],
    ("facebook", "https://www.facebook.com/61550000000001", "61550000000001"): [
        "https://www.facebook.com/profile.php?id=61550000000001",
        "https://www.facebook.com/profile.php?ref=x&id=61550000000001&sk=about",
        "https://www.facebook.com/people/Laholms-Bibliotek/61550000000001/",
        "https://www.facebook.com/pages/Laholms-Bibliotek/61550000000001",
        "https://www.facebook.com/p/Laholms-bibliotek-61550000000001/",
        "https://www.facebook.com/p/Teckningsl%C3%A4rarnas-hus-61550000000001/?locale=sv_SE",
        "facebook.com/61550000000001",
    ],
    ("instagram", "https://www.instagram.com/laholmsbibliotek", "laholmsbibliotek"): [
        "instagram.com/laholmsbibliotek",
        "https://www.instagram.com/laholmsbibliotek/?hl=sv",
        "https://instagram.com/Laholmsbibliotek?igshid=MzRlODBiNWFlZA==&utm_source=qr",
        "https://instagr.am/laholmsbibliotek",
        "https://www.instagram.com/laholmsbibliotek/reels/",
        "@laholmsbibliotek",
    ],
    ("instagram", "https://www.instagram.com/kultur.skolan_1", "kultur.skolan_1"): ["@kultur.skolan_1"],
    ("youtube", "https://www.youtube.com/@laholmskommun", "laholmskommun"): [
        "https://www.youtube.com/@LaholmsKommun/videos",
        "youtube.com/@laholmskommun?si=abc",
        "https://m.youtube.com/@laholmskommun",
        "https://www.youtube.com/%40laholmskommun",
        "https://www.youtube.com/laholmskommun",
        "@laholmskommun",
    ],
    ("linkedin", "https://www.linkedin.com/company/laholms-kommun", "laholms-kommun"): [
        "https://se.linkedin.com/company/laholms-kommun",
        "https://uk.linkedin.com/company/Laholms-Kommun/?trk=public",
        "linkedin.com/company/laholms-kommun/about/",
        "https://www.linkedin.com/company/laholms-kommun/posts/?feedView=all",
    ],
    ("linkedin", "https://www.linkedin.com/company/räddning-halland", "räddning-halland"): [
        "https://www.linkedin.com/company/r%C3%A4ddning-halland/",
        "https://www.linkedin.com/company/RÄDDNING-halland",
        "https://www.linkedin.com/company/ra\u0308ddning-halland",
    ],
    ("tiktok", "https://www.tiktok.com/@laholm.ung", "laholm.ung"): [
        "https://www.tiktok.com/@laholm.ung?lang=sv-SE",
        "tiktok.com/@Laholm.Ung",
        "https://m.tiktok.com/@laholm.ung/video/7301",
        "@laholm.ung",
    ],
    ("x", "https://x.com/laholmskommun", "laholmskommun"): [
        "https://twitter.com/laholmskommun",
        "https://mobile.twitter.com/LaholmsKommun?s=20",
        "https://www.x.com/laholmskommun/status/1701",
        "x.com/laholmskommun",
        "@laholmskommun",
    ],
    ("threads", "https://www.threads.net/@laholm", "laholm"): [
        "https://www.threads.com/@laholm?xmt=A",
        "threads.net/@Laholm",
    ],
    ("bluesky", "https://bsky.app/profile/laholm.bsky.social", "laholm.bsky.social"): [
        "https://bsky.app/profile/laholm.bsky.social/post/3k",
        "bsky.app/profile/Laholm.bsky.social/",
        "@laholm.bsky.social",
    ],
    ("mastodon", "https://mastodon.social/@laholm", "laholm"): [
        "https://mastodon.social/@Laholm/109",
        "https://MASTODON.SOCIAL/web/@laholm",
        "https://www.mastodon.social/@laholm",
        "mastodon.social/users/laholm",
        "@laholm@mastodon.social",
        "laholm@mastodon.social",
    ],
    ("mastodon", "https://m.cmx.im/@laholm", "laholm"): ["https://m.cmx.im/@laholm"],
    ("mastodon", "https://xn--mstodon-exa.example/@laholm", "laholm"): [
        "https://måstodon.example/@laholm",
        "https://xn--mstodon-exa.example/@laholm",
    ],
}
NO_ACCOUNT = {
    "facebook": [
        "https://www.facebook.com/",
        "https://www.facebook.com/groups/laholm",
        "https://www.facebook.com/events/1234567890",
        "https://www.facebook.com/profile.php",
        "https://www.facebook.com/share/p/abc/",
        "https://www.facebook.com/permalink.php?story_fbid=1&id=2",
        "https://www.facebook.com/photo.php?fbid=1",
        "https://www.facebook.com/..",
        "https://www.facebook.com/Laholms kommun",
        "https://www.facebook.com/laholm\u017fkommun",
        "https://www.facebook.com/" + "a" * 200,
    ],
    "instagram": ["https://www.instagram.com/p/Cabc/", "https://www.instagram.com/reel/Cabc", "instagram.com", "@.."],
    "youtube": [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/channel/UCuAXFkgsw1L7xaCfnd5JJOw",
        "https://www.youtube.com/c/LaholmsKommun",
        "https://www.youtube.com/user/laholm",
        "https://youtu.be/dQw4w9WgXcQ",
    ],
    "linkedin": [
        "https://www.linkedin.com/in/en-person/",
        "https://www.linkedin.com/feed/",
        "https://www.linkedin.com/company/",
    ],
    "tiktok": ["https://www.tiktok.com/laholm", "https://vm.tiktok.com/ZM1/", "https://www.tiktok.com/tag/laholm"],
    "x": [
        "https://x.com/home",
        "https://x.com/i/lists/1",
        "https://x.com/settings/profile",
        "https://x.com/" + "a" * 16,
    ],
    "threads": ["https://www.threads.net/laholm"],
    "bluesky": ["https://bsky.app/profile/did:plc:abc", "https://bsky.app/"],
    "mastodon": ["https://mastodon.social/@laholm@other.example", "https://mastodon.social/explore", "@laholm"],
}
NO_ADDRESS = [
    "",
    "   ",
    "laholm",
    "https://",
    "javascript:alert(1)",
    "javascript://facebook.com/%0aalert(1)",
    "ftp://www.facebook.com/laholm",
    "https://någon:hemligt@www.facebook.com/laholm",
    "https://www.facebook.com:8443/laholm",
    "https://www.facebook.com:port/laholm",
    "https://[facebook.com/laholm",
    "https://www.facebook.com.example/laholm",
    "https://facebook.com@example.com/laholm",
    "https://exfacebook.com/laholm",
    "https://face book.com/laholm",
    "https://www.laholm.se/biblioteket",
    "https://..com/laholm",
    "\x00",
]


@pytest.mark.parametrize(
    ("code", "typed", "url", "handle"),
    [(code, typed, url, handle) for (code, url, handle), variants in SAME.items() for typed in variants],
)
def test_every_way_to_write_it_is_one_account(code, typed, url, handle):
    found = read_address(typed, RULES[code])
    assert (found.url, found.handle) == (url, handle)
    assert found == read_address(url, RULES[code])


@pytest.mark.parametrize(("code", "typed"), [(code, typed) for code, many in NO_ACCOUNT.items() for typed in many])
def test_not_an_account(code, typed):
    with pytest.raises(AddressError) as refusal:
        read_address(typed, RULES[code])
    assert RULES[code].example in str(refusal.value)


@pytest.mark.parametrize("typed", NO_ADDRESS)
@pytest.mark.parametrize("code", RULES)
def test_not_an_address(code, typed):
    with pytest.raises(AddressError):
        read_address(typed, RULES[code])


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_the_example_is_right(rule):
    assert read_address(rule.example, rule).url == rule.example


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_reserved_words_are_lower_case(rule):
    assert all(word == word.lower() for word in rule.reserved)


def test_keys_of_two_platforms_never_meet():
    keys = [read_address(rule.example, rule).key for rule in RULES.values()]
    assert len(set(keys)) == len(keys)


def test_another_host_is_named():
    with pytest.raises(AddressError, match=r"går till instagram.com, inte till Facebook"):
        read_address("instagram.com/laholm", RULES["facebook"])


def test_short_address():
    assert read_address("@laholm", RULES["instagram"]).short == "instagram.com/laholm"


def test_platform_that_tells_capitals_apart():
    rule = AddressRule(
        code="prov",
        name="Prov",
        hosts=("prov.example",),
        patterns=(r"^/(?P<handle>\w+)$",),
        address_form="https://prov.example/{handle}",
        example="https://prov.example/Laholm",
        reserved=frozenset(),
        case_sensitive=True,
    )
    assert read_address("PROV.example/Laholm", rule).url == "https://prov.example/Laholm"
    assert read_address("prov.example/laholm", rule).key != read_address("prov.example/Laholm", rule).key


codes = st.sampled_from(sorted(RULES))


@given(code=codes, path=st.text(max_size=60), query=st.text(max_size=20))
def test_what_is_accepted_is_in_its_one_form(code, path, query):
    """Whatever is typed: refused with a sentence, or an address that reads as itself, on the platform's own host."""
    rule = RULES[code]
    host = rule.hosts[0] if rule.hosts else "mastodon.example"
    for typed in (path, f"https://{host}/{path}", f"https://{host}/@{path}?{query}", f"{host}/company/{quote(path)}"):
        try:
            found = read_address(typed, rule)
        except AddressError as refusal:
            assert rule.example in str(refusal)  # noqa: PT017 - a refusal is one of two right answers
            continue
        assert read_address(found.url, rule) == found
        assert not found.handle.startswith("@")
        assert found.key.startswith(f"{code}:")
        assert urlsplit(found.url).scheme == "https"
        if rule.hosts:
            assert urlsplit(found.url).hostname == urlsplit(rule.example).hostname


@given(
    code=codes,
    name=st.from_regex(r"[a-z][a-z0-9]{2,12}", fullmatch=True),
    scheme=st.sampled_from(["", "http://", "https://", "HTTPS://"]),
    ending=st.sampled_from(["", "/", "?utm_source=x", "/?a=b&c=https://d.example", "#top"]),
    capitals=st.booleans(),
)
def test_the_key_is_the_same_for_every_variant(code, name, scheme, ending, capitals):
    rule = RULES[code]
    assume(name not in rule.reserved)
    url = rule.address_form.format(handle=name, host=rule.hosts[0] if rule.hosts else "mastodon.example")
    bare = url.removeprefix("https://")
    variant = scheme + (bare.replace(name, name.upper()) if capitals else bare) + ending
    assert read_address(variant, rule) == read_address(url, rule)
