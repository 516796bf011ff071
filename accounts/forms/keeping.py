"""What those who keep an account in order fill in about it."""

from typing import Any

from django import forms

from accounts.bilaga1 import QUESTIONS
from accounts.enums import Duty, ExemptionStatus, LegalGround, Use
from accounts.forms.administration import DayField
from accounts.forms.application import LEFT_OUT, PersonField
from accounts.models import Account
from accounts.services.mission import Mission

HELP = {question.field: question.help_text for question in QUESTIONS}


class OnDayForm(forms.Form):
    """The day that someone asks about."""

    datum = DayField(
        label="Vem var ansvarig den …?",
        help_text="Skriv en dag, till exempel 2026-11-24.",
        error_messages={"required": "Skriv en dag, till exempel 2026-11-24"},
    )


class AppointForm(forms.Form):
    """Who takes over what, and from when."""

    duty = forms.ChoiceField(
        label="Uppdrag",
        choices=Duty,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ansvarig eller ersättare"},
    )
    user = PersonField(label="Person", empty_label="Välj", error_messages={"required": "Välj en person"})
    from_date = DayField(
        label="Från och med",
        help_text="Den som har uppdraget nu slutar dagen före.",
        error_messages={"required": "Skriv första dagen, till exempel 2026-11-24"},
    )


class EndAssignmentForm(forms.Form):
    """The last day of an assignment."""

    last_day = DayField(
        label="Sista dag",
        help_text="Till exempel 2026-11-24.",
        error_messages={"required": "Skriv sista dagen, till exempel 2026-11-24"},
    )


class LoginForm(forms.Form):
    """Where the login details are, and who reaches them. Never the details."""

    kept = forms.CharField(
        label="Var finns inloggningen?",
        help_text="Till exempel ”I enhetens lösenordsvalv, posten Instagram”. Skriv aldrig själva lösenordet.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Skriv var inloggningen finns"},
    )
    reached_by = forms.CharField(
        label="Vilka når den?",
        help_text="Till exempel ”Ansvarig, ersättare och enhetschefen”.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Skriv vilka som når den"},
    )


class AdministratorForm(forms.Form):
    """Who is administrator on the platform."""

    user = PersonField(label="Person", empty_label="Välj", error_messages={"required": "Välj en person"})


class ProfileForm(forms.Form):
    """What stands in the profile."""

    sender = forms.BooleanField(
        label="Avsändaren är tydlig",
        help_text="Det framgår vilken verksamhet det är, och att den är en del av Laholms kommun.",
        required=False,
    )
    logo = forms.BooleanField(
        label="Logotypen är på plats",
        help_text="Kommunens anpassade logotyp är kontots profilbild.",
        required=False,
    )


class RequestExemptionForm(forms.Form):
    """Why the account should be without the logo."""

    reason = forms.CharField(
        label="Varför ska kontot vara utan logotypen?",
        help_text="Kommunikationsenheten läser och beslutar.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Skriv varför kontot ska vara utan logotypen"},
    )


class DecideExemptionForm(forms.Form):
    """What kommunikationsenheten decides, and why."""

    decision = forms.ChoiceField(
        label="Beslut",
        choices=[
            (ExemptionStatus.GRANTED, "Bevilja: kontot får vara utan logotypen"),
            (ExemptionStatus.REFUSED, "Avslå: logotypen ska finnas där"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om undantaget beviljas eller avslås"},
    )
    reason = forms.CharField(
        label="Skäl",
        help_text="Den som önskade undantaget läser det, och det står kvar på kontots sida.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv skälen för beslutet"},
    )


class RevokeExemptionForm(forms.Form):
    """Why kommunikationsenheten takes a granted exemption back."""

    reason = forms.CharField(
        label="Varför återkallas undantaget?",
        help_text="De som sköter kontot läser det, och det står kvar på kontots sida.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv varför undantaget återkallas"},
    )


class MissionForm(forms.Form):
    """What the account is for: what its uppdragsbeskrivning says."""

    purpose = forms.CharField(
        label="Syfte och mål", help_text=HELP["purpose"], max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    audience = forms.CharField(
        label="Budskap och målgrupp",
        help_text=HELP["audience"],
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    topics = forms.CharField(
        label="Ämnen", help_text=HELP["topics"], max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    summary = forms.CharField(
        label="En rad för den offentliga listan",
        help_text="Vad följaren får, till exempel ”Boktips, program och öppettider”.",
        max_length=120,
        error_messages={"required": "Skriv en rad för den offentliga listan"},
    )
    uses = forms.MultipleChoiceField(
        label="Vad används kontot till?",
        help_text="Kryssa i det som stämmer.",
        choices=Use,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kryssa i minst en sak som kontot används till"},
    )
    legal_ground = forms.ChoiceField(
        label="Laglig grund för personuppgifter", help_text="Den första passar nästan alltid.", choices=LegalGround
    )
    artistic_exemption = forms.BooleanField(
        label="Vi publicerar också konstnärligt eller litterärt skapande",
        help_text="Till exempel bokomslag, artister och konstverk. Då gäller ett undantag i GDPR.",
        required=False,
    )
    artistic_motivation = forms.CharField(
        label="Motivering till undantaget",
        help_text="Behövs om verksamheten inte hör till kultur och fritids kärnverksamhet.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        first_words = {name: getattr(account, name) for name in self.base_fields}
        super().__init__(*args, initial=first_words, **kwargs)
        for name in ("purpose", "audience", "topics"):
            self.fields[name].error_messages["required"] = LEFT_OUT[name]
        if account.unit.is_culture_and_leisure:
            self.fields["artistic_motivation"].help_text = "Behövs inte för kultur och fritids kärnverksamhet."

    def mission(self) -> Mission:
        """Return what was filled in."""
        return Mission(**self.cleaned_data)
