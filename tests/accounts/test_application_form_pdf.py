import hashlib
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import ApprovedForm
from tests.factories import approve
from tests.jobs import perform_waiting_jobs
from tests.pages import assert_asks_for_sign_in, assert_only_get

pytestmark = pytest.mark.django_db


def address(application):
    return reverse("accounts:application-form-pdf", args=[getattr(application, "pk", application)])


@pytest.fixture
def form(submitted, now):
    """A stored form; its bytes are not looked into here."""
    decision = approve(submitted).decisions.get()
    pdf = b"%PDF-1.7 \x00\xff prov"
    return ApprovedForm.objects.create(decision=decision, pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest(), made_at=now)


@pytest.mark.parametrize("person", ["librarian", "assistant", "manager", "deputy", "communicator"])
def test_gives_the_stored_bytes(client_for, cast, submitted, form, person):
    response = client_for(getattr(cast, person)).get(address(submitted))
    assert (response.status_code, response.content) == (200, form.pdf)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="bilaga-1-laholms-bibliotek.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in response.headers["Cache-Control"]
    assert "no-store" in response.headers["Cache-Control"]


def test_is_made_by_the_worker_and_is_a_pdf(client_for, cast, submitted):
    approve(submitted)
    client = client_for(cast.librarian)
    assert client.get(address(submitted)).status_code == 404
    perform_waiting_jobs()
    assert client.get(address(submitted)).content.startswith(b"%PDF-")


def test_what_is_not_approved_has_no_form(client_for, cast, submitted):
    assert client_for(cast.librarian).get(address(submitted)).status_code == 404


@pytest.mark.parametrize("person", ["outsider", "head", "administrator"])
def test_those_with_nothing_to_do_with_it_get_404(client_for, cast, submitted, form, person):
    assert client_for(getattr(cast, person)).get(address(submitted)).status_code == 404


def test_unknown_application_is_404(client_for, cast):
    assert client_for(cast.communicator).get(address(uuid4())).status_code == 404


def test_nothing_can_be_sent(client_for, cast, submitted, form):
    assert_only_get(client_for(cast.librarian), address(submitted))


def test_anonymous_is_sent_to_sign_in(submitted):
    assert_asks_for_sign_in(address(submitted))
