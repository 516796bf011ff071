from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import ImportStatus
from accounts.models import Account, AccountImport
from tests.accounts.import_steps import LIBRARY, MISSPELT, assert_only_communications, checked
from tests.jobs import perform_waiting_jobs, waiting_jobs
from tests.pages import Page, assert_only_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def press(client_for, cast):
    client = client_for(cast.communicator)
    return lambda made: Page(client.post(reverse("accounts:import-apply", args=[made.pk]), follow=True))


def test_worker_reads_it_in(press, cast):
    made = checked(cast, LIBRARY)
    page = press(made)
    assert "Läser in kontona" in page.text
    assert not Account.objects.exists()
    perform_waiting_jobs()
    assert Account.objects.get().imported_from == made


def test_account_is_public_at_once(press, cast, client):
    press(checked(cast, LIBRARY))
    perform_waiting_jobs()
    assert "Laholms bibliotek" in client.get(reverse("accounts:public-list")).text


def test_second_press_is_told(press, cast):
    made = checked(cast, LIBRARY)
    press(made)
    page = press(made)
    assert page.messages == ["Kommunikatör Kvist, kommunikatör, kommunikationsenheten läser redan in filen."]
    assert len(waiting_jobs("apply_import")) == 1


def test_file_with_faults_is_refused(press, cast):
    page = press(checked(cast, MISSPELT))
    assert page.messages == ["Filen har fel att rätta. Rätta dem och ladda upp den igen."]
    assert AccountImport.objects.get().status == ImportStatus.REFUSED


def test_unknown_is_404(cast, client_for):
    url = reverse("accounts:import-apply", args=[uuid4()])
    assert client_for(cast.communicator).post(url).status_code == 404


def test_only_kommunikationsenheten_and_only_by_pressing(cast, client_for):
    url = reverse("accounts:import-apply", args=[checked(cast, LIBRARY).pk])
    assert_only_communications(url, cast, client_for, method="post")
    assert_only_post(client_for(cast.communicator), url)
    assert AccountImport.objects.get().status == ImportStatus.READY
