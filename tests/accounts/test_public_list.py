import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import AccountStatus
from tests.accounts.markers import PUBLIC, account_of_markers, hidden_markers
from tests.factories import AccountFactory, UnitFactory, UserFactory, platform
from tests.pages import Page, words_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("accounts:public-list")


def read(**query):
    response = Client().get(URL, query)
    assert response.status_code == 200
    return Page(response)


def find(**query):
    return read(**query).rows


def test_grouped_by_board_in_the_boards_order_and_in_swedish_order(cast):
    AccountFactory(active=True, unit=cast.building_permits, name="Bygga nytt")
    for name in ("Örebäcken", "Ateljén", "Åsen"):
        AccountFactory(active=True, unit=cast.library, name=name)
    AccountFactory(active=True, unit=cast.communications, name="Laholms kommun")
    page = read()
    assert page.heading == "Här finns vi i sociala medier"
    groups = [
        (words_of(group.h2), [words_of(row) for row in group.select("h3")])
        for group in page.soup.select("main section")
    ]
    assert groups == [
        ("Kommunen", ["Laholms kommun"]),
        ("Kultur och utveckling", ["Ateljén", "Åsen", "Örebäcken"]),
        ("Miljö och byggnad", ["Bygga nytt"]),
    ]


def test_one_name_on_several_platforms_is_one_row(cast):
    accounts = {
        code: AccountFactory(active=True, unit=cast.library, name="Biblioteket", platform=platform(code))
        for code in ("instagram", "facebook")
    }
    page = read()
    assert page.rows == ["Biblioteket"]
    assert [words_of(link) for link in page.soup.select(".ls-channels a")] == [
        "Facebook, Biblioteket",
        "Instagram, Biblioteket",
    ]
    assert page.links["Instagram, Biblioteket"] == reverse("accounts:public-account", args=[accounts["instagram"].pk])


@pytest.mark.parametrize("status", AccountStatus)
def test_only_what_is_in_use_is_listed(status):
    AccountFactory(name="Biblioteket", active=True, status=status)
    assert find() == (["Biblioteket"] if status in {AccountStatus.ACTIVE, AccountStatus.CLOSING} else [])


