"""Volume for demo and benchmarks: the same seed, the same rows."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F

from accounts.addresses import read_address
from accounts.models import Account, Assignment, Board, Unit, User
from laholm_sociala.common.history import history_model
from laholm_sociala.seed import accounts
from laholm_sociala.seed.source import NOW, Source

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
MODELS = (Board, Unit, User, Account, Assignment)


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def seed(**options):
    out = StringIO()
    call_command("seed", stdout=out, **options)
    return out.getvalue()


def rows():
    return {model: list(model.objects.filter(pk__in=made(model)).order_by("pk").values()) for model in MODELS}


def made(model):
    return history_model(model).objects.filter(history_date=NOW).values("id")


def test_makes_accounts_with_people_and_history():
    assert seed(accounts=200).startswith("Lade in 200 konton")
    assert Account.objects.count() == 200
    assert Assignment.objects.count() == 400
    for model in MODELS:
        assert history_model(model).objects.filter(history_date=NOW).count() == len(made(model))
        assert len(made(model)) > 0
    assert not Account.objects.exclude(board=F("unit__board")).exists()
    assert not Assignment.objects.exclude(user__unit=F("account__unit")).exists()
    assert set(Account.objects.annotate(people=Count("assignments")).values_list("people", flat=True)) == {2}


def test_addresses_are_such_as_people_type():
    seed(accounts=200)
    for account in Account.objects.select_related("platform"):
        address = read_address(account.web_address, account.platform.address_rule)
        assert (address.url, address.handle, address.key) == (
            account.web_address,
            account.handle,
            account.canonical_key,
        )
    assert Account.objects.values("platform").distinct().count() > 4


def test_same_seed_gives_the_same_rows():
    first, second = ([list(kind) for kind in everything(Source(7))] for _ in range(2))
    assert first == second
    assert first != [list(kind) for kind in everything(Source(8))]


def everything(source):
    boards = list(accounts._boards(source))
    units = list(accounts._units(source, boards, 12))
    people = list(accounts._people(source, units))
    made = list(accounts._accounts(source, units, 50))
    for kind in (boards, units, people, made, list(accounts._assignments(source, made, units, people))):
        yield [
            {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.generated}
            for row in kind
        ]


def test_second_time_adds_nothing_and_says_so():
    seed(accounts=30)
    before = rows()
    assert seed(accounts=30) == "Frö 1 är redan inlagt med 30 konton. Inget lades till.\n"
    assert rows() == before


def test_another_number_with_the_same_seed_is_refused():
    seed(accounts=30)
    with pytest.raises(CommandError, match="Välj ett annat frö"):
        seed(accounts=31)
    assert Account.objects.count() == 30


def test_another_seed_adds():
    seed(accounts=30)
    seed(accounts=30, seed=2)
    assert Account.objects.count() == 60


def test_nothing_asked_for_is_refused():
    with pytest.raises(CommandError, match="--accounts 20000"):
        seed()


@pytest.mark.parametrize(
    "wrong", [{"accounts": -1}, {"accounts": 200_001}, {"accounts": 10, "seed": 0}, {"accounts": 10, "seed": 1000}]
)
def test_numbers_beyond_reason_are_refused(wrong):
    with pytest.raises(CommandError, match=r"mellan|till"):
        seed(**wrong)


def test_refused_outside_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="bara i demon"):
        seed(accounts=10)
