"""What visitors are told on the platform, in the guideline's words (R13, R34 to R37)."""

from typing import Final

from django.conf import settings
from django.urls import reverse

from accounts.models import Account
from accounts.public import public_account

# The address of the public form, which an app above this one has.
REPORT: Final = "moderation:report"
NOT_HERE = (
    "personangrepp, obscena ord, hets mot folkgrupp, intrång i upphovsrätt, våldsskildringar, pornografi, "
    "kommersiell reklam och uppgifter som omfattas av sekretess"
)


def whole_text(account: Account) -> str:
    """Return the four things that visitors must be told, a paragraph each."""
    sender = f"Laholms kommun är avsändare. {account.unit} ansvarar för kontot. Syftet med kontot: {account.purpose}"
    email, form = public_account(account).email, settings.PUBLIC_URL + reverse(REPORT)
    return f"""{sender}

Meddelanden, kommentarer och bilder som du publicerar här blir allmän handling och tillgängliga även för andra besökare.

Det här får inte finnas här: {NOT_HERE}. Vi granskar och tar bort sådant inom 48 timmar (gäller för ordinarie \
arbetstid), och sparar en kopia.

Ser du olämpliga kommentarer eller kränkande innehåll? Rapportera det på {form} eller till den som är \
ansvarig: {email}"""


def short_text(account: Account, limit: int | None) -> str:
    """Return as much as the profile's own text has room for, the sender first. The rest is on the public page."""
    sender = f"Laholms kommun, {account.unit.name}."
    record = "Det du skriver blir allmän handling."
    removed = "Olämpliga inlägg tas bort."
    report = f"Rapportera till {public_account(account).email}."
    wordings = [
        f"{sender} {account.summary.rstrip('.')}. {record} {removed} {report}",
        f"{sender} {record} {removed} {report}",
        f"{sender} {record} {removed}",
        f"{sender} {record}",
        sender,
    ]
    return next((words for words in wordings if limit is None or len(words) <= limit), "Laholms kommun")
