"""What visitors are told on the platform, in the guideline's words (R13, R34 to R37)."""

from accounts.public import PublicAccount

NOT_HERE = (
    "personangrepp, obscena ord, hets mot folkgrupp, intrång i upphovsrätt, våldsskildringar, pornografi, "
    "kommersiell reklam och uppgifter som omfattas av sekretess"
)


def whole_text(account: PublicAccount) -> str:
    """Return the four things that visitors must be told, a paragraph each."""
    sender = f"Laholms kommun är avsändare. {account.unit} ansvarar för kontot. Syftet med kontot: {account.purpose}"
    return f"""{sender}

Meddelanden, kommentarer och bilder som du publicerar här blir allmän handling och tillgängliga även för andra besökare.

Det här får inte finnas här: {NOT_HERE}. Vi granskar och tar bort sådant inom 48 timmar (gäller för ordinarie \
arbetstid), och sparar en kopia.

Ser du olämpliga kommentarer eller kränkande innehåll? Rapportera det till den som är ansvarig: {account.email}"""


def short_text(account: PublicAccount, limit: int | None) -> str:
    """Return as much as the profile's own text has room for, the sender first. The rest is on the public page."""
    sender = f"Laholms kommun, {account.unit}."
    record = "Det du skriver blir allmän handling."
    removed = "Olämpliga inlägg tas bort."
    report = f"Rapportera till {account.email}."
    wordings = [
        f"{sender} {account.summary.rstrip('.')}. {record} {removed} {report}",
        f"{sender} {record} {removed} {report}",
        f"{sender} {record} {removed}",
        f"{sender} {record}",
        sender,
    ]
    return next((words for words in wordings if limit is None or len(words) <= limit), "Laholms kommun")
