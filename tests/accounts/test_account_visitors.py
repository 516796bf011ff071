import pytest
from django.urls import reverse

from accounts.models import Account
from accounts.visitors import NOT_HERE, short_text, whole_text
from tests.accounts.keeping_battery import assert_only_keepers
from tests.clock import TODAY
from tests.factories import AccountFactory, PlatformFactory, UnitFactory
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def url(account):
    return reverse("accounts:account-visitors", args=[account.pk])


def test_who_may(url, account, cast, client_for):
    assert_only_keepers(url, account, cast, client_for, read_by_viewers=True)


def test_confirms(url, account, cast, client_for):
    page = Page(client_for(cast.librarian).post(url, follow=True))
    assert page.messages == ["Det är bekräftat att besökarinformationen finns på plattformen."]
    assert Account.objects.get(pk=account.pk).visitors_told_on == TODAY


def test_texts_can_be_copied(url, account, cast, client_for, settings):
    page = Page(client_for(cast.librarian).get(url))
    texts = [text.get_text().strip() for text in page.soup.select("main textarea[readonly]")]
    link = page.soup.select_one("main input[readonly]")["value"]
    public_url = settings.PUBLIC_URL + reverse("accounts:public-account", args=[account.pk])
    assert texts == [whole_text(account), short_text(account, account.platform.profile_limit)]
    assert link == public_url


def test_whole_text_says_the_four_things(account, cast, settings):
    """R34 to R37, in the guideline's words."""
    sender, record, not_here, report = whole_text(account).split("\n\n")
    assert sender.startswith("Laholms kommun är avsändare. Biblioteket ansvarar för kontot.")
    assert account.purpose in sender
    assert "blir allmän handling och tillgängliga även för andra besökare" in record
    assert NOT_HERE in not_here
    assert "inom 48 timmar (gäller för ordinarie arbetstid)" in not_here
    assert report.startswith("Ser du olämpliga kommentarer eller kränkande innehåll? Rapportera det")
    assert settings.PUBLIC_URL + reverse("moderation:report") in report
    assert report.endswith("biblioteket@laholm.example")
    assert "\\" not in whole_text(account)


def test_kommunikationsenheten_answers_where_the_unit_has_no_address(cast, client_for):
    account = AccountFactory(unit=UnitFactory(email=""), active=True)
    page = Page(client_for(cast.communicator).get(reverse("accounts:account-visitors", args=[account.pk])))
    assert "kommunikationsenheten@laholm.se" in page.text
    assert "har ingen funktionsadress" in page.text


@pytest.mark.parametrize("limit", [None, 400, 200, 150, 101, 80, 50, 30, 20, 14])
def test_short_text_fits(account, limit):
    text = short_text(account, limit)
    assert limit is None or len(text) <= limit
    assert text.startswith("Laholms kommun")


def test_short_text_says_what_there_is_room_for(account):
    assert short_text(account, None) == (
        "Laholms kommun, biblioteket. Boktips, evenemang och öppettider. Det du skriver blir allmän handling. "
        "Olämpliga inlägg tas bort. Rapportera till biblioteket@laholm.example."
    )
    assert short_text(account, 70) == "Laholms kommun, biblioteket. Det du skriver blir allmän handling."


def test_page_says_the_length(cast, client_for):
    account = AccountFactory(unit=cast.library, platform=PlatformFactory(profile_limit=80), responsible=cast.librarian)
    page = Page(client_for(cast.librarian).get(reverse("accounts:account-visitors", args=[account.pk])))
    assert "65 tecken av högst 80." in page.text
