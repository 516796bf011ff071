"""A field is read in the order it is seen: label, help, error, control. A screen reader meets what the eye meets."""

import pytest
from bs4 import BeautifulSoup
from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string


class Uppstart(forms.Form):
    topics = forms.CharField(
        label="Ämnen?",
        help_text="Vad vill ni prata om?",
        widget=forms.Textarea,
        error_messages={"required": "Skriv vilka ämnen ni ska prata om"},
    )
    channel = forms.ChoiceField(label="Kanal", choices=[("f", "Facebook"), ("i", "Instagram")])
    advice = forms.CharField(label="Råd", required=False)
    routines = forms.BooleanField(label="Vi har rutiner", error_messages={"required": "Kryssa i att ni har rutiner"})
    newsletter = forms.BooleanField(label="Mejla mig", required=False)
    lane = forms.ChoiceField(
        label="Vad gör du?",
        help_text="Välj ett.",
        choices=[("a", "Ta bort"), ("b", "Dölj")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad du gör"},
    )
    uses = forms.MultipleChoiceField(
        label="Vad ska kontot användas till?",
        choices=[("a", "Service"), ("b", "Insyn")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def markup(form: forms.Form, **options: object) -> BeautifulSoup:
    helper = FormHelper()
    for name, value in options.items():
        setattr(helper, name, value)
    return BeautifulSoup(render_crispy_form(form, helper), "html.parser")


@pytest.fixture
def sent() -> BeautifulSoup:
    return markup(Uppstart({}))


def order(field) -> list[str]:
    return [child.name + "." + ".".join(child.get("class", [])) for child in field.find_all(recursive=False)]


def test_text_field_is_label_help_error_control(sent):
    field = sent.find(id="div_id_topics")
    assert [name.split(".")[:2] for name in order(field)] == [
        ["label", "form-label"],
        ["div", "form-text"],
        ["div", "invalid-feedback"],
        ["textarea", "textarea"],
    ]


def test_control_names_its_help_and_its_error(sent):
    control = sent.find(id="id_topics")
    assert control["aria-describedby"] == "id_topics_helptext id_topics_error"
    assert control["aria-invalid"] == "true"
    assert {"form-control", "is-invalid"} <= set(control["class"])


def test_every_description_that_is_named_exists(sent):
    named = " ".join(tag["aria-describedby"] for tag in sent.find_all(attrs={"aria-describedby": True})).split()
    assert named
    assert [name for name in named if sent.find(id=name) is None] == []


def test_unsent_form_claims_no_error():
    page = markup(Uppstart())
    assert page.find_all(class_="invalid-feedback") == []
    assert page.find_all(attrs={"aria-invalid": True}) == []


def test_error_is_said_once(sent):
    assert sent.get_text().count("Skriv vilka ämnen ni ska prata om") == 1
    assert sent.get_text().count("Välj vad du gör") == 1
    assert sent.get_text().count("Kryssa i att ni har rutiner") == 1


def test_what_may_be_left_out_says_so_and_nothing_wears_an_asterisk(sent):
    marked = [tag.find_parent(["label", "legend"]).get_text(strip=True) for tag in sent.find_all(class_="ls-optional")]
    assert marked == ["Råd(frivilligt)"]
    assert "*" not in sent.get_text()


def test_search_marks_nothing_as_optional():
    assert markup(Uppstart(), form_method="get").find_all(class_="ls-optional") == []


def test_select_looks_like_one(sent):
    assert {"form-select", "is-invalid"} <= set(sent.find("select")["class"])


def test_single_box_has_its_error_before_and_its_label_after(sent):
    field = sent.find(id="div_id_routines")
    assert order(field) == ["div.invalid-feedback", "div.form-check"]
    box, label = field.select_one(".form-check").find_all(recursive=False)
    assert (box["type"], label["for"]) == ("checkbox", "id_routines")
    assert box["aria-describedby"] == "id_routines_error"


def test_radios_are_a_fieldset_that_is_described(sent):
    field = sent.find(id="div_id_lane")
    assert field.name == "fieldset"
    assert field["aria-describedby"] == "id_lane_helptext id_lane_error"
    assert order(field) == [
        "legend.form-label",
        "div.form-text",
        "div.invalid-feedback",
        "div.form-check",
        "div.form-check",
    ]
    assert field.legend.get_text(strip=True) == "Vad gör du?"
    assert [label["for"] for label in field.find_all("label")] == ["id_lane_0", "id_lane_1"]


def test_group_of_boxes_is_a_fieldset(sent):
    field = sent.find(id="div_id_uses")
    assert field.name == "fieldset"
    assert len(field.select(".form-check > input[type=checkbox]")) == 2


def test_ids_are_unique(sent):
    ids = [tag["id"] for tag in sent.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_error_summary_links_to_what_can_be_focused(sent):
    form = Uppstart({})
    form.add_error(None, "Uppstarten ändrades under tiden")
    summary = BeautifulSoup(render_to_string("components/error_summary.html", {"form": form}), "html.parser")
    assert summary.h2.get_text() == "Fem saker är kvar att rätta"
    assert summary.li.get_text() == "Uppstarten ändrades under tiden"
    targets = [sent.find(id=link["href"].removeprefix("#")).name for link in summary.find_all("a")]
    assert targets == ["textarea", "select", "input", "input"]


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "500"])
def test_error_page_needs_neither_request_nor_database(name):
    page = BeautifulSoup(render_to_string(f"{name}.html"), "html.parser")
    assert page.html["lang"] == "sv"
    assert page.title.get_text() == f"{page.h1.get_text()} – Laholm Sociala"
