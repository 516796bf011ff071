"""The page of a post: what it shows to whom, and the act form."""

from uuid import uuid4

import pytest
from django.urls import reverse

from archive.models import Handover
from moderation.enums import ActionKind, CaseStatus, Category, CriminalGround, Lane, RecordChoice
from moderation.models import Action, Case, RestrictedView
from moderation.ready_texts import REMINDER
from moderation.services import acting, reply_texts
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.moderation.factories import TEXT, library_account, log_post, picture
from tests.pages import Page, assert_asks_for_sign_in
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/laholm/posts/1"
REMOVED = {"act": "removed", "to_author": "Hej! Den är borta.", "record_choice": "kept_in_order", "record_reason": ""}


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek")


@pytest.fixture
def case(account):
    return log_post(account, link=LINK, author="Kalle Anka", place="under inlägget om öppettider")


def address(case: Case) -> str:
    return reverse("moderation:case-detail", args=[case.pk])


def typed(case: Case, **changes):
    return {**REMOVED, "version": case.version, **changes}


def registrar(cast):
    person = UserFactory(unit=cast.culture_department)
    RoleAssignmentFactory(user=person, role_id="registrator", board=cast.culture_board)
    return person


def test_strangers_sign_in_and_outsiders_find_nothing(case, cast, client_for):
    assert_asks_for_sign_in(address(case))
    for outsider in (cast.outsider, cast.administrator, UserFactory(unit=cast.library)):
        client = client_for(outsider)
        assert {client.get(address(case)).status_code, client.post(address(case), typed(case)).status_code} == {404}
    assert client_for(cast.librarian).get(reverse("moderation:case-detail", args=[uuid4()])).status_code == 404
    assert Case.objects.get().status == CaseStatus.NEW


def test_says_what_is_needed_to_decide(case, cast, client_for):
    page = Page(client_for(cast.librarian).get(address(case)))
    assert (page.title, page.heading) == ("Personangrepp", "Personangrepp")
    assert "Senast torsdag 26 november kl. 10.00." in page.text
    assert "48 timmar, helger räknas inte." in page.text
    assert page.soup.select_one("blockquote").get_text().strip() == f"”{TEXT}”"
    assert "Hittat i dag kl. 10.00, under inlägget om öppettider." in page.text
    assert "Kopia sparad" in page.text
    assert page.soup.select_one("figure details").get_text(" ", strip=True) == "Vem skrev det? Kalle Anka"
    assert page.links["Öppna på Facebook"] == LINK
    assert "Du loggade inlägget." in page.text


def test_explains_the_limit_day_by_day(case, cast, client_for):
    page = Page(client_for(cast.librarian).get(address(case)))
    rows = [row.get_text(" ", strip=True) for row in page.soup.select(".ls-days li")]
    assert rows[0].startswith("Tisdag 24 november, från kl. 10.00")
    assert len(rows) == 3


def test_reading_changes_nothing(case, cast, client_for):
    before = Case.objects.values().get()
    client_for(cast.librarian).get(address(case))
    assert Case.objects.values().get() == before
    assert not RestrictedView.objects.exists()


@pytest.mark.parametrize(
    ("lane", "offered"),
    [
        (Lane.INAPPROPRIATE, ["removed", "hidden", "left", "replied", "passed_on", "gone"]),
        (Lane.CRIMINAL, ["removed", "hidden", "gone"]),
        (Lane.SECRECY, ["removed", "hidden", "gone"]),
        (Lane.QUESTION, ["replied", "passed_on", "left", "removed", "gone"]),
        (Lane.MESSAGE, ["passed_on", "replied"]),
        (Lane.OWN_POST, ["removed", "left", "gone"]),
    ],
)
def test_offers_what_the_lane_allows_and_no_more(account, cast, client_for, lane, offered):
    page = Page(client_for(cast.librarian).get(address(log_post(account, lane=lane))))
    assert [control["value"] for control in page.soup.select('[name="act"]')] == offered
    assert page.typed("act") == offered[:1]


@pytest.mark.parametrize("category", Category)
def test_ready_text_says_why_and_who(account, cast, client_for, category):
    page = Page(client_for(cast.librarian).get(address(log_post(account, category=category, text=category))))
    text = page.typed("to_author")
    assert text.startswith("Hej! Vi har tagit bort din kommentar eftersom den ")
    assert text.endswith(" Hälsningar, Laholms bibliotek")
    assert category.value not in text
    assert REMINDER in page.text


