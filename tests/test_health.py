import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

URL = reverse("health")


@pytest.mark.django_db
def test_answers_without_sign_in(django_assert_num_queries):
    with django_assert_num_queries(1):
        response = Client().get(URL)
    assert (response.status_code, response.content) == (200, b"ok")
    assert response.headers["Content-Type"] == "text/plain"
    assert "Set-Cookie" not in response.headers
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_tells_when_the_database_is_away(monkeypatch):
    def refuse(*arguments, **named):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = Client(raise_request_exception=False).get(URL)
    assert response.status_code == 500
    assert b"connection refused" not in response.content


@pytest.mark.django_db
def test_nothing_can_be_sent():
    response = Client().post(URL)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET")
