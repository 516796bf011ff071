"""What is typed so far: kept for its owner alone, and gone without a trace."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import Application, Draft
from accounts.services.applications import submit
from accounts.services.drafts import clear_forgotten, discard_draft, reopen_returned, save_draft, typed_from
from laholm_sociala.common.errors import RefusedError
from tests.factories import approve, make_draft, reject, send_back
from tests.race import losers, race

pytestmark = pytest.mark.django_db


class TestSave:
    def test_makes_the_draft_and_then_keeps_it(self, cast, now):
        key = uuid4()
        made = save_draft(key, typed={"account_name": "Bok"}, by=cast.librarian, now=now)
        kept = save_draft(key, typed={"account_name": "Boktips"}, by=cast.librarian, now=now)
        assert made == kept == Draft.objects.get()
        assert (str(Draft.objects.get()), Draft.objects.get().saved_at) == ("Boktips", now)

    def test_keeps_what_is_wrong_too(self, cast, now):
        typed = {"web_address": "inte en adress", "uses": ["service", "x"], "account_name": ""}
        draft = save_draft(uuid4(), typed=typed, by=cast.librarian, now=now)
        assert Draft.objects.get(pk=draft.pk).typed == typed
        assert str(draft) == "Utan namn än"

    def test_somebody_elses_is_not_there(self, cast, now):
        draft = make_draft(cast.librarian, account_name="Mitt")
        with pytest.raises(Draft.DoesNotExist):
            save_draft(draft.pk, typed={"account_name": "Ditt"}, by=cast.assistant, now=now)
        assert Draft.objects.get().account_name == "Mitt"


class TestDiscard:
    def test_leaves_nothing(self, cast, now):
        draft = make_draft(cast.librarian)
        discard_draft(draft.pk, by=cast.librarian, now=now)
        assert not Draft.objects.exists()

    def test_somebody_elses_stays(self, cast, now):
        draft = make_draft(cast.librarian)
        with pytest.raises(Draft.DoesNotExist):
            discard_draft(draft.pk, by=cast.administrator, now=now)

    def test_rensas_when_nobody_has_written_in_it_for_a_year(self, cast, submitted, now):
        send_back(submitted)
        returned = reopen_returned(submitted.pk, by=cast.librarian, now=now)
        make_draft(cast.librarian)
        last = Draft.objects.latest("saved_at").saved_at
        assert clear_forgotten(now=last + timedelta(days=365)) == 0
        assert clear_forgotten(now=last + timedelta(days=365, seconds=1)) == 1
        assert list(Draft.objects.all()) == [returned]

    def test_the_draft_of_a_returned_application_stays(self, cast, submitted, now):
        send_back(submitted)
        draft = reopen_returned(submitted.pk, by=cast.librarian, now=now)
        with pytest.raises(Draft.DoesNotExist):
            discard_draft(draft.pk, by=cast.librarian, now=now)


class TestReopen:
    def test_gives_back_what_was_sent(self, cast, submitted, now):
        send_back(submitted)
        draft = reopen_returned(submitted.pk, by=cast.librarian, now=now)
        assert draft.typed == typed_from(submitted)
        assert draft.typed["checklist"] == ["0", "1", "2", "3", "4", "5"]

    def test_gives_the_same_draft_each_time(self, cast, submitted, now):
        send_back(submitted)
        first = reopen_returned(submitted.pk, by=cast.librarian, now=now)
        save_draft(first.pk, typed={"account_name": "Ändrat"}, by=cast.librarian, now=now)
        assert reopen_returned(submitted.pk, by=cast.librarian, now=now).account_name == "Ändrat"

    @pytest.mark.parametrize("decide", [None, approve, reject])
    def test_refused_unless_it_is_back(self, cast, submitted, now, decide):
        if decide:
            decide(submitted)
        with pytest.raises(RefusedError, match="kan inte ändras nu"):
            reopen_returned(submitted.pk, by=cast.librarian, now=now)

    @pytest.mark.parametrize("who", ["assistant", "manager", "communicator"])
    def test_nobody_but_the_applicant(self, cast, submitted, now, who):
        send_back(submitted)
        with pytest.raises(Application.DoesNotExist):
            reopen_returned(submitted.pk, by=getattr(cast, who), now=now)


@pytest.mark.django_db(transaction=True)
def test_two_first_saves_at_once_are_one_draft(cast, now):
    key = uuid4()

    def save(name):
        return save_draft(key, typed={"account_name": name}, by=cast.librarian, now=now)

    outcomes = race(lambda: save("Ett"), lambda: save("Två"))
    assert losers(outcomes) == []
    assert Draft.objects.get().account_name in {"Ett", "Två"}


def test_what_autosaves_after_the_draft_was_sent_makes_nothing_anew(cast, now, content):
    draft = make_draft(cast.librarian)
    sent = submit(draft.pk, content=content(), by=cast.librarian, now=now)
    with pytest.raises(Draft.DoesNotExist):
        save_draft(draft.pk, typed={"topics": "för sent"}, by=cast.librarian, now=now)
    assert (sent.pk, Draft.objects.count()) == (draft.pk, 0)
