"""The platforms' address rules are kept, and what is changed holds at once."""

import pytest

from accounts.known_rules import known_rules
from accounts.models import Platform
from tests.clock import NOW
from tests.factories import PlatformFactory, platform

pytestmark = pytest.mark.django_db


@pytest.fixture
def facebook():
    return platform("facebook")


def test_they_are_those_of_all_platforms_in_order(facebook):
    PlatformFactory(code="annan")
    assert list(known_rules()) == [found.address_rule for found in Platform.objects.all()]


def test_they_are_fetched_once(facebook, django_assert_num_queries):
    known_rules()
    with django_assert_num_queries(1):
        known_rules()


def test_a_new_platform_is_known_at_once(facebook):
    before = known_rules()
    PlatformFactory(code="annan")
    assert len(known_rules()) == len(before) + 1


def test_a_changed_one_is_known_at_once_however_often(facebook, cast):
    for name in ("En", "Två", "Tre"):
        facebook.name = name
        facebook.record(by=cast.communicator, now=NOW, reason="Fick nytt namn")
        assert name in {rule.name for rule in known_rules()}
