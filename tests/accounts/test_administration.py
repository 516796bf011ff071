import pytest
from django.urls import reverse

from tests.accounts.battery import assert_only_administrators

pytestmark = pytest.mark.django_db
URL = "/administration/"


def test_leads_to_people_and_organisation(administrator):
    response = administrator.get(URL)
    assert response.status_code == 200
    for name in ("user-list", "organisation"):
        assert f'href="{reverse(f"accounts:{name}")}"' in response.text


def test_only_administrators(cast, client_for):
    assert_only_administrators(URL, cast, client_for)


def test_post_is_refused(administrator):
    assert administrator.post(URL).status_code == 405