def test_ready_text_of_what_may_be_secret_says_nothing_of_it(account, cast, client_for):
    page = Page(client_for(cast.librarian).get(address(log_post(account, lane=Lane.SECRECY))))
    assert "sekretess" not in page.typed("to_author")
    assert TEXT not in page.typed("to_author")


def test_removes_and_closes_in_one_press(case, cast, client_for):
    page = Page(client_for(cast.librarian).post(address(case), typed(case), follow=True))
    assert page.messages == ["Det är antecknat att du tog bort inlägget. Det hålls ordnat här, och inlägget är klart."]
    after = Case.objects.get()
    assert (after.status, after.outcome, after.record_choice) == ("closed", "removed", "kept_in_order")
    assert after.record_reason == "Det är inget ärende, och inget i det kan vara sekretess."
    assert case.actions.get(kind=ActionKind.REMOVED).text == "Hej! Den är borta."
    assert not page.soup.select('[name="act"]')
    assert "Klart i dag kl. 10.00." in page.text


def test_register_hands_it_to_the_registrator(case, cast, client_for):
    what = typed(case, record_choice="register", record_reason="Det kan bli ett ärende.")
    page = Page(client_for(cast.librarian).post(address(case), what, follow=True))
    assert Handover.objects.get().board == cast.culture_board
    assert "Skickat till registratorn Tisdag 24 november." in page.text


def test_other_choice_than_ours_needs_a_reason_and_nothing_is_done_without(case, cast, client_for):
    page = Page(client_for(cast.librarian).post(address(case), typed(case, record_choice="trivial")))
    assert page.errors == {"record_reason": "Skriv varför du väljer något annat än förslaget."}
    assert page.title.startswith("Fel: ")
    assert page.typed("to_author") == "Hej! Den är borta."
    assert Case.objects.get().status == CaseStatus.NEW
    assert not Action.objects.filter(kind=ActionKind.REMOVED).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"act": ""}, "act"),
        ({"act": "replied", "answer": ""}, "answer"),
        ({"act": "passed_on"}, "unit"),
        ({"act": "passed_on", "outside": "Polisen"}, "why"),
        ({"record_choice": ""}, "record_choice"),
    ],
)
def test_bad_input_is_told_beside_the_field(case, cast, client_for, changes, field):
    page = Page(client_for(cast.librarian).post(address(case), typed(case, **changes)))
    assert set(page.errors) == {field}
    assert page.typed("to_author") == "Hej! Den är borta."


def test_answer_alone_leaves_an_inappropriate_post_waiting(case, cast, client_for):
    page = Page(client_for(cast.librarian).post(address(case), typed(case, act="replied", answer="Hej!"), follow=True))
    assert page.messages == ["Svaret är antecknat. Inlägget väntar fortfarande på granskning."]
    assert Case.objects.get().status == CaseStatus.NEW


def test_second_of_two_learns_who_did_what_and_keeps_the_words(case, cast, client_for):
    acting.hide(case.pk, version=case.version, by=cast.assistant, now=NOW)
    page = Page(client_for(cast.librarian).post(address(case), typed(case, to_author="Mina ord.")))
    assert page.summary == ["Assistent Asp dolde inlägget i dag kl. 10.00. Läs vad som hänt, och gör det som är kvar."]
    assert page.typed("to_author") == "Mina ord."
    assert page.typed("version") == str(Case.objects.get().version)
    assert Case.objects.get().outcome == "hidden"


def test_without_a_copy_it_says_how_to_keep_one(account, cast, client_for):
    case = log_post(account, link=LINK, text="")
    page = Page(client_for(cast.librarian).get(address(case)))
    assert page.links["Lägg till en kopia"] == reverse("moderation:case-copy-add", args=[case.pk])
    page = Page(client_for(cast.librarian).post(address(case), typed(case)))
    assert page.errors["act"].startswith("Spara en kopia först")


def test_shows_pictures_by_the_door_that_notes_it(account, cast, client_for):
    case = log_post(account, link=LINK, pictures=[picture()])
    page = Page(client_for(cast.librarian).get(address(case)))
    shown = page.soup.select_one("figure img")
    assert shown["src"] == reverse("moderation:evidence-shown", args=[case.pk, case.evidence.get().pk])
    assert shown["alt"] == "Bild av inlägget, sparad i dag kl. 10.00"


def test_what_must_not_be_copied_shows_where_it_is_alone(account, cast, client_for):
    case = log_post(account, lane=Lane.CRIMINAL, link=LINK, text="", criminal_grounds=(CriminalGround.CHILD_ABUSE,))
    page = Page(client_for(cast.librarian).get(address(case)))
    assert "Ta ingen kopia. Ring polisen på 114 14." in page.text
    assert "Lägg till en kopia" not in page.links
    assert page.links["Öppna på Facebook"] == LINK


