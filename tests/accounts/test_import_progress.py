import re
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import AccountImport
from tests.accounts.import_steps import LIBRARY, assert_only_communications, checked, upload
from tests.jobs import perform_waiting_jobs
from tests.pages import assert_only_get

pytestmark = pytest.mark.django_db
BY_SCRIPT = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.communicator)


def test_tells_how_far_until_it_is_done_and_then_asks_for_the_whole_page(client, cast):
    made = upload(cast, LIBRARY)
    url = reverse("accounts:import-progress", args=[made.pk])
    AccountImport.objects.update(rows_done=1, rows_total=4)
    response = client.get(url, **BY_SCRIPT)
    assert "1 av 4 rader" in response.text
    assert "<html" not in response.text
    assert "HX-Refresh" not in response.headers
    perform_waiting_jobs()
    response = client.get(url, **BY_SCRIPT)
    assert response.headers["HX-Refresh"] == "true"
    assert "hx-get" not in response.text


def test_asking_costs_neither_contents_nor_report(client, cast, django_assert_num_queries):
    made = upload(cast, LIBRARY)
    url = reverse("accounts:import-progress", args=[made.pk])
    client.get(url, **BY_SCRIPT)
    with django_assert_num_queries(4) as captured:  # session, person, permission, file
        client.get(url, **BY_SCRIPT)
    asked = " ".join(query["sql"] for query in captured.captured_queries)
    assert not re.search(r'"accounts_accountimport"."(content|report)"', asked)


def test_without_script_it_is_the_whole_page(client, cast):
    made = checked(cast, LIBRARY)
    response = client.get(reverse("accounts:import-progress", args=[made.pk]))
    assert response.headers["Location"] == reverse("accounts:import-detail", args=[made.pk])


def test_unknown_is_404(client):
    assert client.get(reverse("accounts:import-progress", args=[uuid4()])).status_code == 404


def test_only_kommunikationsenheten(cast, client_for):
    url = reverse("accounts:import-progress", args=[checked(cast, LIBRARY).pk])
    assert_only_communications(url, cast, client_for)
    assert_only_get(client_for(cast.communicator), url)
