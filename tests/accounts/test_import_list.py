import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.importing.files import MOST_BYTES
from accounts.models import AccountImport
from tests.accounts.import_steps import LIBRARY, MISSPELT, assert_only_communications, checked, read_in, upload
from tests.jobs import waiting_jobs
from tests.pages import Page
from tests.queries import assert_same_query_count
from tests.spreadsheets import HEADINGS, as_csv

pytestmark = pytest.mark.django_db
URL = reverse("accounts:import-list")


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.communicator)


def file(content: bytes | None = None, name: str = "konton.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, as_csv([HEADINGS, LIBRARY]) if content is None else content)


def test_register_leads_here(client):
    assert Page(client.get(reverse("accounts:account-list"))).links["Läs in konton från fil"] == URL


def test_upload_is_kept_and_the_worker_told(client, cast, now):
    content = as_csv([HEADINGS, LIBRARY])
    response = client.post(URL, {"file": file(content, "Våra konton åäö.csv")})
    made = AccountImport.objects.get()
    assert response.headers["Location"] == reverse("accounts:import-detail", args=[made.pk])
    assert (bytes(made.content), made.file_name) == (content, "Våra konton åäö.csv")
    assert (made.uploaded_by, made.uploaded_at) == (cast.communicator, now)
    assert [job.args for job in waiting_jobs("check_import")] == [{"import_id": str(made.pk)}]


def test_files_so_far_newest_first_and_how_they_went(client, cast, clock):
    read_in(cast, LIBRARY, file_name="inläst.csv", now=clock.now - timedelta(hours=1))
    for name, rows in (("fel.csv", [MISSPELT]), ("klar.csv", [("B", "@b", "FB", "Biblioteket")])):
        checked(cast, *rows, file_name=name)
    upload(cast, LIBRARY, file_name="väntar.csv")
    page = Page(client.get(URL))
    assert page.rows[-1] == "inläst.csv"
    assert set(page.rows) == {"inläst.csv", "fel.csv", "klar.csv", "väntar.csv"}
    for words in ("Inläst", "Har fel att rätta, inget är inläst", "Kontrollerad, inte inläst än", "Läser filen"):
        assert words in page.text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Välj en fil med konton"),
        ({"file": ""}, "Välj en fil med konton"),
        ({"file": file(b"")}, "Filen är tom. Välj en annan fil"),
        (
            {"file": file(b"x" * (MOST_BYTES + 1))},
            "Filen är större än 10 MB. Dela upp den, eller ta bort bilder och blad",
        ),
    ],
)
def test_what_is_no_file_is_said_beside_the_field(client, sent, sentence):
    page = Page(client.post(URL, sent))
    assert page.errors == {"file": sentence}
    assert page.title.startswith("Fel:")
    assert not AccountImport.objects.exists()


def test_rows_cost_no_queries_and_no_contents(client, cast):
    assert_same_query_count(lambda: client.get(URL), add_row=lambda: checked(cast, LIBRARY))
    with CaptureQueriesContext(connection) as captured:
        client.get(URL)
    asked = " ".join(query["sql"] for query in captured.captured_queries)
    assert '"accounts_accountimport"."file_name"' in asked
    assert not re.search(r'"accounts_accountimport"."(content|report)"', asked)


def test_only_kommunikationsenheten(cast, client_for):
    assert_only_communications(URL, cast, client_for)
    assert_only_communications(URL, cast, client_for, method="post")
    assert not AccountImport.objects.exists()
