import hashlib
from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.enums import ApplicationStatus, DecisionKind, SignInMethod
from accounts.models import Application, ApprovedForm, Decision, ScannedForm
from accounts.services import decisions, register
from accounts.services.applications import submit
from laholm_sociala.common.models import Mail
from tests.factories import CONSULTATION, SUMMARY, DeputyFactory, approve, make_draft, send_back
from tests.jobs import perform_waiting_jobs
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, words_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"


def address(application):
    return reverse("accounts:application-paper", args=[getattr(application, "pk", application)])


def file_address(application):
    return reverse("accounts:application-paper-file", args=[getattr(application, "pk", application)])


def photograph() -> bytes:
    written = BytesIO()
    Image.new("RGB", (40, 30), "white").save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.communicator)


@pytest.fixture
def filled(client, cast, submitted):
    """The form as kommunikationsenheten sends it."""

    def fill(content: bytes = PDF, name: str = "bilaga 1.pdf", **changes):
        seen = Page(client.get(address(submitted))).typed("seen")
        sent = {"seen": seen, "signer": str(cast.manager.pk), "signed_on": "2026-11-24", "same": "on", **changes}
        kept = {key: value for key, value in sent.items() if value is not None}
        return {**kept, "file": SimpleUploadedFile(name, content)}

    return fill


def test_shows_what_to_compare_with(client, submitted):
    page = Page(client.get(address(submitted)))
    assert page.title == "Underskriven på papper"
    assert page.heading == "Laholms bibliotek på Instagram"
    assert page.facts["Syfte och mål med kontot?"] == "Fler ska hitta till biblioteken och våra evenemang."
    assert page.soup.select_one("main form")["enctype"] == "multipart/form-data"
    assert [choice.partition(",")[0] for choice in page.choices("signer")] == [
        "Välj",
        "Enhetschef Ek",
        "Ställföreträdare Sten",
    ]


def test_takes_the_paper_as_the_managers_approval(client, cast, submitted, filled, now):
    page = Page(client.post(address(submitted), filled(), follow=True))
    assert page.messages == ["Blanketten är bifogad, och uppstarten är godkänd. Nu går den att registrera."]
    decision, scan = Decision.objects.get(), ScannedForm.objects.get()
    assert (decision.kind, decision.sign_in_method) == (DecisionKind.APPROVED, SignInMethod.PAPER)
    assert (decision.by, decision.name_clarification) == (cast.communicator, "Enhetschef Ek")
    assert (decision.title, decision.assurances) == ("enhetschef, biblioteket", [])
    assert decision.content == submitted.canonical_content()
    assert (bytes(scan.content), scan.sha256) == (PDF, hashlib.sha256(PDF).hexdigest())
    assert (scan.signed_on, scan.attached_at, scan.file_name) == (date(2026, 11, 24), now, "bilaga 1.pdf")
    submitted.refresh_from_db()
    assert submitted.status == ApplicationStatus.APPROVED


def test_says_who_signed_and_not_who_attached(client, client_for, cast, submitted, filled):
    client.post(address(submitted), filled())
    page = Page(client_for(cast.librarian).get(reverse("accounts:application-detail", args=[submitted.pk])))
    assert words_of(page.soup.select_one(".ls-timeline li"), " ").endswith(
        "Godkänt av Enhetschef Ek, enhetschef, biblioteket."
    )
    (mail,) = [mail for mail in Mail.objects.all() if mail.to == [cast.librarian.email]]
    assert "Enhetschef Ek, enhetschef, biblioteket har godkänt" in mail.text
    assert "Kvist" not in mail.text


def test_no_form_is_made_beside_the_paper(client, submitted, filled):
    client.post(address(submitted), filled())
    perform_waiting_jobs()
    assert not ApprovedForm.objects.exists()
    page = Page(client.get(reverse("accounts:application-detail", args=[submitted.pk])))
    assert "Bilaga 1 som PDF" not in page.links
    assert page.links["Underskriven Bilaga 1"] == file_address(submitted)


def test_goes_on_to_the_register(client, cast, submitted, filled, now):
    client.post(address(submitted), filled())
    account = register.register(submitted.pk, summary=SUMMARY, consultation=CONSULTATION, by=cast.communicator, now=now)
    assert account.application == Application.objects.get()


@pytest.mark.parametrize(
    ("content", "name", "content_type", "ending"),
    [(PDF, "x.jpg", "application/pdf", "pdf"), (photograph(), "../../x.pdf", "image/jpeg", "jpg")],
)
def test_is_downloaded_as_what_it_is(client, submitted, filled, content, name, content_type, ending):
    client.post(address(submitted), filled(content, name))
    response = client.get(file_address(submitted))
    assert response.content == content
    assert response.headers["Content-Type"] == content_type
    assert (
        response.headers["Content-Disposition"]
        == f'attachment; filename="bilaga-1-laholms-bibliotek-underskriven.{ending}"'
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"content": b"<html>%PDF-"}, "file", "Filen är varken PDF, JPEG eller PNG."),
        ({"content": PDF[:-10]}, "file", "PDF-filen är inte hel."),
        ({"content": b""}, "file", "Filen är tom."),
        ({"signer": None}, "signer", "Välj vem som har skrivit under"),
        ({"signed_on": "i går"}, "signed_on", "Skriv datumet som 2026-11-24"),
        ({"signed_on": "2026-11-25"}, "signed_on", "Blanketten kan inte vara underskriven efter i dag."),
        ({"same": None}, "same", "Jämför blanketten med uppstarten"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client, submitted, filled, change, field, said):
    page = Page(client.post(address(submitted), filled(**change)))
    assert page.title == "Fel: Underskriven på papper"
    assert list(page.errors) == [field]
    assert page.errors[field].startswith(said)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("person", ["librarian", "head", "outsider_manager", "communicator"])
