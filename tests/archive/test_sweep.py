"""`manage.py sweep`: what was said to be gone is looked for everywhere (R18)."""

import bz2
import gzip
import io
import zipfile
import zlib
from email.message import EmailMessage

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from archive.services.sweeping import sweep
from laholm_sociala.common.models import Mail, MailAttachment
from laholm_sociala.common.pdf import render_pdf
from moderation.models import CaseContent
from tests.archive import factories as archive
from tests.moderation.factories import library_account, log_post

pytestmark = pytest.mark.django_db
CANARY = "kanariefågel-7f3a"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SWEPT_FOLDERS = [tmp_path]
    return tmp_path


def places(text=CANARY):
    return [find.place for find in sweep(text)]


def zipped(content, name="word/document.xml"):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr(name, content)
    return file.getvalue()


def attached(content):
    mail = Mail.objects.create(
        to=["a@b.se"], subject="x", text="x", html="x", message_id="1", created_at=timezone.now()
    )
    return MailAttachment.objects.create(mail=mail, name="fil", content_type="x", content=content)


def test_finds_nothing_where_nothing_stands():
    assert places() == []


def test_finds_text_and_its_history(cast):
    case = log_post(library_account(cast))
    content = CaseContent.objects.get(case=case)
    content.text = f"Före {CANARY.upper()} efter"
    content.record(by=cast.librarian, now=timezone.now(), reason="Test")
    found = list(sweep(CANARY))
    assert [find.place for find in found] == ["moderation_casecontent.text", "moderation_historicalcasecontent.text"]
    assert found[0].key == str(content.pk)


def test_finds_what_json_escapes(cast):
    text = 'kanarie "fågel"\nrad'
    board = archive.SeriesFactory(board=cast.library.board).board
    archive.document(board, by=archive.registrar_of(board), details={"Länk": text})
    assert places(text) == ["archive_documentcontent.details"]


def test_finds_an_element_of_a_list():
    Mail.objects.create(
        to=[f"{CANARY}@b.se"], subject="x", text="x", html="x", message_id="1", created_at=timezone.now()
    )
    assert places() == ["common_mail.to"]


@pytest.mark.parametrize(
    "content",
    [
        CANARY.encode(),
        CANARY.encode("utf-16-le"),
        CANARY.encode("utf-16-be"),
        gzip.compress(CANARY.encode()),
        zipped(CANARY),
        b"%PDF-1.7 stream\n" + zlib.compress(f"({CANARY}) Tj".encode()) + b"\nendstream",
    ],
    ids=["plain", "utf-16", "utf-16 the other way", "gzip", "zip", "pdf"],
)
def test_finds_what_a_file_in_the_database_holds(content):
    attached(content)
    assert places() == ["common_mailattachment.content"]


def test_does_not_claim_to_see_into_what_it_cannot_open():
    attached(bz2.compress(CANARY.encode()))
    assert places() == []


def test_finds_what_a_pdf_of_our_own_draws_across_lines():
    """Its text is glyph numbers of fonts of its own."""
    text = "Kanariefågeln sjöng i Våxtorp"
    attached(render_pdf("<html lang=sv><title>x</title><p>Här: <b>Kanariefågeln<br>sjöng i Våxtorp</b>.</p></html>"))
    assert places(text) == ["common_mailattachment.content"]
    assert places("Kanariefågeln sov") == []


def test_finds_it_as_deep_as_a_leverans_packs_it():
    """A PDF in a zip in a zip, as an attachment that came to the board lies in a package."""
    pdf = render_pdf("<html lang=sv><title>x</title><p>Kanariefågeln sjöng</p></html>")
    attached(zipped(zipped(pdf, "brev.pdf"), "inre.zip"))
    assert places("Kanariefågeln sjöng") == ["common_mailattachment.content"]


def test_finds_what_html_escapes():
    text = 'Åsa & "Bo" <b>\'s'
    about = {"to": ["a@b.se"], "subject": "x", "text": "x", "message_id": "2", "created_at": timezone.now()}
    Mail.objects.create(html=escape(text), **about)
    attached(zipped(escape(text)))
    assert set(places(text)) == {"common_mail.html", "common_mailattachment.content"}


def test_finds_what_a_mail_in_a_folder_encodes(folder):
    message = EmailMessage()
    message["Subject"] = "Hej"
    message["MIME-Version"] = "1.0"
    message.set_content(f"Svar: {CANARY}", cte="base64")
    (folder / "1.eml").write_bytes(bytes(message))
    subject = EmailMessage()
    subject["Subject"] = CANARY
    subject["MIME-Version"] = "1.0"
    (folder / "2.eml").write_bytes(bytes(subject))
    assert [find.key.rpartition("/")[2] for find in sweep(CANARY)] == ["1.eml", "2.eml"]


def test_survives_a_broken_zip():
    attached(zipped("x" * 100)[:40])
    assert places() == []


def test_finds_what_a_session_and_the_cache_hold():
    session = Client().session
    session["canary"] = CANARY
    session.save()
    cache.set("key", [CANARY])
    assert places() == ["django_session.session_data", "portal_cache.value"]


def test_finds_a_file_by_its_content_and_its_name(folder):
    (folder / "mapp").mkdir()
    (folder / "mapp" / "fil.txt").write_bytes(b"x" * (1 << 20) + CANARY.encode())
    (folder / f"{CANARY}.txt").touch()
    assert sorted(find.key for find in sweep(CANARY)) == [f"{folder}/{CANARY}.txt", f"{folder}/mapp/fil.txt"]


def test_finds_a_file_in_a_storage(settings, tmp_path):
    settings.SWEPT_FOLDERS = []
    settings.STORAGES = {
        **settings.STORAGES,
        "kept": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_text(CANARY)
    assert [str(find) for find in sweep(CANARY)] == ["lagring kept  a/b"]


def test_passes_over_the_database_s_own_files(folder):
    (folder / "PG_VERSION").touch()
    (folder / "data").write_text(CANARY)
    assert places() == []


def test_command_tells_where_and_by_its_exit_status(capsys):
    call_command("sweep", CANARY, database="default")
    assert capsys.readouterr().out == "Texten finns ingenstans.\n"
    attached(CANARY.encode())
    with pytest.raises(CommandError, match="1 ställen") as refusal:
        call_command("sweep", CANARY, database="default")
    assert refusal.value.returncode == 1
    assert capsys.readouterr().out.startswith("common_mailattachment.content  ")


def test_command_wants_something_to_look_for():
    with pytest.raises(CommandError) as refusal:
        call_command("sweep", " ", database="default")
    assert refusal.value.returncode == 2
