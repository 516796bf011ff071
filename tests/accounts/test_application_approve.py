from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.bilaga1 import ASSURANCES as SENTENCES
from accounts.bilaga1 import fingerprint
from accounts.enums import ApplicationStatus, DecisionKind, SignInMethod
from accounts.models import Application, Decision, User
from accounts.services import applications, decisions, drafts
from laholm_sociala.common.models import Mail
from tests.accounts.decide import ASSURANCES, CHANGED, WEAK_SIGN_IN, press, read, status_of
from tests.factories import ApplicationFactory, DeputyFactory, UnitFactory, UserFactory, approve, reject, send_back
from tests.jobs import waiting_jobs
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db


def address(application):
    return reverse("accounts:application-approve", args=[getattr(application, "pk", application)])


@pytest.fixture
def url(submitted):
    return address(submitted)


@pytest.fixture
def manager(client_for, cast):
    """The manager's browser."""
    return client_for(cast.manager)


@pytest.fixture
def change_and_resend(submitted, cast, clock):
    """The deputy sends it back, and the librarian changes it and sends it again."""

    def act(**content):
        send_back(submitted, by=cast.deputy)
        now = clock.move(minutes=5)
        draft = drafts.reopen_returned(submitted.pk, by=cast.librarian, now=now)
        kept = {field: getattr(submitted, field) for field in Application.content_fields}
        return applications.submit(draft.pk, content={**kept, **content}, by=cast.librarian, now=now)

    return act


def test_everything_is_read_in_one_scroll(manager, url):
    page = read(manager, url)
    assert page.title == "Godkänn nytt konto"
    assert page.heading == "Laholms bibliotek på Instagram"
    assert page.lead == (
        "Bibliotekarie Björk, bibliotekarie, biblioteket, vill starta ett konto och ber om ditt godkännande."
    )
    assert list(page.facts)[:7] == [
        "Verksamhet",
        "Webbadress",
        "Kanal",
        "Namn på kontot",
        "Syfte och mål med kontot?",
        "Budskap och Målgrupp?",
        "Ämnen?",
    ]
    assert len(page.soup.select(".ls-ticks li")) == 6
    assert page.typed("assurances") == []
    assert page.buttons == ["Godkänn"]
    assert page.links["Skicka tillbaka"] == url.replace("godkann", "skicka-tillbaka")
    assert page.links["Avslå"] == url.replace("godkann", "avsla")
    assert "Du godkänner som Enhetschef Ek, enhetschef, biblioteket." in page.text


def test_there_is_no_menu_and_no_machinery(manager, url, submitted):
    page = read(manager, url)
    assert page.soup.select("nav") == []
    assert fingerprint(submitted.canonical_content()) not in page.text


def test_approves(manager, url, submitted, cast, now):
    page = press(manager, url, assurances=ASSURANCES)
    assert page.heading == "Skickat till kommunikationsenheten"
    assert page.lead.startswith("Du godkände i dag kl. 10.00 som Enhetschef Ek, enhetschef, biblioteket.")
    assert status_of(submitted) == ApplicationStatus.APPROVED
    decision = Decision.objects.get()
    assert (decision.kind, decision.by, decision.decided_at) == (DecisionKind.APPROVED, cast.manager, now)
    assert decision.sign_in_method == SignInMethod.MFA
    assert (decision.name_clarification, decision.title) == ("Enhetschef Ek", "enhetschef, biblioteket")
    assert decision.content == submitted.canonical_content()
    assert decision.assurances == [f"{word}. {sentence}" for word, sentence in SENTENCES]
    assert [(mail.to, mail.subject) for mail in Mail.objects.all()] == [
        ([cast.librarian.email], "Godkänt: Laholms bibliotek på Instagram")
    ]
    assert [job.args for job in waiting_jobs("make_approved_form")] == [{"decision_id": str(decision.pk)}]


