"""A board's plan, its decision, and gallringsstopp, as people write them."""

from typing import Any

from django import forms

from accounts.models import Account, Board
from archive.enums import RuleAction, StartsFrom
from archive.forms.diary import DayField
from archive.forms.one_of_several import one_of_several
from archive.models import RetentionPlan, RetentionRule
from archive.retention import RecordType, record_types
from archive.services.retention_plan import BoardDecision, Terms


class RuleForm(forms.Form):
    """What the plan says of one handlingstyp."""

    action = forms.ChoiceField(label="Vad händer med det?", choices=RuleAction, widget=forms.RadioSelect)
    years = forms.IntegerField(
        label="Efter hur många år?",
        required=False,
        min_value=0,
        max_value=200,
        help_text="Fylls i när det gallras efter ett antal år.",
        error_messages={"invalid": "Skriv antalet år med siffror"},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    starts_from = forms.ChoiceField(label="Tiden räknas från att", required=False)
    year_end = forms.BooleanField(label="Räkna från årets slut", required=False)
    also_older = forms.BooleanField(
        label="Gäller också det som är äldre än planen",
        required=False,
        help_text="Annars gäller den längre av den gamla och den nya tiden för det som redan finns.",
    )
    motivation = forms.CharField(
        label="Motivering", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, record_type: RecordType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_of_several(self, "years", "starts_from")
        starts = [(start.value, start.label) for start in record_type.available_starts()]
        self.fields["starts_from"].choices = [("", "Välj"), *starts]
        if record_type.preserved_because:
            self.fields["action"].choices = [(RuleAction.PRESERVE.value, RuleAction.PRESERVE.label)]

    @staticmethod
    def first_words(rule: RetentionRule | None) -> dict[str, Any]:
        """Begin with what stands there."""
        names = ("action", "years", "starts_from", "year_end", "also_older", "motivation")
        return {name: getattr(rule, name) for name in names} if rule else {"action": RuleAction.PRESERVE}

    def terms(self) -> Terms:
        """Return what is written."""
        given = self.cleaned_data
        starts_from = StartsFrom(given["starts_from"]) if given["starts_from"] else ""
        return Terms(**{**given, "action": RuleAction(given["action"]), "starts_from": starts_from})


class DecisionForm(forms.Form):
    """The board's gallringsbeslut, as it is cited."""

    decision_body = forms.CharField(
        label="Vem beslutade?", max_length=120, error_messages={"required": "Skriv vem som beslutade"}
    )
    decided_on = DayField(label="Beslutsdatum", help_text="Till exempel 2026-11-24.")
    paragraph = forms.CharField(
        label="Paragraf", max_length=20, help_text="Till exempel § 24.", error_messages={"required": "Skriv paragrafen"}
    )
    designation = forms.CharField(
        label="Diarienummer", max_length=40, error_messages={"required": "Skriv beslutets diarienummer"}
    )
    valid_from = DayField(label="Planen gäller från")

    @staticmethod
    def first_words(plan: RetentionPlan) -> dict[str, Any]:
        """Begin with the board itself."""
        return {"decision_body": str(plan.board)}

    def decision(self) -> BoardDecision:
        """Return what is written."""
        return BoardDecision(**self.cleaned_data)


class HoldForm(forms.Form):
    """A gallringsstopp: its name, why, when it is looked over, and what it covers where nothing is chosen."""

    name = forms.CharField(
        label="Namn",
        max_length=120,
        help_text="Till exempel ”Utlämnande pågår: kommentarer om badhuset”. Skriv inga namn på enskilda.",
        error_messages={"required": "Ge gallringsstoppet ett namn"},
    )
    ground = forms.CharField(
        label="Varför får det inte gallras?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv varför det inte får gallras"},
    )
    review_on = DayField(label="Omprövas den", help_text="Den dagen påminns du. Till exempel 2027-03-01.")
    record_type = forms.ChoiceField(label="Handlingstyp", required=False)
    account = forms.ModelChoiceField(
        label="Konto", queryset=Account.objects.none(), required=False, empty_label="Alla konton"
    )

    def __init__(self, *args: Any, board: Board, has_objects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record_type"].choices = [
            ("", "Alla handlingstyper"),
            *((one.code, one.name) for one in record_types()),
        ]
        self.fields["account"].queryset = Account.objects.filter(board=board).select_related("platform")
        if has_objects:
            del self.fields["record_type"], self.fields["account"]


class ReviewHoldForm(forms.Form):
    """That a gallringsstopp is needed longer."""

    review_on = DayField(label="Omprövas nästa gång")
    reason = forms.CharField(
        label="Varför behövs det längre?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv varför"},
    )


class WhyForm(forms.Form):
    """Why, where it is no correction in the diarium."""

    reason = forms.CharField(
        label="Varför?",
        help_text="Skälet står kvar. Skriv inga namn.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv varför"},
    )


class IrrelevantForm(WhyForm):
    """That much is no longer relevant, by description."""

    account = forms.ModelChoiceField(
        label="Konto", queryset=Account.objects.none(), required=False, empty_label="Alla konton"
    )
    created_before = DayField(
        label="Bara det som är äldre än", required=False, help_text="Lämna tomt för allt. Till exempel 2025-01-01."
    )
    field_order = ("account", "created_before", "reason")

    def __init__(self, *args: Any, board: Board, has_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = Account.objects.filter(board=board).select_related("platform")
        if not has_account:
            del self.fields["account"]
