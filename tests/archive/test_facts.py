"""What is known of a handling stands in the order it is read, though PostgreSQL forgets the order."""

import pytest

from archive.facts import FIRST, LAST, in_order
from archive.models import DocumentContent, HandoverContent
from archive.services.entries import Opening
from archive.services.registering import register_handover
from tests.archive.factories import entry, handed_over
from tests.clock import NOW

AS_READ = dict.fromkeys((*FIRST, "Annat", LAST), "x")


def test_the_known_first_and_what_happened_last():
    assert list(in_order(dict(sorted(AS_READ.items())))) == [*FIRST, "Annat", LAST]
    assert in_order({}) == {}


@pytest.mark.django_db
def test_in_the_inbox_and_in_the_diarium(cast, registrar):
    handover = handed_over(cast.culture_board, details=AS_READ)
    register_handover(handover.pk, entry(), matter_id=None, opening=Opening("Synpunkt"), by=registrar, now=NOW)
    for content in (HandoverContent.objects.get(), DocumentContent.objects.get()):
        assert list(content.facts) == list(AS_READ)
        assert content.facts == content.details
