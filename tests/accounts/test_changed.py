"""What the manager sees marked when an application comes back."""

import pytest
from django.urls import reverse

from accounts.changed import changed, changed_since_last_decision
from accounts.enums import Use
from accounts.services import drafts
from accounts.services.applications import submit
from tests.factories import make_draft, send_back
from tests.pages import Page, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent_again(cast, submitted, content, clock):
    """The librarian's application, sent back and sent again with changes."""

    def send(**changes):
        application = send_back(submitted)
        clock.move(hours=1)
        same = {"unit": application.unit, "consultation_advice": application.consultation_advice}
        draft = make_draft(cast.librarian, application=application)
        return submit(draft.pk, content=content(**{**same, **changes}), by=cast.librarian, now=clock.now)

    return send


def test_nothing_is_marked_the_first_time(submitted):
    assert changed_since_last_decision(submitted) == {}


def test_nothing_is_marked_when_nothing_changed(sent_again):
    assert changed_since_last_decision(sent_again()) == {}


def test_each_place_that_differs_is_marked_with_what_stood_there(sent_again, cast):
    application = sent_again(
        audience="Alla barn i Laholm.", uses=[Use.CRISIS], substitute=cast.deputy, artistic_exemption=True
    )
    assert changed_since_last_decision(application) == {
        "audience": "Laholmare som läser, och de som ännu inte gör det.",
        "substitute": "Assistent Asp, biblioteksassistent, biblioteket",
        "uses": "Skapa insyn och öka kunskapen om verksamheten\nGe service: upplysningar, vägledning, svar på frågor",
        "exemption": "nej",
    }


def test_what_the_older_form_did_not_ask_is_not_compared():
    now = {"syfte": "a", "konstnarligt_undantag": "ja", "undantagets_motivering": "b"}
    full = dict.fromkeys(("verksamhet", "webbadress", "kanal", "namn", "malgrupp", "amnen"), "")
    assert changed({"syfte": "x"}, {**full, **now}) == {"purpose": "x"}


def test_what_was_empty_says_so():
    assert changed({"syfte": ""}, {"syfte": "a"}) == {"purpose": "Inget stod här."}


def test_manager_sees_the_marks_and_the_old_words(sent_again, client_for, cast):
    application = sent_again(audience="Alla barn i Laholm.")
    page = Page(client_for(cast.manager).get(reverse("accounts:application-approve", args=[application.pk])))
    marked = [words_of(term) for term in page.soup.select("dt") if term.select_one(".ls-changed")]
    assert marked == ["Budskap och Målgrupp? Ändrat sedan sist"]
    assert words_of(page.soup.select_one(".ls-before summary")) == "Det som stod förut"
    assert words_of(page.soup.select_one(".ls-before p")) == "Laholmare som läser, och de som ännu inte gör det."
    assert "Det som är ändrat sedan uppstarten skickades tillbaka är märkt." in page.lead


def test_applicant_sees_them_before_sending(client_for, cast, submitted, now):
    application = send_back(submitted)
    draft = drafts.reopen_returned(application.pk, by=cast.librarian, now=now)
    draft = drafts.save_draft(draft.pk, typed={**draft.typed, "purpose": "Nytt syfte."}, by=cast.librarian, now=now)
    page = Page(client_for(cast.librarian).get(reverse("accounts:draft-preview", args=[draft.pk])))
    marked = [words_of(term) for term in page.soup.select("dt") if term.select_one(".ls-changed")]
    assert marked == ["Syfte och mål med kontot? Ändrat sedan sist"]


def test_markup_in_the_old_words_is_text(sent_again, client_for, cast, submitted):
    application = sent_again(purpose="<b>Fet</b>")
    response = client_for(cast.manager).get(reverse("accounts:application-approve", args=[application.pk]))
    assert b"<b>Fet" not in response.content
