from uuid import uuid4

import pytest
from django.urls import reverse

from accounts import compliance
from accounts.enums import Duty, LegalGround, Use
from accounts.models import Account
from accounts.services import completion
from laholm_sociala.common.errors import RefusedError
from tests.accounts.closings import closed
from tests.accounts.import_steps import LIBRARY, read_in
from tests.accounts.keeping_battery import assert_only_keepers
from tests.factories import registered_account
from tests.jobs import waiting_jobs
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast) -> Account:
    """The library's, from a file that says no more than where it is."""
    read_in(cast, LIBRARY)
    return Account.objects.get()


@pytest.fixture
def url(account) -> str:
    return reverse("accounts:account-complete", args=[account.pk])


@pytest.fixture
def whole(cast) -> dict[str, object]:
    return {
        "purpose": "Fler ska hitta hit.",
        "audience": "Alla som läser.",
        "topics": "Boktips.",
        "summary": "Boktips och öppettider",
        "responsible": str(cast.librarian.pk),
        "substitute": str(cast.assistant.pk),
        "uses": ["insight", "crisis"],
        "legal_ground": "public_interest",
    }


def lacks(account: Account, now) -> set[str]:
    return {check.code for check in compliance.findings([account.pk], now=now).get(account.pk, [])}


def test_manager_completes_it_and_the_lack_is_gone(cast, client_for, account, url, whole, now, today):
    assert "bilaga1_missing" in lacks(account, now)
    client = client_for(cast.manager)
    assert "Bilaga 1 är inte komplett" in client.get(reverse("accounts:account-detail", args=[account.pk])).text
    response = client.post(url, whole, follow=True)
    assert Page(response).messages == ["Uppgifterna om Laholms bibliotek på Facebook är sparade."]
    account.refresh_from_db()
    assert (account.purpose, account.audience, account.topics) == ("Fler ska hitta hit.", "Alla som läser.", "Boktips.")
    assert (account.uses, account.legal_ground) == ([Use.INSIGHT, Use.CRISIS], LegalGround.PUBLIC_INTEREST)
    assert set(account.assignments.on(today).values_list("duty", "user")) == {
        (Duty.RESPONSIBLE, cast.librarian.pk),
        (Duty.SUBSTITUTE, cast.assistant.pk),
    }
    past = account.history.first()
    assert past.history_user == cast.manager
    assert past.history_change_reason == (
        "Kompletterat: syfte och mål, budskap och målgrupp, ämnen, en rad för den offentliga listan, användning "
        "och laglig grund"
    )
    assert "bilaga1_missing" not in lacks(account, now)
    assert waiting_jobs("make_mission_statement"), "with all answers there is an uppdragsbeskrivning to make"


def test_what_is_known_now_can_be_saved(cast, client_for, account, url, now):
    client = client_for(cast.communicator)
    client.post(url, {"topics": "Boktips."})
    account.refresh_from_db()
    assert (account.topics, account.purpose) == ("Boktips.", "")
    assert "bilaga1_missing" in lacks(account, now)
    assert not waiting_jobs("make_mission_statement")
    fields = client.get(url).context["form"].fields
    assert "topics" not in fields
    assert "purpose" in fields


def test_nothing_filled_in_is_said(cast, client_for, url):
    assert Page(client_for(cast.manager).post(url)).summary == ["Fyll i minst ett svar innan du sparar"]


def test_two_people_who_are_one_are_told(cast, client_for, url):
    person = str(cast.librarian.pk)
    page = Page(client_for(cast.manager).post(url, {"responsible": person, "substitute": person}))
    assert page.errors == {"substitute": "Välj en annan person än den ansvariga"}


def test_what_someone_else_answered_meanwhile_stays(cast, account, now):
    complete = {"people": {}, "by": cast.manager, "now": now}
    completion.complete(account.pk, answers={"topics": "Boktips."}, **complete)
    with pytest.raises(RefusedError, match="Någon annan har redan fyllt i det här") as caught:
        completion.complete(account.pk, answers={"topics": "Annat."}, **complete)
    assert caught.value.field == "topics"
    assert Account.objects.get().topics == "Boktips."


def test_person_who_left_is_refused_beside_the_field(cast, account, now):
    person = cast.assistant
    person.is_active = False
    person.record(by=cast.administrator, now=now, reason="Slutade")
    with pytest.raises(RefusedError) as caught:
        completion.complete(
            account.pk, answers={"topics": "A"}, people={Duty.SUBSTITUTE: person}, by=cast.manager, now=now
        )
    assert caught.value.field == "substitute"
    assert Account.objects.get().topics == "", "all of it or nothing"


def test_account_with_bilaga_1_has_nothing_to_complete(cast, client_for, now):
    account = registered_account(unit=cast.library, applicant=cast.librarian)
    page = Page(client_for(cast.manager).get(reverse("accounts:account-complete", args=[account.pk])))
    assert page.lead == "Inget saknas. Alla frågor i Bilaga 1 har svar."
    with pytest.raises(RefusedError, match="godkänd Bilaga 1"):
        completion.complete(account.pk, answers={"topics": "A"}, people={}, by=cast.manager, now=now)


def test_closed_account_is_left_alone(cast, account, now):
    closed(account, by=cast.manager, manager=cast.manager)
    assert "bilaga1_missing" not in lacks(account, now)
    with pytest.raises(RefusedError, match="avslutat"):
        completion.complete(account.pk, answers={"topics": "A"}, people={}, by=cast.manager, now=now)


def test_unknown_is_404(cast, client_for):
    assert client_for(cast.manager).get(reverse("accounts:account-complete", args=[uuid4()])).status_code == 404


def test_only_those_who_keep_it(cast, client_for, account, url, now):
    people = {Duty.RESPONSIBLE: cast.librarian, Duty.SUBSTITUTE: cast.assistant}
    completion.complete(account.pk, answers={}, people=people, by=cast.manager, now=now)
    assert_only_keepers(url, account, cast, client_for)
