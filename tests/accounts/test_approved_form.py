"""Bilaga 1 as PDF: what stands in it, how it is made to last, and that it is made once."""

import hashlib
import re

import pikepdf
import pytest
from bs4 import BeautifulSoup
from pikepdf import Name

from accounts.bilaga1 import CHECKLIST, QUESTIONS
from accounts.models import ApprovedForm, Decision
from accounts.services import forms
from accounts.services.forms import form_html, make_form
from laholm_sociala.common.models import MailAttachment
from laholm_sociala.common.pdf import ForeignFileError, render_pdf
from tests.factories import ApplicationFactory, UnitFactory, UserFactory, approve
from tests.jobs import perform_waiting_jobs, waiting_jobs
from tests.mails import send_all, unsent
from tests.pdf import opened, text_of
from tests.race import race, winners

pytestmark = pytest.mark.django_db


def approval_of(application):
    return approve(application).decisions.get()


@pytest.fixture
def decision(submitted):
    return approval_of(submitted)


def squeezed(text):
    return re.sub(r"\s+", "", text)


class TestMakeForm:
    def test_made_once_and_sent_to_kommunikationsenheten(self, decision, now, settings):
        send_all()
        form = make_form(decision.pk, now=now)
        assert (form.decision, form.made_at) == (decision, now)
        assert form.sha256 == hashlib.sha256(form.pdf).hexdigest()
        [mail] = unsent()
        assert (mail.to, mail.subject) == ([settings.COMMUNICATIONS_EMAIL], "Bilaga 1: Laholms bibliotek på Instagram")
        [attachment] = MailAttachment.objects.all()
        assert (attachment.mail, attachment.name) == (mail, "bilaga-1-laholms-bibliotek.pdf")
        assert (attachment.content_type, bytes(attachment.content)) == ("application/pdf", bytes(form.pdf))

    def test_a_second_time_gives_the_first(self, decision, now):
        first = make_form(decision.pk, now=now)
        mails = unsent().count()
        assert make_form(str(decision.pk), now=now) == first
        assert (ApprovedForm.objects.count(), unsent().count()) == (1, mails)

    def test_the_worker_makes_it_after_the_approval(self, decision):
        assert [job.args for job in waiting_jobs("make_approved_form")] == [{"decision_id": str(decision.pk)}]
        assert not ApprovedForm.objects.exists()
        perform_waiting_jobs()
        stored = ApprovedForm.objects.get()
        assert stored.sha256 == hashlib.sha256(bytes(stored.pdf)).hexdigest()

    def test_the_mail_carries_the_stored_bytes(self, decision, mailoutbox):
        perform_waiting_jobs()
        [message] = [message for message in mailoutbox if message.attachments]
        [attachment] = message.attachments
        assert attachment.content == bytes(ApprovedForm.objects.get().pdf)

    def test_same_bytes_for_the_same_decision(self, decision, clock):
        first = render_pdf(form_html(decision))
        clock.move(hours=5)
        assert render_pdf(form_html(Decision.objects.get())) == first

    def test_nothing_written_later_changes_it(self, decision, cast, now):
        first = form_html(decision)
        cast.librarian.name = "Ny Namnsson"
        cast.librarian.record(by=cast.administrator, now=now, reason="Nytt namn")
        assert form_html(Decision.objects.get()) == first

    def test_unknown_decision(self, submitted, now):
        with pytest.raises(Decision.DoesNotExist):
            make_form(submitted.pk, now=now)

    @pytest.mark.django_db(transaction=True)
    def test_two_workers_at_once_make_one(self, decision, now, monkeypatch):
        monkeypatch.setattr(forms, "render_pdf", lambda html: b"%PDF-1.7 prov")
        made = winners(race(*[lambda: make_form(decision.pk, now=now).pk] * 2))
        assert len(made) == 2
        assert len({*made}) == 1
        assert MailAttachment.objects.count() == 1


