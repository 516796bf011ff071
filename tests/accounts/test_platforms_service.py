"""Platforms as data: worked out from an example, and never so that an account becomes another."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from accounts.address_rules import require_safe, rule_from_example
from accounts.addresses import LONGEST_ADDRESS, AddressError, expected, read_address
from accounts.models import Platform
from accounts.services.platforms import PlatformDetails, add_platform, change_platform, rule_for
from laholm_sociala.common.errors import RefusedError
from tests.factories import AccountFactory, ApplicationFactory, platform
from tests.race import losers, race

pytestmark = pytest.mark.django_db
SNAPCHAT = PlatformDetails(name="Snapchat", example="https://www.snapchat.com/add/laholmskommun")


def details_of(code: str, **changes) -> PlatformDetails:
    """What stands in the form of an installed platform."""
    found = platform(code)
    return PlatformDetails(
        **{
            "name": found.name,
            "example": found.example,
            "other_hosts": tuple(found.hosts[1:]),
            "any_host": not found.hosts,
            "reserved": tuple(found.reserved),
            "case_sensitive": found.case_sensitive,
            "open_to_visitors": found.open_to_visitors,
            **changes,
        }
    )


class TestFromExample:
    @pytest.mark.parametrize(
        ("example", "handle", "url", "same"),
        [
            (
                "https://www.snapchat.com/add/LaholmsKommun?x=1",
                "",
                "https://www.snapchat.com/add/laholmskommun",
                ["snapchat.com/add/laholmskommun/", "m.snapchat.com/add/LAHOLMSKOMMUN#a", "@laholmskommun"],
            ),
            (
                "pinterest.se/laholm/",
                "",
                "https://pinterest.se/laholm",
                ["https://www.pinterest.se/laholm/_saved/", "sv.pinterest.se/laholm?utm_source=x"],
            ),
            (
                "https://www.flickr.com/photos/laholm/sets/",
                "laholm",
                "https://www.flickr.com/photos/laholm",
                ["flickr.com/photos/laholm/albums"],
            ),
            ("https://prov.example/@åke·b", "", "https://prov.example/@åke·b", ["prov.example/@Åke·b"]),
            ("https://prov.example/c/@laholm", "@laholm", "https://prov.example/c/@laholm", ["@laholm"]),
        ],
    )
    def test_addresses_like_it_are_one_account(self, example, handle, url, same):
        rule = rule_from_example(example, code="prov", name="Prov", handle=handle)
        assert rule.example == url
        found = read_address(example, rule)
        assert found.url == url
        assert {read_address(typed, rule).key for typed in same} == {found.key}

    @pytest.mark.parametrize(
        ("example", "handle"),
        [
            ("", ""),
            ("inte en adress", ""),
            ("https://tumblr.com/", ""),
            ("https://laholm.tumblr.com", ""),
            ("https://prov.example/laholm", "halmstad"),
            ("https://prov.example/xlaholm", "laholm"),
            ("https://prov.example/{0}/laholm", ""),
            ("https://prov.example/page?id=laholm", "laholm"),
            ("https://prov.example/…/", ""),
            ("https://[::1", ""),
        ],
    )
    def test_an_example_that_cannot_be_used_is_told(self, example, handle):
        with pytest.raises(AddressError, match=r"\.$"):
            rule_from_example(example, code="prov", name="Prov", handle=handle)

    def test_other_accounts_are_not_read_by_it(self):
        rule = rule_from_example("snapchat.com/add/laholm", code="snapchat", name="Snapchat", reserved=["discover"])
        for typed in ("snapchat.com/laholm", "snapchat.com/add/discover", "snapchat.com.onda.example/add/laholm"):
            with pytest.raises(AddressError):
                read_address(typed, rule)

    @pytest.mark.parametrize(
        "pattern", ["(?P<handle>(a+)+)$", "(?P<handle>[", "^/x", "(?P<handle>a)(?:b*)*", "(?P<handle>a)" + "b" * 250]
    )
    def test_unsafe_patterns_are_refused(self, pattern):
        with pytest.raises(AddressError):
            require_safe(pattern)

    def test_every_installed_pattern_is_safe(self):
        for found in Platform.objects.all():
            for pattern in found.patterns:
                require_safe(pattern)

    def test_a_very_long_address_is_refused_at_once(self):
        with pytest.raises(AddressError, match="för lång"):
            read_address("instagram.com/" + "a" * LONGEST_ADDRESS, platform("instagram").address_rule)


class TestExpected:
    def test_names_the_platform_that_the_address_belongs_to(self):
        rules = [found.address_rule for found in Platform.objects.all()]
        said = expected("https://m.facebook.com/laholm", platform("instagram").address_rule, rules)
        assert said == (
            "Det där är en adress till Facebook. Du valde Instagram. Välj Facebook som kanal, "
            "eller skriv en adress som https://www.instagram.com/laholmskommun."
        )

    @pytest.mark.parametrize("typed", ["laholm.se/bibliotek", "@åäö", "hej"])
    def test_says_what_is_expected_of_other_addresses(self, typed):
        rules = [found.address_rule for found in Platform.objects.all()]
        said = expected(typed, platform("instagram").address_rule, rules)
        assert said.endswith("Så här ska den se ut: https://www.instagram.com/laholmskommun.")


class TestAdd:
    def test_adds_a_platform_last(self, cast, now):
        added = add_platform(SNAPCHAT, by=cast.communicator, now=now)
        assert (added.code, added.order, added.active) == ("snapchat", 100, True)
        assert list(Platform.objects.all())[-1] == added
        assert read_address("snapchat.com/add/Laholm", added.address_rule).key == "snapchat:snapchat.com/laholm"
        row = added.history.get()
        assert (row.history_user, row.history_date, row.history_change_reason) == (
            cast.communicator,
            now,
            "Kanalen lades till",
        )

    def test_a_name_is_taken_once(self, cast, now):
        with pytest.raises(RefusedError, match="Det finns redan en kanal som heter Facebook"):
            add_platform(replace(SNAPCHAT, name="Facebook"), by=cast.communicator, now=now)

    def test_a_name_needs_letters(self, cast, now):
        with pytest.raises(RefusedError, match="bokstäver"):
            add_platform(replace(SNAPCHAT, name="???"), by=cast.communicator, now=now)

    @pytest.mark.parametrize("person", ["librarian", "manager", "administrator"])
    def test_only_with_the_permission(self, cast, now, person):
        with pytest.raises(PermissionDenied):
            add_platform(SNAPCHAT, by=getattr(cast, person), now=now)
        with pytest.raises(PermissionDenied):
            change_platform(platform("x").pk, SNAPCHAT, by=getattr(cast, person), now=now)


class TestChange:
    @pytest.mark.parametrize("code", ["facebook", "instagram", "youtube", "linkedin", "x", "mastodon", "bluesky"])
    def test_saving_what_stands_changes_nothing(self, cast, now, code):
        before = platform(code).address_rule
        after = change_platform(platform(code).pk, details_of(code), by=cast.communicator, now=now).address_rule
        assert replace(after, reserved=before.reserved) == before
        assert rule_for(details_of(code), platform(code)) == before

    def test_words_and_limits_are_changed_without_touching_the_rest(self, cast, now):
        before = platform("facebook")
        details = replace(details_of("facebook"), reserved=(*before.reserved, "nytt"), profile_limit=101)
        after = change_platform(before.pk, details, by=cast.communicator, now=now)
        assert (after.patterns, after.profile_limit) == (before.patterns, 101)
        assert "nytt" in after.reserved
        assert after.history.latest("history_date").history_change_reason == "Uppgifterna ändrades"

    def test_a_new_kind_of_address_is_added_and_the_old_is_still_read(self, cast, now):
        account = AccountFactory(platform=platform("x"), handle="laholm", web_address="https://x.com/laholm")
        details = replace(details_of("x"), example="https://x.com/profil/laholmskommun", reserved=("profil",))
        after = change_platform(account.platform_id, details, by=cast.communicator, now=now)
        keys = {read_address(typed, after.address_rule).key for typed in ("x.com/profil/laholm", "x.com/laholm")}
        assert keys == {account.canonical_key}

    @pytest.mark.parametrize("record", [AccountFactory, ApplicationFactory])
    @pytest.mark.parametrize(
        "changes",
        [
            {"reserved": ("laholmskonto",)},
            {"example": "https://www.instagram.se/laholmskommun", "other_hosts": ("instagram.com",)},
        ],
    )
    def test_no_account_becomes_another(self, cast, now, record, changes):
        record(platform=platform("instagram"), web_address="https://www.instagram.com/laholmskonto")
        with pytest.raises(RefusedError, match="skulle adressen till"):
            change_platform(
                platform("instagram").pk, replace(details_of("instagram"), **changes), by=cast.communicator, now=now
            )
        assert platform("instagram").history.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_at_once(cast, now):
    outcomes = race(*[lambda: add_platform(SNAPCHAT, by=cast.communicator, now=now)] * 2)
    (loser,) = losers(outcomes)
    assert str(loser) == "Det finns redan en kanal som heter Snapchat."
    assert Platform.objects.filter(name="Snapchat").count() == 1
