"""What a registrator writes of a handling."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Board, User
from archive.enums import Direction
from archive.forms.about_matter import account_field, case_officer_field, offer_boards_own
from archive.forms.diary import DayField
from archive.forms.matter_choice import EXISTING, MatterChoiceForm
from archive.forms.one_of_several import one_of_several
from archive.services.entries import Entry, File, Opening
from laholm_sociala.common.uploads import FileError, kind_of


class RegisterDocumentForm(MatterChoiceForm):
    """Which ärende, what it is about, from whom and when, and what may be secret."""

    board = forms.ModelChoiceField(
        Board.objects.none(), label="Nämnd", empty_label=None, error_messages={"required": "Välj nämnd"}
    )
    existing_designation = forms.CharField(
        label="Nummer i nämndens diarium",
        help_text="Till exempel 2022-000282. Bara om du valde det ovanför.",
        max_length=40,
        required=False,
    )
    subject = forms.CharField(
        label="Ärendemening",
        help_text="Skriv inga namn.",
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Skriv en ärendemening, utan namn"},
    )
    direction = forms.ChoiceField(label="Riktning", choices=Direction, initial=Direction.INCOMING)
    correspondent = forms.CharField(
        label="Avsändare/mottagare",
        help_text="Till exempel ”Enskild, via Facebook”. Lämna tom om vi har upprättat den.",
        max_length=200,
        required=False,
    )
    dated_on = DayField(label="Kom in eller upprättades")
    text = forms.CharField(
        label="Vad handlingen säger",
        help_text="Klistra in texten, eller välj filen nedanför. Den sparas som den är.",
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    file = forms.FileField(
        label="Fil",
        help_text="PDF, JPEG eller PNG. Högst 15 MB.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    provisions = forms.MultipleChoiceField(
        label="Kan något vara sekretess?",
        help_text="Kryssa bara om du ser det i handlingen. Markeringen varnar; frågan prövas när någon begär ut den.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_provision = forms.CharField(
        label="En annan bestämmelse", help_text="Till exempel OSL 26 kap. 1 §.", max_length=150, required=False
    )
    case_officer = case_officer_field()
    account = account_field()
    public_subject = forms.CharField(
        label="Ärendemening för allmänheten",
        help_text="Lämna tom om den är densamma.",
        max_length=250,
        required=False,
    )
    public_correspondent = forms.CharField(
        label="Avsändare/mottagare för allmänheten",
        help_text="Till exempel ”Enskild”. Lämna tom om den är densamma.",
        max_length=200,
        required=False,
    )

    field_order = ("board", "find", "place", "existing_designation")

    def __init__(self, *args: Any, user: User, asked: Mapping[str, str], **kwargs: Any) -> None:
        first = {"dated_on": timezone.localdate(), "direction": Direction.INCOMING}
        super().__init__(*args, user=user, asked=asked, initial=first, **kwargs)
        one_of_several(self, "find", "existing_designation", "correspondent", "text", "file")
        self.fields["board"].queryset = self.chosen_boards
        offer_boards_own(self, self.chosen_boards)
        usual = self.series.values_list("usual_provisions", flat=True)
        offered = sorted({provision for provisions in usual for provision in provisions})
        self.fields["provisions"].choices = [(provision, provision) for provision in offered]
        if not offered:
            del self.fields["provisions"]

    def clean_file(self) -> File | None:
        """Look at what the file is, whatever it is called."""
        sent = self.cleaned_data["file"]
        if not sent:
            return None
        content = sent.read()
        try:
            kind = kind_of(content)
        except FileError as error:
            raise forms.ValidationError(str(error)) from error
        return File(sent.name, kind.content_type, content)

    def clean(self) -> dict[str, Any]:
        """Find the ärende, and ask for the number where one is to be typed."""
        cleaned = super().clean() or {}
        place = cleaned.get("place")
        cleaned["matter"] = self.matters.get(place or "")
        if place == EXISTING and not cleaned.get("existing_designation", "").strip():
            self.add_error("existing_designation", "Skriv ärendets nummer i nämndens diarium")
        says_nothing = not cleaned.get("text", "").strip() and not cleaned.get("file")
        if "text" in self.fields and says_nothing and "file" not in self.errors:
            self.add_error("text", "Klistra in vad handlingen säger, eller välj filen")
        matter, board = cleaned["matter"], cleaned.get("board")
        if matter is not None and board is not None and matter.board_id != board.pk:
            self.add_error("board", f"{matter} hör till {matter.board}. Välj den nämnden, eller ett annat ärende")
        return cleaned

    def opening(self) -> Opening:
        """Return what a new ärende is opened with, or found by where its number was typed."""
        data = self.cleaned_data
        typed = data["existing_designation"] if data["place"] == EXISTING else ""
        return Opening(
            data["subject"],
            data["public_subject"],
            case_officer=data.get("case_officer"),
            account=data.get("account"),
            existing_designation=typed,
        )

    def entry(self) -> Entry:
        """Return the handling as the service takes it."""
        data = self.cleaned_data
        other = [data["other_provision"]] if data["other_provision"].strip() else []
        return Entry(
            direction=Direction(data["direction"]),
            dated_on=data["dated_on"],
            subject=data["subject"],
            correspondent=data["correspondent"],
            public_subject=data["public_subject"],
            public_correspondent=data["public_correspondent"],
            provisions=[*data.get("provisions", []), *other],
            text=data["text"],
            files=[data["file"]] if data["file"] else [],
        )
