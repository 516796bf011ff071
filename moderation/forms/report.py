"""What the public fills in: the link, what is wrong in everyday words, and what they like to add (R37)."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, Signer

from accounts.models import Account
from accounts.recognition import platforms_at, public_account_at
from laholm_sociala.common.uploads import FileError
from moderation.forms.fields import LinkField
from moderation.pictures import Picture, read_picture
from moderation.reported import NEVER_COPIED, NOT_OUR_ACCOUNT, Wrong
from moderation.services.reporting import Received

UNKNOWN: Final = "vet-inte"
SIGNER: Final = Signer(salt="moderation.report")
NO_PICTURE: Final = "Skicka ingen bild. Ring polisen 114 14, vid fara 112."
CHOOSE_ACCOUNT: Final = "Välj vilket av våra konton det gäller, eller Vet inte"


class ReportForm(forms.Form):
    """A report. `trap` is filled by machines alone; `opened` tells when the form was fetched."""

    link = LinkField(
        label="Länk till inlägget eller kontot",
        help_text="Tryck på Dela eller Kopiera länk vid inlägget, och klistra in här.",
        error_messages={
            "required": "Klistra in länken. Har du ingen, rapportera från kontots sida under Våra konton",
            "max_length": "Länken är för lång. Kopiera bara länken till inlägget.",
            "no_link": "Det här är ingen länk. Kopiera länken, eller berätta längre ner",
        },
    )
    account = forms.CharField(label="Vilket konto gäller det?", required=False, widget=forms.HiddenInput)
    wrong = forms.ChoiceField(
        label="Vad är fel?",
        choices=[(wrong, f"{wrong.label}. {NO_PICTURE}" if wrong in NEVER_COPIED else wrong.label) for wrong in Wrong],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad som är fel", "invalid_choice": "Välj vad som är fel"},
    )
    text = forms.CharField(
        label="Berätta mer",
        help_text="Lämna inga känsliga uppgifter; det du skickar blir allmän handling.",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Texten är för lång. Skriv det viktigaste, högst 4 000 tecken."},
    )
    picture = forms.FileField(
        label="Skärmbild",
        help_text="JPEG eller PNG. Bra om inlägget hinner försvinna.",
        max_length=200,
        required=False,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
        error_messages={
            "empty": "Filen är tom. Välj bilden en gång till.",
            "max_length": "Filens namn är för långt. Döp om den och välj den igen.",
        },
    )
    email = forms.EmailField(
        label="Din e-post",
        help_text="Skriv den om du vill ha kvittot och svaret dit.",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Skriv en e-postadress som namn@exempel.se, eller lämna tomt"},
    )
    trap = forms.CharField(label="Lämna det här tomt", required=False)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._now = now
        self._account: Account | None = None
        self.initial.setdefault("opened", stamp(now))
        # Whoever comes from an account's page has said where it is; elsewhere the link is what tells.
        self.fields["link"].required = self.chosen_account is None
        if self.is_bound and _opened_at(self.data.get("opened", "")) is None:
            self.data = self.data.copy()
            self.data["opened"] = stamp(now)

    @property
    def is_from_a_machine(self) -> bool:
        """Whether what no person sees is filled in."""
        return bool(self.data.get("trap"))

    @property
    def chosen_account(self) -> Account | None:
        """The account of ours that the form was opened for, or that has been chosen."""
        return _public(self["account"].value())

    @property
    def asks_for_account(self) -> bool:
        """Whether the account has to be chosen from a list."""
        return not self["account"].is_hidden

    def clean_picture(self) -> Picture | None:
        """Look at what the file is, whatever it is called. What must not be copied is not even looked at (R23)."""
        sent = self.cleaned_data["picture"]
        if not sent or self.cleaned_data.get("wrong") in NEVER_COPIED:
            return None
        try:
            return read_picture(sent.name, sent.read())
        except FileError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Find the account, and want something to go by."""
        cleaned = super().clean() or self.cleaned_data
        wrong, link = cleaned.get("wrong"), cleaned.get("link")
        opened = _opened_at(self.data["opened"])
        if opened is None or self._now - opened < timedelta(seconds=settings.REPORT_LEAST_SECONDS):
            self.add_error(None, "Det gick fort. Titta igenom rapporten och skicka den igen.")
        if wrong is None or link is None:
            return cleaned
        if wrong not in NOT_OUR_ACCOUNT:
            self._account = self._find_account(link)
        says = (
            [] if wrong in NEVER_COPIED else [cleaned.get("text"), cleaned.get("picture"), self.errors.get("picture")]
        )
        if not (link or any(says) or (self._account and wrong in NEVER_COPIED)):
            self.add_error("link", "Klistra in länken, eller berätta vilket inlägg det är")
        return cleaned

    def received(self) -> Received:
        """Return what was sent, for the service."""
        sent = self.cleaned_data
        return Received(
            wrong=Wrong(sent["wrong"]),
            account=self._account,
            link=sent["link"],
            text=sent["text"],
            picture=sent["picture"],
            email=sent["email"],
        )

    def _find_account(self, link: str) -> Account | None:
        """Return the account by the link, else the chosen one; ask where it may be ours and cannot be told."""
        chosen = self.cleaned_data.get("account", "")
        if found := public_account_at(link) or _public(chosen):
            return found
        platforms = platforms_at(link)
        if not platforms:
            return None
        choices = Account.objects.public().select_related("platform").filter(platform__in=platforms)
        listed = [(str(account.pk), str(account)) for account in choices]
        self.fields["account"].widget = forms.Select(choices=[("", "Välj"), *listed, (UNKNOWN, "Vet inte")])
        if chosen != UNKNOWN:
            self.add_error("account", CHOOSE_ACCOUNT)
        return None


def stamp(now: datetime) -> str:
    """Return the moment when a form was fetched, signed, so that nobody can make one up."""
    return SIGNER.sign(str(int(now.timestamp())))


def _opened_at(stamped: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(SIGNER.unsign(stamped)), tz=UTC)
    except BadSignature:
        return None


def _public(key: Any) -> Account | None:
    try:
        found = UUID(str(key))
    except ValueError:
        return None
    return Account.objects.public().select_related("platform").filter(pk=found).first()
