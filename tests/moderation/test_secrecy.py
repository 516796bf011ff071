"""A post that may be secret leaves no trace where it may not be read: every page, as everyone outside (R15; OSL ch. 8).

The portal is walked through before the post is logged and after. For an outsider nothing may differ; for those who
may read it, its words stand on its own pages alone.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Account, User
from laholm_sociala.common.models import Mail
from moderation.enums import ActionKind
from moderation.models import Case, RestrictedView
from moderation.pictures import read_picture
from moderation.services.access import grant_access
from moderation.services.doors import write_down
from tests.clock import NOW
from tests.factories import AccountFactory, RoleAssignmentFactory, UserFactory
from tests.jobs import perform_waiting_jobs
from tests.matrix.addresses import ADDRESSES
from tests.moderation.factories import library_account, log_post, picture_bytes

pytestmark = pytest.mark.django_db

SEARCHED, MARKER = "Sovjetgurka", "zyxqvw"
SECRET = f"{SEARCHED} {MARKER}"
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
LET_IN = "Kollega Kastanj"
# A token, and the key of a draft that is begun by looking at it.
ANEW = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
# Doors that lead elsewhere whoever knocks.
NO_PAGES = ("account_", "mfa_")
OUTSIDERS = ("editor elsewhere", "kommunikationsenheten", "administrator", "registrator elsewhere", "colleague")


@pytest.fixture
def account(cast) -> Account:
    UserFactory(unit=cast.library, name=LET_IN)
    return library_account(cast)


@pytest.fixture
def outsiders(cast, account) -> dict[str, User]:
    """Those outside the board, each with something of their own to look at; and a colleague who was not let in."""
    AccountFactory(unit=cast.building_permits, active=True, responsible=cast.outsider)
    colleague = UserFactory(unit=cast.culture_department)
    AccountFactory(unit=cast.culture_department, active=True, responsible=colleague)
    registrar = UserFactory(unit=cast.building_permits)
    RoleAssignmentFactory(user=registrar, role_id="registrator", board=cast.building_board)
    return {
        "editor elsewhere": cast.outsider,
        "kommunikationsenheten": cast.communicator,
        "administrator": cast.administrator,
        "registrator elsewhere": registrar,
        "colleague": colleague,
    }


def secret_post(account: Account, cast) -> Case:
    """A post whose every word is the marker."""
    case = log_post(
        account,
        may_be_secret=True,
        text=f"{SECRET} text",
        author=f"{SECRET} author",
        link=f"https://www.facebook.com/laholmsbibliotek/posts/{MARKER}",
        place=f"{SECRET} place",
        pictures=[read_picture(f"{SECRET}.png", picture_bytes())],
    )
    noted = {"text": f"{SECRET} note", "reference": f"{SECRET} reference"}
    write_down(case, ActionKind.NOTED, by=cast.librarian, now=NOW, **noted)
    let_in = User.objects.get(name=LET_IN)
    grant_access(case.pk, user=let_in, reason=f"{SECRET} reason", by=cast.librarian, now=NOW)
    perform_waiting_jobs()
    return case


def addresses(*keys: UUID, with_keys_alone: bool = False) -> Iterator[str]:
    """Yield the portal's addresses: those without parameters, and those that UUIDs fill, with each of the keys."""
    for name, route in ADDRESSES.items():
        parameters = PARAMETER.findall(route)
        if name.startswith(NO_PAGES) or any(kind != "uuid" for kind, _parameter in parameters):
            continue
        if with_keys_alone and not parameters:
            continue
        for filled in product(keys, repeat=len(parameters)):
            yield reverse(name, args=filled)
        if name.endswith("list") and not parameters:
            yield f"{reverse(name)}?q={SEARCHED}&sok={SEARCHED}"


def walk(client: Client, *keys: UUID, hidden: Sequence[str] = (MARKER,), **which: bool) -> dict[str, str]:
    """Return what every address answers, without what changes from one time to the next."""
    answers = {}
    for address in addresses(*keys, **which):
        response = client.get(address)
        content = response.getvalue() if response.streaming else response.content
        readable = re.match(r"text/|application/json", response.headers.get("Content-Type", "text/"))
        words = ANEW.sub("", content.decode()) if readable else ""
        assert not [word for word in hidden if word.encode() in content], address
        answers[address] = f"{response.status_code} {response.headers.get('Location', '')} {words}"
    return answers


@pytest.mark.parametrize("role", OUTSIDERS)
def test_nothing_differs_for_those_who_may_not_read_it(account, outsiders, cast, client_for, role):
    client = client_for(outsiders[role])
    before = walk(client, account.pk)
    case = secret_post(account, cast)
    after = walk(client, account.pk, hidden=(MARKER, str(case.pk)))
    assert {address for address in before if before[address] != after[address]} == set()
    evidence = case.evidence.get()
    for address, answer in walk(client, case.pk, evidence.pk, with_keys_alone=True).items():
        assert answer[:3] in {"404", "403", "405"}, address
    assert not RestrictedView.objects.exists()


@pytest.mark.parametrize("role", ["librarian", "manager", "registrator"])
def test_those_who_may_read_it_meet_its_words_on_its_own_pages_alone(account, cast, client_for, role):
    registrar = RoleAssignmentFactory(user=UserFactory(), role_id="registrator", board=cast.culture_board).user
    secret_post(account, cast)
    walk(client_for(registrar if role == "registrator" else getattr(cast, role)), account.pk)


def test_no_mail_tells_its_words(account, cast):
    secret_post(account, cast)
    for mail in Mail.objects.all():
        for field in mail._meta.concrete_fields:
            assert MARKER not in str(getattr(mail, field.attname)), field.name


def test_its_page_is_titled_without_its_words_and_each_look_is_written_down(account, cast, client_for):
    case = secret_post(account, cast)
    response = client_for(cast.librarian).get(reverse("moderation:case-detail", args=[case.pk]))
    assert MARKER in response.text
    assert MARKER not in response.text.partition("</title>")[0]
    assert RestrictedView.objects.filter(case=case, user=cast.librarian, what="content").count() == 1