class TestWhatItSays:
    def test_the_form_in_its_own_order(self, decision):
        html = form_html(decision)
        reading_order = squeezed(BeautifulSoup(html, "html.parser").body.get_text())
        wanted = [
            "Laholms kommun",
            "Bilaga 1",
            "Riktlinjer för medverkan i sociala medier, Dnr 2022-000282",
            "Uppstart av nytt konto/sida i sociala medier",
            *[question.label for question in QUESTIONS],
            "Checklista",
            *CHECKLIST,
            "Vem sköter kontot?",
            "Godkännande av närmaste chef",
            "Datum:",
            "Underskrift:",
            "Namnförtydligande:",
            "Bilagan ska fyllas i och skickas till kommunikationsenheten@laholm.se",
        ]
        places = [reading_order.find(squeezed(words)) for words in wanted]
        assert -1 not in places
        assert places == sorted(places)
        printed = squeezed(text_of(render_pdf(html)))
        assert [words for words in wanted if squeezed(words) not in printed] == []

    def test_what_was_answered(self, decision, submitted):
        text = squeezed(text_of(render_pdf(form_html(decision))))
        content = submitted.content()
        answers = [content[key] for key in ("verksamhet", "webbadress", "kanal", "namn", "syfte", "malgrupp", "amnen")]
        answers += [content[key] for key in ("ansvarig", "ersattare", "ifylld_av", "laglig_grund", "avstamt_med")]
        assert [answer for answer in answers if squeezed(answer) not in text] == []

    def test_the_approval(self, decision):
        text = squeezed(text_of(render_pdf(form_html(decision))))
        for words in (
            "Godkänt elektroniskt 2026-11-24 kl. 10.00, inloggad med tvåstegsinloggning",
            "Enhetschef Ek, enhetschef, biblioteket",
            f"Innehållets kontrollsumma (SHA-256): {decision.content_sha256}",
            "Resurser. Det finns tid att titta till kontot varje arbetsdag.",
        ):
            assert squeezed(words) in text

    def test_a_manager_with_protected_identity_signs_by_function(self, cast):
        manager = UserFactory(name="", title="rektor", protected_identity=True)
        application = ApplicationFactory(unit=UnitFactory(manager=manager), applicant=cast.librarian)
        text = squeezed(text_of(render_pdf(form_html(approval_of(application)))))
        assert "Namnförtydligande:RektorChefenharförsäkrat:" in text

    @pytest.mark.parametrize(
        "nasty",
        [
            "<b>Fet</b> <script>alert(1)</script> &amp; </dd></dl>",
            "{{ content }} {% now %} \\n \\ \" ' ` $ % # 100 %",
            "<img src='file:///etc/passwd'><link href='http://example.com/x.css'>",
            "@import url(file:///etc/passwd); } body { display: none",
            "Åäö ÅÄÖ é ü – ” … €",
        ],
    )
    def test_what_people_wrote_is_text(self, cast, nasty):
        said = {"purpose": nasty, "account_name": nasty[:120], "consultation_advice": nasty}
        application = ApplicationFactory(unit=cast.library, applicant=cast.librarian, **said)
        text = squeezed(text_of(render_pdf(form_html(approval_of(application)))))
        assert text.count(squeezed(nasty)) >= 2

    def test_the_longest_answers_all_fit(self, cast):
        longest = {field: f"{field} " + "ord å " * 660 + f"slut-{field}" for field in ("purpose", "audience", "topics")}
        application = ApplicationFactory(unit=cast.library, applicant=cast.librarian, **longest)
        pdf = render_pdf(form_html(approval_of(application)))
        text = squeezed(text_of(pdf))
        assert [field for field in longest if f"slut-{field}" not in text] == []
        assert text.count("ordå") == 3 * 660
        with opened(pdf) as document:
            assert len(document.pages) > 3

    def test_one_word_of_4000_letters_keeps_every_letter(self, cast):
        application = ApplicationFactory(unit=cast.library, applicant=cast.librarian, purpose="z" * 4000)
        assert text_of(render_pdf(form_html(approval_of(application)))).count("z") >= 4000

    def test_lines_stay_lines(self, cast):
        application = ApplicationFactory(unit=cast.library, applicant=cast.librarian, topics="Ett\nTvå\r\nTre")
        assert "Ett<br>Två<br>Tre" in form_html(approval_of(application))


