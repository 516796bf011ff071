"""Logga ett inlägg, and keeping more of one afterwards."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from accounts.addresses import is_at
from accounts.models import Account, Platform, User
from laholm_sociala.common.form_fields import MomentField
from moderation.enums import Category, CriminalGround, Lane
from moderation.forms.fields import LinkField, PicturesField, look_through
from moderation.models import PendingPicture
from moderation.pictures import Picture
from moderation.services.log import accounts_to_log_on, last_used
from moderation.services.opening import Post
from moderation.services.pending import waiting_pictures

# What is not taken with a post that must never be copied (BrB ch. 16 § 10 a; R23).
NEVER_COPIED: Final = ("text", "author", "place", "kept")
OTHER_LANES: Final = (Lane.CRIMINAL, Lane.SECRECY, Lane.QUESTION, Lane.MESSAGE, Lane.OWN_POST)


class LogForm(forms.Form):
    """A post that somebody found. What must never be copied is let go of before anything looks at it."""

    account = forms.ChoiceField(label="Konto", error_messages={"required": "Välj konto"})
    link = LinkField(label="Länk till inlägget")
    pictures = PicturesField(
        label="Bild", help_text="Skärmbild i PNG eller JPEG, från telefonen eller inklistrad. Högst tio."
    )
    kept = forms.ModelMultipleChoiceField(
        PendingPicture.objects.none(),
        label="Bilder som redan är skickade",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Bilden finns inte kvar. Välj den en gång till."},
    )
    text = forms.CharField(
        label="Text",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "ls-short"}),
    )
    about = forms.ChoiceField(
        label="Vad gäller det?",
        choices=[
            ("Olämpligt enligt riktlinjen", Category.choices),
            ("Annat", [(lane.value, lane.label) for lane in OTHER_LANES]),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    grounds = forms.MultipleChoiceField(
        label="Vilket brott?", choices=CriminalGround, required=False, widget=forms.CheckboxSelectMultiple
    )
    may_be_secret = forms.BooleanField(
        label="Det kan också vara sekretess",
        help_text="Då läser bara de som behöver det inom nämnden, och det antecknas.",
        required=False,
    )
    published_at = MomentField(
        label="När publicerades det?",
        required=False,
        help_text="Till exempel 2026-11-24 08.30. Bara datumet går också bra.",
    )
    author = forms.CharField(label="Vem skrev det?", required=False, max_length=200)
    place = forms.CharField(
        label="Var står det?",
        required=False,
        max_length=300,
        help_text="Till exempel ”under inlägget om vinterns öppettider”.",
    )

    def __init__(
        self,
        data: MultiValueDict | None = None,
        files: MultiValueDict | None = None,
        *,
        by: User,
        now: datetime,
        wanted: str = "",
        let_go: Sequence[str] = (),
    ) -> None:
        self.by, self.let_go, self.new_pictures, self.discarded = by, let_go, [], False
        self.no_copy = data is not None and CriminalGround.CHILD_ABUSE in data.getlist("grounds")
        if self.no_copy:
            data, files = self._let_go(data, files)
        super().__init__(data, files)
        self.accounts = {str(account.pk): account for account in _accounts(by, now)}
        own = {
            str(pk) for pk in Account.objects.looked_after_by(by, timezone.localdate(now)).values_list("pk", flat=True)
        }
        self.fields["account"].choices = _own_first(self.accounts, own)
        self.initial["account"] = self._likely(wanted, last_used(by), own)
        self.fields["kept"].queryset = PendingPicture.objects.of(by)
        for name in ("link", "pictures", "text"):
            self.fields[name].one_of_several = True

    def post(self) -> Post:
        """Return what is known of the post."""
        known = self.cleaned_data
        about = known["about"]
        return Post(
            account=self.accounts[known["account"]],
            lane=Lane(about) if about in Lane else Lane.INAPPROPRIATE,
            category=about if about in Category else "",
            criminal_grounds=known["grounds"],
            may_be_secret=known["may_be_secret"],
            text=known["text"],
            link=known["link"],
            author=known["author"],
            place=known["place"],
            pictures=[*waiting_pictures(known["kept"], by=self.by), *known["pictures"]],
            published_at=known["published_at"],
        )

    def show_waiting(self, waiting: Sequence[PendingPicture]) -> None:
        """Let the page show the pictures as sent: the browser cannot fill them in again."""
        self.data = self.data.copy()
        self.data.setlist("kept", [str(picture.pk) for picture in waiting])

    def clean_pictures(self) -> list[Picture]:
        """Look the pictures through. Those that are whole wait if something else is wrong."""
        self.new_pictures, faults = look_through(self.cleaned_data["pictures"], self.let_go)
        if faults:
            raise forms.ValidationError(faults)
        return self.new_pictures

    def clean(self) -> dict[str, Any]:
        """Want to know what it is about, and the crime where it is one."""
        cleaned = super().clean()
        about, grounds = cleaned.get("about", ""), cleaned.get("grounds", [])
        if grounds and not about:
            cleaned["about"] = about = Lane.CRIMINAL
        if not about and "about" not in self.errors:
            self.add_error("about", "Välj vad det gäller")
        elif about == Lane.CRIMINAL and not grounds and "grounds" not in self.errors:
            self.add_error("grounds", "Kryssa i vilket brott det kan vara")
        elif grounds and about != Lane.CRIMINAL:
            self.add_error("grounds", "Välj ”Uppenbart brottsligt”, eller ta bort krysset för brott")
        self._refuse_link_to_elsewhere(cleaned)
        if self.no_copy and not cleaned.get("link"):
            self.add_error("link", "Klistra in länken till inlägget. Ingenting annat sparas.")
        return cleaned

    def _refuse_link_to_elsewhere(self, cleaned: dict[str, Any]) -> None:
        """The last used account is chosen beforehand: say so when the link leads to another of our platforms."""
        account, link = self.accounts.get(cleaned.get("account", "")), cleaned.get("link", "")
        if account is None or not link or is_at(link, account.platform.address_rule):
            return
        elsewhere = next((each for each in Platform.objects.all() if is_at(link, each.address_rule)), None)
        if elsewhere is not None:
            self.add_error("account", f"Länken går till {elsewhere.name}. Välj det konto som inlägget finns på")

    def _let_go(self, data: MultiValueDict, files: MultiValueDict | None) -> tuple[MultiValueDict, None]:
        self.discarded = bool(files or self.let_go or any(data.get(name, "").strip() for name in NEVER_COPIED))
        kept = data.copy()
        for name in NEVER_COPIED:
            kept.pop(name, None)
        self.let_go = ()
        return kept, None

    def _likely(self, wanted: str, last: UUID | None, own: set[str]) -> str:
        """Return the account that is right for most: the one asked for, the last used, or the first of one's own."""
        own_first = sorted(self.accounts, key=lambda key: key not in own)
        return next((key for key in (wanted, str(last), *own_first) if key in self.accounts), "")


class CopyForm(forms.Form):
    """More of a post that is logged."""

    pictures = PicturesField(label="Bild", help_text="Skärmbild i PNG eller JPEG. Högst tio åt gången.")
    text = forms.CharField(label="Text", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, has_text: bool, let_go: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.let_go = let_go
        for name in ("pictures", "text"):
            self.fields[name].one_of_several = True
        if has_text:
            del self.fields["text"]

    def clean_pictures(self) -> list[Picture]:
        """Look the pictures through."""
        sent: list[UploadedFile] = self.cleaned_data["pictures"]
        pictures, faults = look_through(sent, self.let_go)
        if faults:
            raise forms.ValidationError(faults)
        return pictures


def _accounts(by: User, now: datetime) -> list[Account]:
    return list(accounts_to_log_on(by, now).select_related("platform").order_by("sort_key", "platform__order"))


def _own_first(accounts: dict[str, Account], own: set[str]) -> list[Any]:
    mine = [(key, str(account)) for key, account in accounts.items() if key in own]
    others = [(key, str(account)) for key, account in accounts.items() if key not in own]
    if not mine or not others:
        return mine or others
    return [("Dina konton", mine), ("Andra konton", others)]
