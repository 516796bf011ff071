"""Fields that several forms about posts use."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from laholm_sociala.common.uploads import FileError
from moderation.pictures import Picture, read_picture

ADDRESS: Final = re.compile(r"https?://\S+")
BARE_ADDRESS: Final = re.compile(r"^[\w-]+(\.[\w-]+)+(/\S*)?$")


class PicturesInput(forms.FileInput):
    """Several files at once, from the camera roll or the clipboard."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Pictures of a post. `read` looks them through; the field itself only takes them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PicturesInput(attrs={"accept": "image/png,image/jpeg"}))
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return what was sent, none, one or several."""
        sent = data if isinstance(data, list | tuple) else [data]
        return [file for file in sent if file]


def look_through(sent: Sequence[UploadedFile], let_go: Sequence[str]) -> tuple[list[Picture], list[str]]:
    """Return the pictures that can be kept, and what is wrong with the others, each by its name."""
    pictures, faults = [], [f"{name}: Bilderna är för många eller för stora tillsammans." for name in let_go]
    for file in sent:
        try:
            pictures.append(read_picture(file.name or "bild", file.read()))
        except FileError as error:
            faults.append(f"{file.name}: {error}")
    return pictures, faults


class LinkField(forms.CharField):
    """A link to a post, also where an app has put words around it. `no_link` is said of what holds none."""

    default_error_messages: ClassVar = {
        "no_link": "Det här är ingen länk. Kopiera länken till inlägget, eller skriv i Texten."
    }

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "url", "autocapitalize": "off", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(required=False, max_length=1000, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the address alone; refuse what holds none."""
        typed = super().clean(value)
        if found := ADDRESS.search(typed):
            return found[0]
        if typed and not BARE_ADDRESS.match(typed):
            raise forms.ValidationError(self.error_messages["no_link"])
        return f"https://{typed}" if typed else ""
