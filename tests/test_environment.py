"""A wrong setting is refused by its name."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from laholm_sociala.environment import Environment


def read(**values: str) -> Environment:
    return Environment(values)


class TestText:
    def test_as_it_stands(self):
        assert read(A="  å ä  ö ").text("A") == "å ä  ö"

    def test_default(self):
        assert read().text("A", "b") == "b"
        assert read(A=" ").text("A", "b") == "b"

    def test_missing(self):
        with pytest.raises(ImproperlyConfigured, match="Miljövariabeln A saknas"):
            read().text("A")


@pytest.mark.parametrize("raw", ["1", "true", "TRUE", "Yes", "on", "ja", " ja "])
def test_yes(raw):
    assert read(A=raw).flag("A", default=False) is True


@pytest.mark.parametrize("raw", ["0", "false", "No", "off", "nej"])
def test_no(raw):
    assert read(A=raw).flag("A", default=True) is False


@pytest.mark.parametrize("raw", ["", "  "])
def test_empty_flag_is_the_default(raw):
    assert read(A=raw).flag("A", default=True) is True


@pytest.mark.parametrize("raw", ["kanske", "2", "truee"])
def test_neither_yes_nor_no(raw):
    with pytest.raises(ImproperlyConfigured, match="Miljövariabeln A ska vara 1 eller 0"):
        read(A=raw).flag("A", default=False)


@pytest.mark.parametrize(("raw", "number"), [("1", 1), ("65535", 65535), (" 25 ", 25)])
def test_whole_number(raw, number):
    assert read(A=raw).whole_number("A", 7, least=1, most=65535) == number


@pytest.mark.parametrize(
    ("raw", "why"), [("0", "mellan 1 och 9"), ("10", "mellan"), ("1.5", "heltal"), ("x", "heltal"), ("1 000", "heltal")]
)
def test_not_that_number(raw, why):
    with pytest.raises(ImproperlyConfigured, match=f"A ska vara .*{why}"):
        read(A=raw).whole_number("A", 7, least=1, most=9)


def test_choice():
    assert read(A="b").choice("A", "a", among=("a", "b")) == "b"
    assert read().choice("A", "a", among=("a", "b")) == "a"
    with pytest.raises(ImproperlyConfigured, match="A ska vara något av a, b"):
        read(A="B").choice("A", "a", among=("a", "b"))


def test_words():
    assert read(A=" a, ,b,").words("A", ()) == ["a", "b"]
    assert read().words("A", ("x", "y")) == ["x", "y"]


@pytest.mark.parametrize("raw", ["https://sociala.laholm.se", "https://sociala.laholm.se/", "http://127.0.0.1:8000"])
def test_web_address(raw):
    assert read(A=raw).web_address("A") == raw.rstrip("/")


@pytest.mark.parametrize(
    "raw", ["sociala.laholm.se", "ftp://laholm.se", "https://", "javascript:alert(1)", "https:laholm.se"]
)
def test_no_web_address(raw):
    with pytest.raises(ImproperlyConfigured, match="A ska vara en hel adress"):
        read(A=raw).web_address("A")


class TestDatabase:
    def test_over_the_network(self):
        database = read(A="postgresql://anv%C3%A4ndare:l%40s@db.laholm.se:5433/portal?sslmode=require").database("A")
        assert database == {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "portal",
            "USER": "användare",
            "PASSWORD": "l@s",
            "HOST": "db.laholm.se",
            "PORT": "5433",
            "OPTIONS": {"sslmode": "require"},
        }

    def test_through_a_socket(self):
        database = read(A="postgresql://laholm_portal@/laholm?host=%2Frun%2Fen%20mapp&port=5432").database("A")
        assert (database["HOST"], database["PORT"], database["OPTIONS"]) == ("/run/en mapp", "5432", {})

    @pytest.mark.parametrize("raw", ["mysql://a@b/c", "postgresql://a@b", "postgresql://a@b/", "c", "sqlite:///x"])
    def test_another_kind(self, raw):
        with pytest.raises(ImproperlyConfigured, match="A ska vara postgresql://"):
            read(A=raw).database("A")

    def test_a_port_that_is_none(self):
        with pytest.raises(ImproperlyConfigured, match="Miljövariabeln A"):
            read(A="postgresql://a@b:port/c").database("A")

    def test_missing(self):
        with pytest.raises(ImproperlyConfigured, match="Miljövariabeln A saknas"):
            read().database("A")


def test_a_refusal_never_repeats_the_value():
    """It may be a password, and goes to a log."""
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(A="mysql://portal:hemligt@db/x").database("A")
    assert "hemligt" not in str(refusal.value)
    assert refusal.value.__cause__ is None