def test_signed_in_by_the_municipality_is_enough(client_for, cast, url):
    press(client_for(cast.manager, method="socialaccount"), url, assurances=ASSURANCES)
    assert Decision.objects.get().sign_in_method == SignInMethod.SSO


def test_the_deputy_approves_in_the_managers_place(client_for, cast, url, submitted):
    press(client_for(cast.deputy), url, assurances=ASSURANCES)
    assert Decision.objects.get().name_clarification == "Ställföreträdare Sten"


def test_a_manager_with_protected_identity_signs_by_function(client_for, cast):
    manager = UserFactory(name="", title="enhetschef", protected_identity=True)
    application = ApplicationFactory(unit=UnitFactory(manager=manager), applicant=cast.librarian)
    page = press(client_for(manager), address(application), assurances=ASSURANCES)
    assert page.lead.startswith("Du godkände i dag kl. 10.00 som Enhetschef. ")
    assert (Decision.objects.get().name_clarification, Decision.objects.get().title) == ("Enhetschef", "")


@pytest.mark.parametrize(
    ("ticked", "said"),
    [
        ([], "Kryssa i resurser, kunskap och rutiner för att godkänna"),
        (["resurser"], "Kryssa i kunskap och rutiner också för att godkänna"),
        (["resurser", "rutiner"], "Kryssa i kunskap också för att godkänna"),
    ],
)
def test_each_of_the_three_is_ticked(manager, url, submitted, ticked, said):
    page = press(manager, url, assurances=ticked)
    assert page.title == "Fel: Godkänn nytt konto"
    assert page.errors == {"assurances": said}
    assert page.summary == [said]
    assert page.typed("assurances") == ticked
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_an_assurance_that_does_not_exist_is_survived(manager, url, submitted):
    page = press(manager, url, assurances=[*ASSURANCES, "allt annat"])
    assert list(page.errors) == ["assurances"]
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_reading_decides_nothing(manager, url, submitted):
    manager.get(url, {"seen": fingerprint(submitted.canonical_content()), "assurances": ASSURANCES})
    assert status_of(submitted) == ApplicationStatus.SUBMITTED
    assert not Decision.objects.exists()


class TestByPasswordAlone:
    def test_sees_how_to_get_two_steps(self, client_for, cast, url):
        page = read(client_for(cast.manager, method="password"), url)
        assert page.links["Slå på tvåstegsinloggning"] == reverse("mfa_index")
        assert page.soup.find(id="starkare").get_text() == "Logga in med två steg för att besluta"
        assert page.buttons == []
        assert page.soup.select("[name=assurances]") == []

    @pytest.mark.parametrize("method", ["password", "demo", "okänt"])
    def test_cannot_approve(self, client_for, cast, url, submitted, method):
        page = press(client_for(cast.manager, method=method), url, assurances=ASSURANCES)
        assert page.summary == [WEAK_SIGN_IN]
        assert page.title == "Fel: Godkänn nytt konto"
        assert status_of(submitted) == ApplicationStatus.SUBMITTED
        assert not Decision.objects.exists()


class TestTwoManagers:
    def test_the_second_is_told_who_decided(self, client_for, cast, url, submitted):
        managers = client_for(cast.manager)
        read_before = read(managers, url)
        approve(submitted, by=cast.deputy)
        page = press(managers, url, read_before, assurances=ASSURANCES)
        assert page.heading == "Redan beslutat"
        assert page.lead == (
            "Ställföreträdare Sten, bibliotekarie, biblioteket hann före: godkänt i dag kl. 10.00. "
            "Du behöver inte göra något."
        )
        assert Decision.objects.count() == 1

    def test_also_when_nothing_was_ticked(self, client_for, cast, url, submitted):
        managers = client_for(cast.manager)
        read_before = read(managers, url)
        reject(submitted, by=cast.deputy)
        assert press(managers, url, read_before).heading == "Redan beslutat"

    def test_also_when_the_page_is_opened_late(self, manager, cast, url, submitted):
        send_back(submitted, by=cast.deputy)
        page = read(manager, url)
        assert page.heading == "Redan beslutat"
        assert "hann före: skickat tillbaka i dag kl. 10.00" in page.lead
        assert page.buttons == []

    def test_a_second_press_of_ones_own_says_what_one_did(self, manager, url, submitted):
        read_before = read(manager, url)
        press(manager, url, read_before, assurances=ASSURANCES)
        page = press(manager, url, read_before, assurances=ASSURANCES)
        assert page.heading == "Skickat till kommunikationsenheten"
        assert Decision.objects.count() == 1


