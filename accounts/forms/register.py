"""What kommunikationsenheten and the editors fill in about an account."""

from django import forms

from accounts.forms.application import PersonField
from accounts.models import Application


class RegisterForm(forms.Form):
    """The consultation (R28) and the one line of the public list (R05)."""

    consultation = forms.CharField(
        label="Avstämning",
        help_text="Med vem, när, och vad blev rådet?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv avstämningen: med vem, när och vilket råd"},
    )
    summary = forms.CharField(
        label="En rad för den offentliga listan",
        help_text="Vad följaren får, till exempel ”Boktips, program och öppettider”.",
        max_length=120,
        error_messages={"required": "Skriv en rad för den offentliga listan"},
    )

    @staticmethod
    def first_words(application: Application) -> dict[str, str]:
        """Propose the applicant's own consultation and the first sentence of the topics."""
        first_line = application.topics.strip().partition("\n")[0]
        sentence = first_line.partition(". ")[0].strip().rstrip(".")
        return {"consultation": application.consultation_in_words[:500], "summary": sentence[:120]}


class SendBackToApplicantForm(forms.Form):
    """Why kommunikationsenheten sends an approved application back."""

    comment = forms.CharField(
        label="Vad ska ändras?",
        help_text="Chefens godkännande upphävs. Den som fyllde i uppstarten ändrar och skickar till chefen igen.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Skriv vad som ska ändras"},
    )


class NameManagerForm(forms.Form):
    """Who decides, where nobody up the unit tree can."""

    manager = PersonField(
        label="Vem beslutar?", empty_label="Välj", error_messages={"required": "Välj vem som beslutar"}
    )


class TakeIntoUseForm(forms.Form):
    """The address as it became."""

    web_address = forms.CharField(
        label="Webbadress",
        help_text="Öppna kontot på plattformen och kopiera adressen därifrån.",
        max_length=300,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={"required": "Skriv kontots webbadress"},
    )