class TestSearch:
    @pytest.fixture(autouse=True)
    def _accounts(self, cast):
        AccountFactory(
            active=True,
            name="Laholms bibliotek",
            unit=cast.library,
            platform=platform("facebook"),
            handle="laholmsbibliotek",
            summary="Boktips och sagostunder",
        )
        AccountFactory(active=True, name="Teckningsmuseet", platform=platform("instagram"), handle="teckningsmuseet")

    @pytest.mark.parametrize(
        "word",
        ["bibliotek", "LAHOLMS BIB", "sagostund", "bib bok", "@laholmsbibliotek", "laholmsbibliotek", " bibliotek "],
    )
    def test_by_words(self, word):
        assert find(q=word) == ["Laholms bibliotek"]

    @pytest.mark.parametrize(
        "address",
        [
            "https://www.facebook.com/laholmsbibliotek",
            "https://facebook.com/laholmsbibliotek/",
            "http://m.facebook.com/laholmsbibliotek",
            "https://sv-se.facebook.com/laholmsbibliotek",
            "HTTPS://FACEBOOK.COM/LaholmsBibliotek",
            "www.facebook.com/laholmsbibliotek",
            "facebook.com/laholmsbibliotek",
            "https://www.facebook.com/laholmsbibliotek?fbclid=abc&ref=x#topp",
            "https://www.facebook.com/laholmsbibliotek/posts/12345",
            "  https://www.facebook.com/laholmsbibliotek  ",
        ],
    )
    def test_by_an_address_however_it_was_copied(self, address):
        page = read(q=address)
        assert page.rows == ["Laholms bibliotek"]
        assert page.typed("q").strip() == address.strip()

    @pytest.mark.parametrize(
        "address",
        [
            "https://www.facebook.com/laholmsbibliotek2",
            "https://www.facebook.com/laholms",
            "https://www.facebook.com.evil.example/laholmsbibliotek",
            "https://www.instagram.com/laholmsbibliotek",
            "https://www.facebook.com/",
            "https://www.facebook.com/groups/laholmsbibliotek",
        ],
    )
    def test_an_address_that_only_looks_like_ours_is_not_ours(self, address):
        page = read(q=address)
        assert page.rows == []
        assert page.soup.select_one("main [role=status] h2").get_text() == "Vi har inget sådant konto"
        assert f"Vi hittar inget konto för ”{address}”." in page.text

    def test_words_with_a_slash_are_words(self):
        AccountFactory(active=True, name="Kultur/fritid")
        assert find(q="kultur/fritid") == ["Kultur/fritid"]

    def test_an_account_on_a_platform_no_longer_offered_is_still_ours(self, cast, now):
        retired = platform("x")
        AccountFactory(active=True, name="Gamla X", platform=retired, handle="laholm")
        retired.active = False
        retired.record(by=cast.administrator, now=now, reason="Används inte mer")
        assert find(q="https://twitter.com/laholm") == ["Gamla X"]

    def test_what_is_planned_is_not_found_by_its_address(self):
        AccountFactory(name="Hemligt", platform=platform("x"), handle="hemligt")
        assert find(q="https://x.com/hemligt") == []

    def test_nothing_found_leads_back_to_all(self):
        page = read(q="finns inte")
        assert page.links["Visa alla konton"] == URL
        assert page.typed("q") == "finns inte"

    @pytest.mark.parametrize(
        "word", ["<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "%", "_", "\\", "ö" * 3000, "[::1/x"]
    )
    def test_what_is_searched_for_is_text(self, word):
        page = read(q=word)
        assert page.rows == []
        assert page.typed("q") == word
        assert page.soup.select("main script, main img") == []

    def test_by_platform(self):
        page = read(kanal="instagram")
        assert page.rows == ["Teckningsmuseet"]
        assert page.typed("kanal") == "instagram"
        assert find(kanal="instagram", q="bibliotek") == []
        assert find(kanal="", q="") == ["Laholms bibliotek", "Teckningsmuseet"]

    def test_a_platform_without_accounts_says_so(self):
        page = read(kanal="mastodon")
        assert page.soup.select_one("main [role=status] h2").get_text() == "Här finns inga konton"

    @pytest.mark.parametrize("nonsense", ["finns-inte", "'", "\0", "<b>", "9" * 3000])
    @pytest.mark.parametrize("field", ["kanal", "page", "okänd"])
    def test_nonsense_is_survived(self, field, nonsense):
        assert len(find(**{field: nonsense})) == 2

    def test_a_nul_in_the_word_is_survived(self):
        read(q="bib\0liotek")


def test_an_empty_register(db):
    page = read()
    assert page.rows == []
    assert page.soup.select_one("main [role=status] h2").get_text() == "Här finns inga konton"


def test_a_page_at_a_time_over_the_boards(cast):
    for number in range(30):
        AccountFactory(active=True, unit=cast.library, name=f"Kultur {number:02}")
        AccountFactory(active=True, unit=cast.building_permits, name=f"Bygg {number:02}")
    first, second = read(), read(page=2)
    assert first.rows == [f"Kultur {n:02}" for n in range(30)] + [f"Bygg {n:02}" for n in range(20)]
    assert second.rows == [f"Bygg {n:02}" for n in range(20, 30)]
    assert first.links["Nästa sida"] == "?page=2"
    assert [words_of(heading) for heading in second.soup.select("main section h2")] == ["Miljö och byggnad"]


def test_rows_cost_no_queries(cast):
    assert_same_query_count(
        read, add_row=lambda: AccountFactory(active=True, unit=UnitFactory(board=cast.culture_board))
    )


def test_holds_for_everyone_and_sets_no_cookie(db):
    response = Client().get(URL)
    assert "Set-Cookie" not in response.headers
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")
    assert sorted(response.headers["Cache-Control"].split(", ")) == ["max-age=0", "must-revalidate", "public"]


def test_looks_the_same_to_someone_signed_in(client_for, cast):
    AccountFactory(active=True)
    signed_in = client_for(cast.librarian).get(URL)
    assert signed_in.content == Client().get(URL).content
    assert "Set-Cookie" not in signed_in.headers
    assert "Cookie" not in signed_in.headers.get("Vary", "")


def test_nothing_comes_from_another_site(cast):
    AccountFactory(active=True)
    soup = read().soup
    fetched = [tag.get("src") or tag.get("href") for tag in soup.select("script, link, img, iframe")]
    assert [address for address in fetched if not address.startswith("/static/")] == []


def test_what_is_not_public_is_not_there():
    account_of_markers()
    content = read().response.content.decode()
    assert [marker for marker in hidden_markers() if marker in content] == []
    shown = ("account.name", "account.summary", "board.public_name")
    assert [name for name in shown if PUBLIC[name] not in content] == []


@pytest.mark.parametrize("word", ["name", "email", "title"])
def test_people_cannot_be_searched_for(word):
    account_of_markers()
    assert find(q=f"dold-user-{word}") == []


def test_markup_is_text():
    AccountFactory(active=True, name="<script>1</script>", summary="<b>Rad</b> & mer")
    page = read()
    assert page.rows == ["<script>1</script>"]
    assert page.soup.select("main script, main b") == []


def test_nothing_can_be_sent(db):
    response = Client().post(URL)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET")


def test_the_one_with_the_account_is_never_named(cast):
    AccountFactory(
        active=True, unit=cast.library, responsible=cast.librarian, substitute=UserFactory(name="Vikarie Vass")
    )
    content = read().response.content.decode()
    assert [name for name in (cast.librarian.name, cast.manager.name, "Vikarie Vass") if name in content] == []


def test_crisis_channels_at_once():
    AccountFactory(active=True, name="Laholms kommun", uses=["insight", "crisis"])
    AccountFactory(active=True, name="Boktips i Laholm", uses=["service"])
    assert find(kris="on") == ["Laholms kommun"]