class TestWhatMayBeSecret:
    @pytest.fixture
    def case(self, account):
        return log_post(account, lane=Lane.SECRECY, link=LINK)

    def test_each_reading_is_noted_and_that_is_said(self, case, cast, client_for):
        for _time in range(2):
            page = Page(client_for(cast.librarian).get(address(case)))
        assert "Det antecknas att du läser inlägget." in page.text
        assert RestrictedView.objects.filter(case=case, user=cast.librarian).count() == 2

    def test_can_only_be_registered(self, case, cast, client_for):
        page = Page(client_for(cast.librarian).get(address(case)))
        assert [control["value"] for control in page.soup.select('[name="record_choice"]')] == ["register"]
        page = Page(client_for(cast.librarian).post(address(case), typed(case, record_choice="trivial")))
        assert set(page.errors) == {"record_choice"}

    def test_hidden_it_waits_for_removal(self, case, cast, client_for):
        what = typed(case, act="hidden", record_choice="register")
        page = Page(client_for(cast.librarian).post(address(case), what, follow=True))
        assert page.messages == ["Det är antecknat att du dolde inlägget. Det måste också tas bort."]
        assert Case.objects.get().status == CaseStatus.NEW

    def test_kommunikationsenheten_finds_nothing(self, case, cast, client_for):
        assert client_for(cast.communicator).get(address(case)).status_code == 404

    def test_registrator_reads_and_does_nothing(self, case, cast, client_for):
        client = client_for(registrar(cast))
        page = Page(client.get(address(case)))
        assert TEXT in page.text
        assert not page.soup.select('main form, main [name="act"]')
        assert client.post(address(case), typed(case)).status_code == 403
        assert RestrictedView.objects.get().case == case


class TestSettle:
    @pytest.fixture
    def hidden(self, case, cast):
        return acting.hide(case.pk, version=None, by=cast.librarian, now=NOW)

    def settle(self, case):
        return reverse("moderation:case-settle", args=[case.pk])

    def test_what_is_left_is_asked_for(self, hidden, cast, client_for):
        page = Page(client_for(cast.librarian).get(address(hidden)))
        assert page.typed("record_choice") == ["kept_in_order"]
        assert "Avsluta" in page.buttons

    def test_settles(self, hidden, cast, client_for):
        what = {"version": hidden.version, "record_choice": "kept_in_order"}
        page = Page(client_for(cast.librarian).post(self.settle(hidden), what, follow=True))
        assert page.messages == ["Det hålls ordnat här, och inlägget är klart."]
        assert Case.objects.get().record_choice == RecordChoice.KEPT_IN_ORDER

    def test_what_is_not_decided_cannot_be(self, case, cast, client_for):
        what = {"version": case.version, "record_choice": "kept_in_order"}
        page = Page(client_for(cast.librarian).post(self.settle(case), what))
        assert page.summary == ["Inlägget är inte åtgärdat än."]


def test_own_post_waits_for_its_assessment(account, cast, client_for):
    case = log_post(account, lane=Lane.OWN_POST)
    page = Page(client_for(cast.librarian).get(address(case)))
    assert not page.soup.select('[name="record_choice"]')
    page = Page(
        client_for(cast.librarian).post(address(case), {"act": "removed", "version": case.version}, follow=True)
    )
    assert page.messages[0].endswith("Bedöm nu om incidenten ska anmälas till IMY.")
    assert page.links["Bedöm incidenten"] == reverse("moderation:case-incident", args=[case.pk])


def test_ready_answer_is_filled_in(case, cast, client_for):
    ready = reply_texts.add(name="Tider", text="Vi stänger 18.", for_unit=False, by=cast.librarian, now=NOW)
    page = Page(client_for(cast.librarian).get(address(case), {"svarstext": ready.pk}))
    assert (page.typed("act"), page.typed("answer")) == (["replied"], "Vi stänger 18.")
    others = Page(client_for(cast.assistant).get(address(case), {"svarstext": ready.pk}))
    assert (others.typed("act"), others.typed("answer")) == (["removed"], "")


def test_costs_the_same_however_much_has_happened(account, cast, client_for):
    case = log_post(account, link=LINK)
    client = client_for(cast.librarian)

    def note():
        from moderation.services.noting import note

        note(case.pk, text="Anteckning", by=cast.assistant, now=NOW)

    assert_same_query_count(lambda: client.get(address(case)), add_row=note)
