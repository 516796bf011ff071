"""What is written of a request for public documents. Never who asks, or why (TF ch. 2 § 18)."""

from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Account, Board, User
from archive.enums import Assessment, DiaryKind, RequestMethod, RequestScope
from archive.forms.diary import DayField
from archive.forms.one_of_several import one_of_several
from archive.models import REGISTER, Matter, RecordsRequest, Series
from archive.models.records_request import RECEIVE
from archive.services.records_answers import Refusal
from archive.services.records_requests import Scope


class ExistingNumber(forms.CharField):
    """The ärende's number, where the board numbers elsewhere."""

    def __init__(self) -> None:
        help_text = "Bara för en nämnd som diarieför i sitt befintliga diarium. Till exempel 2022-000282."
        super().__init__(label="Nummer i nämndens diarium", help_text=help_text, max_length=40, required=False)


def numbers_elsewhere(boards: Any) -> bool:
    """Tell whether some of the boards gives its ärenden a number of its existing diarium."""
    return Series.objects.filter(board__in=boards, kind=DiaryKind.EXISTING).exists()


class LogRequestForm(forms.Form):
    """What was asked for, when and how."""

    board = forms.ModelChoiceField(
        Board.objects.none(), label="Nämnd", empty_label=None, error_messages={"required": "Välj nämnd"}
    )
    asked = forms.CharField(
        label="Vad begärs?",
        help_text="Skriv inte vem som frågar eller varför: det får vi inte fråga om.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv vad som begärs"},
    )
    received_on = DayField(label="Kom in")
    method = forms.ChoiceField(
        label="På vilket sätt?",
        choices=RequestMethod,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj på vilket sätt"},
    )
    contact = forms.CharField(
        label="Vart ska svaret?",
        help_text="Bara för att kunna skicka svaret. Sparas för sig och tas bort när det är skickat.",
        max_length=250,
        required=False,
    )
    existing_designation = ExistingNumber()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, initial={"received_on": timezone.localdate()}, **kwargs)
        boards = Board.objects.all()
        if not user.may(RECEIVE):
            boards = boards.filter(pk__in=user.boards_with(REGISTER))
        self.fields["board"].queryset = boards
        one_of_several(self, "existing_designation")
        if not numbers_elsewhere(user.boards_with(REGISTER)):
            del self.fields["existing_designation"]


class GatherForm(forms.Form):
    """What is gathered."""

    kind = forms.ChoiceField(
        label="Vad ska samlas?",
        choices=RequestScope,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad som ska samlas"},
    )
    account = forms.ModelChoiceField(
        Account.objects.none(), label="Konto", required=False, empty_label="Välj ett av nämndens konton"
    )
    matter = forms.CharField(
        label="Ärendets nummer", help_text="Till exempel KUN-SM 2026-000012.", max_length=40, required=False
    )
    first = DayField(label="Från och med", required=False)
    last = DayField(label="Till och med", required=False)
    existing_designation = ExistingNumber()

    def __init__(self, *args: Any, asked: RecordsRequest, **kwargs: Any) -> None:
        first = {
            "kind": asked.scope or RequestScope.ACCOUNT,
            "account": asked.about_account_id,
            "matter": asked.about_matter,
            "first": asked.first,
            "last": asked.last,
        }
        super().__init__(*args, initial=first, **kwargs)
        self.asked = asked
        one_of_several(self, "account", "matter", "first", "last", "existing_designation")
        accounts = Account.objects.filter(board=asked.board).select_related("platform").order_by("sort_key")
        self.fields["account"].queryset = accounts
        if asked.matter_id or not numbers_elsewhere([asked.board_id]):
            del self.fields["existing_designation"]

    def clean_matter(self) -> Matter | None:
        """Find the ärende by its number."""
        typed = self.cleaned_data["matter"].strip()
        if not typed or self.cleaned_data.get("kind") != RequestScope.MATTER:
            return None
        found = Matter.objects.filter(board=self.asked.board, designation__iexact=typed).first()
        if found is None:
            raise forms.ValidationError("Nämnden har inget ärende med det numret.")
        return found

    def values(self) -> dict[str, Any]:
        """Return what the service takes: of the three only what was chosen."""
        data, kind = self.cleaned_data, RequestScope(self.cleaned_data["kind"])
        scope = {
            RequestScope.ACCOUNT: {"account": data.get("account")},
            RequestScope.MATTER: {"matter": data.get("matter")},
            RequestScope.PERIOD: {"first": data.get("first"), "last": data.get("last")},
        }[kind]
        return {"scope": Scope(kind, **scope), "existing_designation": data.get("existing_designation", "")}


class AssessForm(forms.Form):
    """Whether a document is given out."""

    assessment = forms.ChoiceField(
        label="Lämnas den ut?",
        choices=Assessment,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om handlingen lämnas ut"},
    )
    provision = forms.CharField(label="Bestämmelse", max_length=150, required=False)
    passages = forms.CharField(
        label="Det som ska maskeras",
        help_text="Vid maskning: ett ställe på varje rad, så som det står i handlingen. Det byts ut överallt i den.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, usual: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_of_several(self, "provision", "passages")
        examples = ", ".join(usual[:3]) or "OSL 21 kap. 7 §"
        self.fields["provision"].help_text = f"När något maskeras eller inte lämnas ut. Till exempel {examples}."

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        data = self.cleaned_data
        return {
            "assessment": Assessment(data["assessment"]),
            "provision": data["provision"],
            "passages": data["passages"].splitlines(),
        }


class RefusalForm(forms.Form):
    """Why not, by which right, and where an appeal goes."""

    motivation = forms.CharField(
        label="Skälen för beslutet",
        help_text="Varför uppgifterna är sekretessbelagda, utan att röja dem.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Skriv skälen för beslutet"},
    )
    mandate = forms.CharField(
        label="Med vilken rätt beslutar du?",
        help_text="Till exempel ”På delegation av nämnden, punkt 1.4”.",
        max_length=200,
        required=False,
    )
    reach = forms.CharField(
        label="Dit ett överklagande ska skickas",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv dit ett överklagande ska skickas"},
    )

    @staticmethod
    def first_words(asked: RecordsRequest) -> dict[str, str]:
        """Begin with the board's own name."""
        return {"reach": f"{asked.board}\nLaholms kommun"}

    def values(self) -> dict[str, Refusal]:
        """Return what the service takes."""
        return {"refusal": Refusal(**self.cleaned_data)}