class TestMadeToLast:
    @pytest.fixture
    def document(self, decision):
        with opened(render_pdf(form_html(decision))) as document:
            yield document

    def test_says_that_it_is_pdf_a(self, document):
        with document.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")

    @pytest.mark.parametrize("variant", ["pdf/a-2u", "pdf/a-3a", "pdf/a-3u"])
    def test_the_variant_can_be_chosen(self, decision, settings, variant):
        settings.PDF_VARIANT = variant
        with opened(render_pdf(form_html(decision))) as document, document.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == variant[6]
            assert metadata["pdfaid:conformance"].lower() == variant[7]

    def test_says_which_colours_are_meant(self, document):
        [intent] = document.Root.OutputIntents
        assert intent.S == Name.GTS_PDFA1
        assert len(intent.DestOutputProfile.read_bytes()) > 1000

    def test_carries_every_font(self, document):
        fonts = [font for font in document.objects if _is(font, "/FontDescriptor")]
        assert fonts
        files = {"/FontFile", "/FontFile2", "/FontFile3"}
        assert [str(font.FontName) for font in fonts if not files & {*font.keys()}] == []
        assert all("Hanken" in str(font.FontName) for font in fonts)

    def test_its_fonts_are_outlines_and_nothing_else(self, document):
        """As whole OpenType fonts the validators of e-archives do not find every glyph."""
        programs = [font.FontFile3 for font in document.objects if _is(font, "/FontDescriptor")]
        assert {str(program.Subtype) for program in programs} == {"/CIDFontType0C"}
        assert {program.read_bytes()[:2] for program in programs} == {b"\x01\x00"}

    def test_can_be_read_aloud(self, document):
        assert document.Root.MarkInfo.Marked is True
        assert str(document.Root.Lang) == "sv"
        assert document.Root.StructTreeRoot.Type == Name.StructTreeRoot
        dictionaries = [part for part in document.objects if isinstance(part, pikepdf.Dictionary)]
        roles = {str(part.S) for part in dictionaries if "/S" in part and "/P" in part}
        assert {"/H1", "/H2", "/P", "/L", "/LI"} <= roles

    def test_has_a_title(self, document):
        title = "Bilaga 1: Uppstart av nytt konto/sida i sociala medier, Laholms bibliotek på Instagram"
        assert str(document.docinfo.Title) == title
        assert str(document.docinfo.Author) == "Laholms kommun"
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == title

    def test_asks_for_nothing_that_pdf_a_forbids(self, document):
        forbidden = {"/Interpolate", "/JavaScript", "/JS", "/EmbeddedFiles", "/Encrypt", "/Launch", "/URI"}
        found = {key for part in document.objects if hasattr(part, "keys") for key in part.keys()} & forbidden  # noqa: SIM118
        assert found == set()
        assert not document.is_encrypted


def _is(part, kind):
    return isinstance(part, pikepdf.Dictionary) and str(part.get("/Type", "")) == kind


class TestOwnFilesOnly:
    @pytest.mark.parametrize(
        "address",
        [
            "file:///etc/passwd",
            "http://127.0.0.1/x.png",
            "https://example.com/x.png",
            "static:../laholm_sociala/settings.py",
            "static:/../../etc/passwd",
            "static:%2e%2e/manage.py",
            "static:finns-inte.png",
            "../manage.py",
            "ftp://example.com/x",
        ],
    )
    @pytest.mark.parametrize(
        "markup", ['<img src="{}">', '<link rel="stylesheet" href="{}">', '<p style="background: url({})">x']
    )
    def test_anything_else_stops_the_document(self, address, markup):
        with pytest.raises(ForeignFileError):
            render_pdf("<html><body>" + markup.format(address))

    def test_own_files_come_in(self):
        html = '<html lang="sv"><title>T</title><link rel="stylesheet" href="static:css/pdf.css"><p>Hej'
        assert "Hej" in text_of(render_pdf(html))


def test_a_name_in_any_letters_gives_a_file_name(cast, now):
    application = ApplicationFactory(unit=cast.library, applicant=cast.librarian, account_name='”/../ÅÄÖ "é"\n.pdf')
    make_form(approval_of(application).pk, now=now)
    assert re.fullmatch(r"bilaga-1-[a-z0-9-]+\.pdf", MailAttachment.objects.get().name)