def test_only_who_may_decide_can_have_signed(client, cast, submitted, filled, person):
    page = Page(client.post(address(submitted), filled(signer=str(getattr(cast, person).pk))))
    assert list(page.errors) == ["signer"]
    assert not Decision.objects.exists()


def test_a_deputy_signs_within_the_days(client, cast, submitted, filled):
    substitute = DeputyFactory(unit=cast.library, from_date=date(2026, 11, 24), to_date=date(2026, 11, 24)).user
    page = Page(client.post(address(submitted), filled(signer=str(substitute.pk), signed_on="2026-11-23")))
    assert page.errors["signer"].endswith("Välj chefen eller den som var ersättare då.")
    assert client.post(address(submitted), filled(signer=str(substitute.pk))).status_code == 302


def test_a_paper_from_before_it_was_sent_back_does_not_do(client, cast, submitted, filled, clock, content):
    application = send_back(submitted)
    clock.move(hours=3)
    draft = make_draft(cast.librarian, application=application)
    submit(draft.pk, content=content(purpose="Ett nytt syfte."), by=cast.librarian, now=clock.now)
    page = Page(client.post(address(submitted), filled(signed_on="2026-11-23")))
    assert page.errors["signed_on"].startswith("Blanketten är underskriven innan uppstarten skickades tillbaka.")


def test_what_changed_since_the_page_was_opened_is_read_again(client, cast, submitted, filled, now):
    sent = filled()
    cast.manager.title = "bibliotekschef"
    cast.librarian.title = "förste bibliotekarie"
    cast.librarian.record(by=cast.administrator, now=now, reason="Ny titel")
    page = Page(client.post(address(submitted), sent))
    assert page.summary == ["Uppgifterna har ändrats sedan du öppnade sidan. Läs igenom dem en gång till."]
    assert not Decision.objects.exists()
    again = {**filled(), "seen": page.typed("seen")}
    assert client.post(address(submitted), again).status_code == 302


def test_what_is_decided_already_is_told(client, submitted, filled):
    sent = filled()
    approve(submitted)
    page = Page(client.post(address(submitted), sent))
    assert page.summary == ["Uppstarten är redan godkänd."]
    page = Page(client.get(address(submitted), follow=True))
    assert page.messages == ["Uppstarten väntar inte längre på chefens beslut."]
    assert not ScannedForm.objects.exists()


def test_void_makes_the_paper_count_no_more(client, cast, submitted, filled, now):
    client.post(address(submitted), filled())
    decisions.void_approval(
        submitted.pk, comment="Fel adress.", sign_in_method=SignInMethod.MFA, by=cast.communicator, now=now
    )
    submitted.refresh_from_db()
    assert submitted.status == ApplicationStatus.RETURNED
    assert client.get(file_address(submitted)).status_code == 200, "what was sent in is kept"


def test_link_stands_where_it_may_be_used(client, client_for, cast, submitted):
    detail = reverse("accounts:application-detail", args=[submitted.pk])
    words = "Har chefen skrivit under på papper?"
    assert Page(client.get(detail)).links[words] == address(submitted)
    assert words not in Page(client_for(cast.manager).get(detail)).links
    approve(submitted)
    assert words not in Page(client.get(detail)).links


def test_reading_changes_nothing(client, submitted):
    client.get(address(submitted))
    submitted.refresh_from_db()
    assert submitted.status == ApplicationStatus.SUBMITTED
    assert client.get(file_address(submitted)).status_code == 404


def test_only_kommunikationsenheten(client_for, cast, submitted):
    for person in (cast.librarian, cast.manager, cast.administrator, cast.outsider):
        assert client_for(person).get(address(submitted)).status_code == 403
        assert client_for(person).post(address(submitted)).status_code == 403


def test_the_file_is_for_those_with_a_part_in_it(client, client_for, cast, submitted, filled):
    client.post(address(submitted), filled())
    assert client_for(cast.librarian).get(file_address(submitted)).status_code == 200
    assert client_for(cast.manager).get(file_address(submitted)).status_code == 200
    assert client_for(cast.outsider).get(file_address(submitted)).status_code == 404
    assert_only_get(client, file_address(submitted))


def test_unknown_is_404(client):
    assert client.get(address(uuid4())).status_code == 404
    assert client.get(file_address(uuid4())).status_code == 404


def test_anonymous_is_sent_to_sign_in(submitted):
    assert_asks_for_sign_in(address(submitted))
    assert_asks_for_sign_in(file_address(submitted))
