"""The artistic exemption: culture and leisure's core needs no words, others do (R26)."""

import json
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Decision
from accounts.services import forms, register
from accounts.services.applications import submit
from laholm_sociala.common.errors import RefusedError
from tests.factories import CONSULTATION, SUMMARY, approve, make_draft
from tests.pages import Page

pytestmark = pytest.mark.django_db
WHY = "Vi visar konstverk som kommunen har köpt."


@pytest.fixture
def send(cast, content, now):
    def send(**changes):
        draft = make_draft(cast.librarian)
        claimed = content(**{"artistic_exemption": True, **changes})
        return submit(draft.pk, content=claimed, by=cast.librarian, now=now)

    return send


def test_culture_and_leisure_need_no_motivation(send):
    application = send()
    assert (application.artistic_exemption, application.in_core_of_culture) == (True, True)
    assert application.exemption_in_words == "Undantaget gäller. Hör till kultur och fritids kärnverksamhet"


@pytest.mark.parametrize("why", ["", "  \n"])
def test_others_do(send, cast, why):
    with pytest.raises(RefusedError, match="Skriv varför undantaget gäller") as refusal:
        send(unit=cast.building_permits, artistic_motivation=why)
    assert refusal.value.field == "artistic_motivation"
    application = send(unit=cast.building_permits, artistic_motivation=WHY)
    assert (application.in_core_of_culture, application.artistic_motivation) == (False, WHY)


def test_the_database_refuses_it_too(send, cast, now):
    application = send(unit=cast.building_permits, artistic_motivation=WHY)
    application.artistic_motivation = ""
    with pytest.raises(IntegrityError), transaction.atomic():
        application.record(by=cast.librarian, now=now, reason="Utan motivering")


def test_words_without_the_exemption_are_dropped(send):
    assert send(artistic_exemption=False, artistic_motivation=WHY).artistic_motivation == ""


def test_is_in_what_is_decided_on_and_in_the_pdf(send, cast):
    application = approve(send(unit=cast.building_permits, artistic_motivation=WHY))
    content = json.loads(Decision.objects.get(application=application).content)
    assert (content["konstnarligt_undantag"], content["undantagets_motivering"]) == ("ja", WHY)
    html = forms.form_html(Decision.objects.get(application=application))
    assert f"Undantaget gäller. {WHY}" in html


def test_is_carried_to_the_account(send, cast, now):
    application = approve(send(unit=cast.building_permits, artistic_motivation=WHY))
    account = register.register(
        application.pk, summary=SUMMARY, consultation=CONSULTATION, by=cast.communicator, now=now
    )
    assert (account.artistic_exemption, account.artistic_motivation) == (True, WHY)


class TestForm:
    @pytest.fixture
    def client(self, client_for, cast):
        return client_for(cast.librarian)

    def post(self, client, filled_in, **changes):
        return client.post(reverse("accounts:draft-edit", args=[uuid4()]), {**filled_in, **changes})

    def test_asks_for_a_motivation(self, client, cast, filled_in):
        claimed = {"artistic_exemption": "ja", "unit": str(cast.building_permits.pk)}
        page = Page(self.post(client, filled_in, **claimed))
        assert page.errors == {"artistic_motivation": "Skriv varför undantaget gäller för kontot"}
        assert page.typed("artistic_exemption") == "ja"
        assert page.soup.select_one("details:has(#id_artistic_motivation)").has_attr("open"), "what is wrong is seen"
        assert self.post(client, filled_in, **claimed, artistic_motivation=WHY).status_code == 302

    def test_not_of_culture_and_leisure(self, client, filled_in):
        assert self.post(client, filled_in, artistic_exemption="ja").status_code == 302

    def test_stands_folded_until_it_is_asked_for(self, client):
        page = Page(client.get(reverse("accounts:application-start")))
        assert not page.soup.select_one("details:has(#id_artistic_motivation)").has_attr("open")

    def test_manager_reads_it(self, client_for, cast, send):
        application = send(unit=cast.library, artistic_motivation=WHY)
        page = Page(client_for(cast.manager).get(reverse("accounts:application-approve", args=[application.pk])))
        assert page.facts["Konstnärligt eller litterärt skapande"].endswith(WHY)
