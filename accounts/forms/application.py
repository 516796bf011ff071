"""Bilaga 1 as a form on screen (R39, R40, R43)."""

import uuid
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from accounts.addresses import AddressError, expected, read_address
from accounts.bilaga1 import CHECKLIST, QUESTIONS
from accounts.enums import LegalGround, Use
from accounts.models import Platform, Unit, User
from accounts.services.applications import Taken, taken_by

HELP = {question.field: question.help_text for question in QUESTIONS}
LABEL = {question.field: question.label for question in QUESTIONS}

LEFT_OUT = {
    "unit": "Välj vilken verksamhet kontot hör till",
    "web_address": "Skriv webbadressen, så som den blir på plattformen",
    "platform": "Välj kanal",
    "account_name": "Skriv vad kontot ska heta",
    "purpose": "Skriv vad ni vill uppnå med kommunikationen",
    "audience": "Skriv vad som är viktigt för vem",
    "topics": "Skriv vilka ämnen ni ska prata om",
    "checklist": "Gå igenom checklistan och kryssa i alla sex punkter",
    "responsible": "Välj vem som är ansvarig för kontot",
    "substitute": "Välj vem som är ersättare",
    "uses": "Kryssa i minst en sak som kontot ska användas till",
    "legal_ground": "Välj laglig grund",
}


