import pytest


@pytest.fixture
def letter(settings, tmp_path) -> str:
    """A mail template of the tests' own: the portal's own say other things every month."""
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "letter.txt").write_text(
        "{% autoescape off %}Hej {{ name }}!\nLäs mer: {{ public_url }}/\n{% endautoescape %}", encoding="utf-8"
    )
    (folder / "letter.html").write_text("<p>Hej <b>{{ name }}</b>!</p>\n", encoding="utf-8")
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]
    return "letter"
