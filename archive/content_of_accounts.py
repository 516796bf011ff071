"""What the fields of accounts hold. Read by `AppConfig.ready()`: it fills the registry."""

from typing import Final

from archive.content import cleared, declare, goes_with, never, preserved

ACCOUNT: Final = "Kontot bevaras i registret."
ORGANISATION: Final = "Beskriver kommunens organisation, inte vad någon har skrivit."
PERSON: Final = "Den som har arbetat i portalen står kvar som den som gjorde det."
DECISION: Final = "Ett beslut om hur kommunen arbetar, som bevaras."
FINGERPRINT: Final = "Ett fingeravtryck, inga ord."
RULES: Final = "Fasta regler för adresser på en kanal."
FIXED: Final = "Ord ur en fast lista."


def declare_accounts() -> None:
    """Say what they hold."""
    declare("accounts.Board", never(ORGANISATION, "name public_name"))
    declare("accounts.Unit", never(ORGANISATION, "name email"))
    declare("accounts.User", preserved(PERSON, "email name title"), never("Ett krypterat lösenord.", "password"))
    declare("accounts.Role", never(FIXED, "code name description permissions"))
    declare("accounts.Invitation", never(FINGERPRINT, "token_sha256"))
    declare("accounts.Platform", never(RULES, "code name hosts patterns address_form example reserved"))
    declare("accounts.CalendarVersion", never("Kommunens öppettider.", "content"))
    declare("accounts.Guideline", preserved(DECISION, "number title adopted_by decision_reference"))
    declare("accounts.GuidelineReview", preserved(DECISION, "reference"))
    declare("accounts.Closing", preserved(ACCOUNT, "reason"))
    declare("accounts.SavedView", cleared("Den som sparade urvalet tar bort det.", "name query"))
    _declare_applications()
    _declare_register()


def _declare_applications() -> None:
    of_application = "accounts.application"
    declare(
        "accounts.Draft",
        cleared("Rensas när uppstarten skickas eller utkastet tas bort, annars efter ett år.", "typed"),
    )
    declare(
        "accounts.Application",
        goes_with(
            of_application,
            "web_address canonical_key account_name purpose audience topics artistic_motivation consulted_with "
            "consultation_advice confirmed_consultation",
        ),
        never(FIXED, "checklist checklist_version uses"),
    )
    declare(
        "accounts.Decision",
        goes_with(of_application, "name_clarification title comment content"),
        never(FIXED, "assurances"),
        never(FINGERPRINT, "content_sha256"),
    )
    declare("accounts.ApprovedForm", goes_with(of_application, "pdf"), never(FINGERPRINT, "sha256"))
    declare(
        "accounts.ScannedForm",
        goes_with(of_application, "file_name content_type content"),
        never(FINGERPRINT, "sha256"),
    )


def _declare_register() -> None:
    declare(
        "accounts.Account",
        preserved(
            ACCOUNT,
            "name handle web_address canonical_key summary purpose audience topics artistic_motivation login_kept "
            "login_reached_by",
        ),
        never(FIXED, "uses"),
    )
    declare(
        "accounts.AccountImport",
        goes_with("accounts.accountimport", "file_name content report counts unread_columns problem"),
        never(FINGERPRINT, "sha256 outcome_sha256"),
    )
    declare("accounts.MissionStatement", goes_with("accounts.missionstatement", "content pdf"))
    declare("accounts.MissionStatement", never(FINGERPRINT, "sha256"))
    declare("accounts.LogoExemption", goes_with("accounts.logoexemption", "reason decision_reason revoked_reason"))