class PersonField(forms.ModelChoiceField):
    """A choice among active people, in Swedish order."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.active().presented().order_by("sort_key", "title"), **kwargs)
        self.myself: uuid.UUID | None = None

    def label_from_instance(self, person: User) -> str:
        """Return the person in words, and "Jag" for the one who fills in the form."""
        if person.pk == self.myself:
            return f"Jag, {person.in_sentence}"
        return person.presented_as


class ApplicationForm(forms.Form):
    """The seven fields in the form's order, the checklist, who looks after the account, and a few questions more."""

    unit = forms.ModelChoiceField(
        Unit.objects.filter(active=True).select_related("board").in_order(), label=LABEL["unit"], empty_label="Välj"
    )
    web_address = forms.CharField(
        label=LABEL["web_address"],
        max_length=300,
        help_text="Så som den blir på plattformen. Finns kontot inte än, skriv den du tänkt dig.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false"}),
    )
    platform = forms.ModelChoiceField(Platform.objects.filter(active=True), label=LABEL["platform"], empty_label="Välj")
    account_name = forms.CharField(label=LABEL["account_name"], max_length=120)
    purpose = forms.CharField(
        label=LABEL["purpose"], help_text=HELP["purpose"], max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    audience = forms.CharField(
        label=LABEL["audience"], help_text=HELP["audience"], max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    topics = forms.CharField(
        label=LABEL["topics"], help_text=HELP["topics"], max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    checklist = forms.MultipleChoiceField(
        label="Checklista",
        choices=[(str(number), wording) for number, wording in enumerate(CHECKLIST)],
        widget=forms.CheckboxSelectMultiple,
    )
    responsible = PersonField(label="Ansvarig", empty_label="Välj")
    substitute = PersonField(
        label="Ersättare", help_text="Tar över när den ansvariga är ledig eller sjuk.", empty_label="Välj"
    )
    uses = forms.MultipleChoiceField(
        label="Vad ska kontot användas till?",
        help_text="Kryssa i det som stämmer.",
        choices=Use,
        widget=forms.CheckboxSelectMultiple,
    )
    legal_ground = forms.ChoiceField(
        label="Laglig grund för personuppgifter", help_text="Den här passar nästan alltid.", choices=LegalGround
    )
    artistic_exemption = forms.TypedChoiceField(
        label="Gäller undantaget för konstnärligt eller litterärt skapande?",
        choices=[("", "Nej"), ("ja", "Ja")],
        coerce=bool,
        empty_value=False,
        required=False,
    )
    artistic_motivation = forms.CharField(
        label="Varför gäller undantaget?",
        help_text="Behövs inte när kontot hör till kultur och fritids kärnverksamhet.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    consulted_with = forms.CharField(label="Med vem", max_length=120, required=False)
    consulted_on = forms.DateField(
        label="När",
        required=False,
        input_formats=["%Y-%m-%d"],
        help_text="Till exempel 2026-11-24.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Skriv datumet som 2026-11-24"},
    )
    consultation_advice = forms.CharField(label="Råd", max_length=500, required=False)

    def __init__(self, *args: Any, by: User, returned: uuid.UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.returned = returned
        self.canonical_key = ""
        for name, sentence in LEFT_OUT.items():
            self.fields[name].error_messages["required"] = sentence
        for name in ("responsible", "substitute"):
            self.fields[name].myself = by.pk
        self.fields["unit"].help_text = "Ifyllt från din profil." if by.unit_id else ""

    @classmethod
    def first_words(cls, by: User) -> dict[str, object]:
        """Return what is right for most before anything is typed."""
        return {
            "unit": str(by.unit_id or ""),
            "responsible": str(by.pk),
            "legal_ground": LegalGround.PUBLIC_INTEREST.value,
        }

    @classmethod
    def typed_in(cls, data: MultiValueDict) -> dict[str, object]:
        """Return what the person typed, right or wrong, as plain text and lists of text to keep in a draft."""
        several = {"checklist", "uses"}
        typed = {name: data.getlist(name) if name in several else [data.get(name, "")] for name in cls.base_fields}
        # PostgreSQL keeps no NUL in text; nobody types one, but it can come along in what is pasted.
        plain = {name: [value.replace("\0", "") for value in values] for name, values in typed.items()}
        return {name: values if name in several else values[0] for name, values in plain.items()}

    @classmethod
    def from_typed(cls, typed: dict[str, Any], *, by: User, returned: uuid.UUID | None = None) -> "ApplicationForm":
        """Return the form bound to a draft, as if its content was sent now."""
        data = MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in typed.items()})
        return cls(data, by=by, returned=returned)

    @cached_property
    def taken(self) -> Taken | None:
        """The account or application that has the address already; asked again when a refusal came in between."""
        return taken_by(self.canonical_key, apart_from=self.returned) if self.canonical_key else None

    def clean_checklist(self) -> list[str]:
        """Want all six, and say which are left."""
        ticked = self.cleaned_data["checklist"]
        if len(ticked) < len(CHECKLIST):
            left = len(CHECKLIST) - len(ticked)
            raise forms.ValidationError(
                f"Kryssa i alla sex punkter i checklistan: {left} är kvar"
                if left > 1
                else "Kryssa i alla sex punkter i checklistan: en är kvar"
            )
        return ticked

    def clean(self) -> dict[str, Any]:
        """Check the address against the platform, the exemption, and that two people look after the account."""
        cleaned = super().clean()
        if cleaned.get("web_address") and cleaned.get("platform"):
            self._clean_address(cleaned)
        unit = cleaned.get("unit")
        must_say_why = cleaned.get("artistic_exemption") and unit and not unit.is_culture_and_leisure
        if must_say_why and not cleaned.get("artistic_motivation", "").strip():
            self.add_error("artistic_motivation", "Skriv varför undantaget gäller för kontot")
        responsible = cleaned.get("responsible")
        if responsible and responsible == cleaned.get("substitute"):
            self.add_error("substitute", "Välj en annan person än den ansvariga")
        return cleaned

    def _clean_address(self, cleaned: dict[str, Any]) -> None:
        typed, rule = cleaned["web_address"], cleaned["platform"].address_rule
        try:
            address = read_address(typed, rule)
        except AddressError:
            others = [platform.address_rule for platform in Platform.objects.filter(active=True)]
            self.add_error("web_address", expected(typed, rule, others))
            return
        cleaned["web_address"], self.canonical_key = address.url, address.key
        if self.taken is not None:
            self.add_error("web_address", self.taken.words)
