"""The example municipality has looked through its accounts, missed some days, and has one that nobody covers."""

import pytest

from accounts import coverage
from accounts.models import Account
from laholm_sociala.demo import municipality
from moderation.models import SupervisionCheck
from moderation.supervision import with_missed
from tests.clock import NOW

pytestmark = pytest.mark.django_db


def test_pages_about_supervision_have_something_to_show(demo):
    municipality.fill(NOW)
    assert SupervisionCheck.objects.filter(day=coverage.working_days_back(NOW, 20)[-1]).exists()
    assert not SupervisionCheck.objects.filter(day=NOW.date()).exists()
    missed = {str(account): account.missed for account in with_missed(Account.objects.all(), NOW)}
    assert missed["Laholms kulturskola på Instagram"] == 3
    assert len(missed) < 6
    tomorrow = coverage.working_days_ahead(NOW, 1)[0]
    alone = Account.objects.filter(coverage.nobody_there(tomorrow))
    assert [str(account) for account in alone] == ["Laholms kulturskola på Instagram"]