class TestChangedSinceItWasRead:
    def test_has_to_be_read_again(self, manager, url, submitted, change_and_resend):
        read_before = read(manager, url)
        change_and_resend(purpose="Något helt annat.")
        page = press(manager, url, read_before, assurances=ASSURANCES)
        assert page.summary == [CHANGED]
        assert "Något helt annat." in page.text
        assert page.typed("assurances") == ASSURANCES
        assert status_of(submitted) == ApplicationStatus.SUBMITTED

    def test_and_can_then_be_approved(self, manager, url, submitted, change_and_resend):
        read_before = read(manager, url)
        change_and_resend(purpose="Något helt annat.")
        read_again = press(manager, url, read_before, assurances=ASSURANCES)
        page = press(manager, url, read_again, assurances=ASSURANCES)
        assert page.heading == "Skickat till kommunikationsenheten"
        approval = Decision.objects.get(kind=DecisionKind.APPROVED)
        assert '"syfte":"Något helt annat."' in approval.content

    def test_a_missing_tick_does_not_hide_the_change(self, manager, url, submitted, change_and_resend):
        read_before = read(manager, url)
        change_and_resend(purpose="Något helt annat.")
        without_ticks = press(manager, url, read_before)
        page = press(manager, url, without_ticks, assurances=ASSURANCES)
        assert page.summary == [CHANGED]
        assert status_of(submitted) == ApplicationStatus.SUBMITTED

    @pytest.mark.parametrize("seen", ["", "0" * 64, "<b>", "å" * 5000])
    def test_a_page_that_never_was_is_refused(self, manager, url, submitted, seen):
        page = Page(manager.post(url, {"seen": seen, "assurances": ASSURANCES}))
        assert len(page.summary) == 1
        assert status_of(submitted) == ApplicationStatus.SUBMITTED


class TestAfterwards:
    def test_withdrawn(self, manager, cast, url, submitted, now):
        applications.withdraw(submitted.pk, by=cast.librarian, now=now)
        page = read(manager, url)
        assert page.heading == "Återtagen"
        assert press_blindly(manager, url, submitted).heading == "Återtagen"

    def test_withdrawn_after_one_sent_it_back(self, manager, cast, url, submitted, now):
        send_back(submitted)
        applications.withdraw(submitted.pk, by=cast.librarian, now=now)
        assert read(manager, url).heading == "Återtagen"

    def test_voided_by_kommunikationsenheten(self, manager, cast, url, submitted, clock):
        approve(submitted)
        decisions.void_approval(
            submitted.pk,
            comment="Fel nämnd.",
            sign_in_method=SignInMethod.MFA,
            by=cast.communicator,
            now=clock.move(minutes=5),
        )
        page = read(manager, url)
        assert page.heading == "Tillbaka för ändring"
        assert page.lead == (
            "Kommunikatör Kvist, kommunikatör, kommunikationsenheten, skickade tillbaka uppstarten i dag kl. 10.05. "
            "Godkännandet är upphävt. Du får mejl när den skickas till dig igen."
        )

    def test_one_who_is_no_longer_manager_may_not(self, manager, cast, url, now):
        cast.library.manager = cast.head
        cast.library.record(by=cast.administrator, now=now, reason="Ny chef")
        assert manager.get(url).status_code == 404

    def test_a_deputyship_that_ended_yesterday_is_over(self, client_for, cast, url, today, now):
        deputyship = cast.deputy.deputyships.get()
        deputyship.to_date = today.replace(day=today.day - 1)
        deputyship.record(by=cast.administrator, now=now, reason="Slut")
        assert client_for(cast.deputy).get(url).status_code == 404


