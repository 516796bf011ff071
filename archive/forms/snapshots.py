"""What is filled in when a person sends pictures of a page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from archive.enums import SnapshotReason
from archive.services.snapshots import Sent
from archive.snapshot_uploads import look_through
from laholm_sociala.common.form_fields import MomentField

REASONS = (SnapshotReason.YEARLY, SnapshotReason.BEFORE_CHANGE, SnapshotReason.CLOSING)


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Pictures and PDFs. The form looks them through; the field itself only takes them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", FilesInput(attrs={"accept": "image/png,image/jpeg,application/pdf"}))
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return what was sent, none, one or several."""
        sent = data if isinstance(data, list | tuple) else [data]
        return [file for file in sent if file]


class UploadForm(forms.Form):
    """The pictures, and what the person answers for."""

    files = FilesField(
        label="Bilder eller PDF",
        help_text="PNG, JPEG eller PDF. Högst tio filer på 15 MB var. Välj dem i den ordning de ska visas.",
    )
    taken_on = MomentField(
        label="När togs bilderna?",
        help_text="Till exempel 2026-11-24 08.30.",
        error_messages={
            "required": "Skriv när bilderna togs, till exempel 2026-11-24 08.30",
            "invalid": "Skriv tiden som 2026-11-24 08.30",
        },
    )
    attestation = forms.CharField(
        label="Vad visar de?",
        help_text="Till exempel ”Hela startsidan och höstens inlägg, sett från en telefon”.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "class": "ls-short"}),
        error_messages={"required": "Skriv vad bilderna visar"},
    )
    reason = forms.ChoiceField(
        label="Varför sparas den?",
        choices=[(reason.value, reason.label) for reason in REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj varför"},
    )
    attested = forms.BooleanField(
        label="Jag intygar att bilderna visar kontots sida som den såg ut då",
        error_messages={"required": "Kryssa i att bilderna visar kontots sida"},
    )
    # Sent twice it is one snapshot.
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime, reason: str = "", let_go: Sequence[str] = (), **kwargs: Any) -> None:
        first = {
            "key": uuid4(),
            "reason": reason if reason in REASONS else SnapshotReason.YEARLY,
            "taken_on": f"{timezone.localtime(now):%Y-%m-%d %H.%M}",
        }
        super().__init__(*args, initial=first, **kwargs)
        self.let_go = let_go
        # Required, and told so by us: a browser's own words would hide which file to choose again.
        self.fields["files"].one_of_several = True

    def clean(self) -> dict[str, Any]:
        """Look the files through; a browser does not keep them, so say which to choose again."""
        known = super().clean() or {}
        sent = known.get("files") or []
        self.sent, faults = look_through(sent)
        faults += [f"{name}: Filerna är för många eller för stora tillsammans." for name in self.let_go]
        for fault in faults:
            self.add_error("files", fault)
        if not sent and not faults:
            self.add_error("files", "Välj minst en bild eller en PDF")
        return known

    def ask_for_the_files_again(self) -> None:
        """Say which files a form that was refused for something else has lost."""
        names = [file.original_name for file in getattr(self, "sent", [])]
        if names:
            self.add_error("files", f"Välj filerna en gång till: {', '.join(names)}")

    def upload(self) -> Sent:
        """Return what is sent, as the service takes it."""
        known = self.cleaned_data
        return Sent(
            reason=SnapshotReason(known["reason"]),
            attestation=known["attestation"],
            taken_at=known["taken_on"],
            files=self.sent,
            key=known["key"],
        )


class CaptureForm(forms.Form):
    """Why the portal is to take a picture."""

    reason = forms.ChoiceField(
        label="Varför sparas den?",
        choices=[(reason.value, reason.label) for reason in REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj varför"},
    )

    def __init__(self, *args: Any, reason: str = "", **kwargs: Any) -> None:
        first = {"reason": reason if reason in REASONS else SnapshotReason.YEARLY}
        super().__init__(*args, initial=first, **kwargs)


class VerdictForm(forms.Form):
    """Whether what the portal took shows the page."""

    verdict = forms.ChoiceField(
        label="Visar bilden kontots sida?",
        choices=[("good", "Ja, spara den"), ("rejected", "Nej, den duger inte")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om bilden visar kontots sida"},
    )
    reason = forms.CharField(
        label="Varför?",
        help_text="Behövs när bilden inte duger.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "ls-short"}),
        error_messages={"required": "Skriv varför bilden duger ändå, eller vad som är fel med den"},
    )

    def __init__(self, *args: Any, wall: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wall:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = "Skriv varför bilden duger ändå, eller vad som är fel med den."

    @property
    def is_good(self) -> bool:
        """Whether the person says that it shows the page."""
        return bool(self.cleaned_data["verdict"] == "good")


class NotPossibleForm(forms.Form):
    """Why no snapshot can be taken before an account is closed."""

    reason = forms.CharField(
        label="Varför kan den inte tas?",
        help_text="Till exempel ”Kontot blev kapat i mars och plattformen har tagit bort det”.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv varför ögonblicksbilden inte kan tas"},
    )
