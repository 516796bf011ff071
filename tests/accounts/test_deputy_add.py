from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Deputy
from tests.accounts.battery import assert_only_administrators, assert_unknown_is_404, errors, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast):
    return reverse("accounts:deputy-add", args=[cast.library.pk])


@pytest.fixture
def typed(cast):
    return {"user": str(cast.assistant.pk), "from_date": "2026-12-01", "to_date": "2026-12-24"}


def test_proposes_today(administrator, url, today):
    assert administrator.get(url).context["form"].initial == {"from_date": today}


def test_names(administrator, cast, url, typed):
    assert said(administrator.post(url, typed, follow=True)) == [
        "Assistent Asp, biblioteksassistent, biblioteket är ställföreträdande chef för biblioteket."
    ]
    deputy = Deputy.objects.get(user=cast.assistant)
    assert (deputy.unit, deputy.from_date, deputy.to_date) == (cast.library, date(2026, 12, 1), date(2026, 12, 24))


def test_until_further_notice(administrator, cast, url, typed):
    administrator.post(url, {**typed, "to_date": ""})
    assert Deputy.objects.get(user=cast.assistant).to_date is None


def test_dates_are_written_in_one_way(administrator, url, typed):
    assert errors(administrator.post(url, {**typed, "from_date": "1/12", "to_date": "24 december"})) == [
        "Skriv datumet som 2026-11-24",
        "Skriv datumet som 2026-11-24",
    ]


def test_refusal_stands_in_the_form(administrator, url, typed):
    assert errors(administrator.post(url, {**typed, "to_date": "2026-11-30"})) == [
        "Sista dagen ligger före den första. Rätta datumen."
    ]


def test_unknown_is_404(administrator):
    assert_unknown_is_404("accounts:deputy-add", administrator)


def test_only_administrators(cast, client_for, url):
    assert_only_administrators(url, cast, client_for)
    assert_only_administrators(url, cast, client_for, method="post")