def press_blindly(client, url, application):
    seen = fingerprint(application.canonical_content())
    return Page(client.post(url, {"seen": seen, "assurances": ASSURANCES}, follow=True))


class TestTheApplicantWhoIsManager:
    @pytest.fixture
    def own(self, cast):
        return ApplicationFactory(unit=cast.library, applicant=cast.manager, substitute=cast.assistant)

    def test_may_not_decide(self, manager, own):
        assert manager.get(address(own)).status_code == 403
        seen = fingerprint(own.canonical_content())
        assert manager.post(address(own), {"seen": seen, "assurances": ASSURANCES}).status_code == 403
        assert status_of(own) == ApplicationStatus.SUBMITTED

    def test_nor_may_the_deputy_of_ones_own_unit(self, client_for, cast, own):
        assert client_for(cast.deputy).get(address(own)).status_code == 404

    def test_the_manager_above_decides(self, client_for, cast, own):
        press(client_for(cast.head), address(own), assurances=ASSURANCES)
        assert status_of(own) == ApplicationStatus.APPROVED

    def test_also_not_as_the_deputy_of_the_manager_above(self, manager, cast, own):
        DeputyFactory(unit=cast.culture_department, user=cast.manager)
        assert manager.get(address(own)).status_code == 403


@pytest.mark.parametrize("person", ["librarian", "assistant", "communicator"])
def test_those_who_see_it_may_not(client_for, cast, url, submitted, person):
    client = client_for(getattr(cast, person))
    assert client.get(url).status_code == 403
    sent = {"seen": fingerprint(submitted.canonical_content()), "assurances": ASSURANCES}
    assert client.post(url, sent).status_code == 403
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


@pytest.mark.parametrize("person", ["outsider", "outsider_manager", "head", "administrator"])
def test_others_get_404(client_for, cast, url, submitted, person):
    client = client_for(getattr(cast, person))
    assert client.get(url).status_code == 404
    sent = {"seen": fingerprint(submitted.canonical_content()), "assurances": ASSURANCES}
    assert client.post(url, sent).status_code == 404
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_unknown_application_is_404(manager):
    assert manager.get(address(uuid4())).status_code == 404
    assert manager.post(address(uuid4())).status_code == 404


def test_anonymous_is_sent_to_sign_in_and_back(url, submitted):
    assert_asks_for_sign_in(url)
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_the_applicant_with_protected_identity_is_shown_by_function(manager, cast):
    person = UserFactory(name="", title="samordnare", unit=cast.library, protected_identity=True, email="kalle@x.se")
    application = ApplicationFactory(unit=cast.library, applicant=person)
    page = read(manager, address(application))
    assert page.lead.startswith("Samordnare, biblioteket, vill starta ett konto")
    assert "kalle" not in page.response.content.decode()


def test_what_people_wrote_is_text(manager, cast):
    nasty = "<script>alert(1)</script> \\ {{ 7 }}\nNy rad"
    application = ApplicationFactory(
        unit=cast.library, applicant=cast.librarian, purpose=nasty, account_name="<b>B</b>"
    )
    page = read(manager, address(application))
    assert page.heading == "<b>B</b> på Instagram"
    assert page.facts["Syfte och mål med kontot?"] == "<script>alert(1)</script> \\ {{ 7 }} Ny rad"
    assert page.soup.select("main script") == []


def test_a_person_who_changed_title_changes_what_was_read(manager, cast, url, now):
    read_before = read(manager, url)
    person = User.objects.get(pk=cast.assistant.pk)
    person.title = "assistent"
    person.record(by=cast.administrator, now=now, reason="Ny titel")
    assert press(manager, url, read_before, assurances=ASSURANCES).summary == [CHANGED]
