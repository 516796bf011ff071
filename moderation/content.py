"""What the fields of moderation hold. Read by `AppConfig.ready()`: it fills archive's registry."""

from typing import Final

from archive.content import cleared, declare, goes_with, never

FINGERPRINT: Final = "Ett fingeravtryck, inga ord."
FIXED: Final = "Ord ur en fast lista."


def declare_content() -> None:
    """Say what they hold."""
    _declare_posts()
    _declare_reports()
    declare("moderation.AccessReview", goes_with("moderation.accessreview", "remark"))
    declare("moderation.ReplyText", cleared("Den som skrev texten tar bort den.", "name text"))
    declare("moderation.PendingPicture", cleared("Rensas efter ett dygn.", "file_name original"))
    declare("moderation.ReportCount", never("Räknar; nyckeln är ett fingeravtryck som byts varje dygn.", "scope key"))


def _declare_posts() -> None:
    of_case = "moderation.case"
    declare(
        "moderation.Case",
        goes_with(of_case, "record_reason"),
        never(FINGERPRINT, "same_key"),
        never(FIXED, "criminal_grounds outcome"),
    )
    declare("moderation.CaseContent", goes_with(of_case, "text link author place"))
    declare("moderation.Action", goes_with(of_case, "text reference"))
    declare("moderation.Block", goes_with(of_case, "reason decision_reason"))
    declare("moderation.IncidentAssessment", goes_with(of_case, "number reason"))
    declare(
        "moderation.Evidence",
        goes_with(of_case, "file_name content_type original shown"),
        never(FINGERPRINT, "sha256"),
        never(FIXED, "shown_type"),
    )


def _declare_reports() -> None:
    of_report = "moderation.publicreport"
    declare("moderation.PublicReport", goes_with(of_report, "receipt"))
    declare("moderation.ReportContent", goes_with(of_report, "link text"))
    declare(
        "moderation.ReportPicture",
        goes_with(of_report, "file_name content_type original"),
        never(FINGERPRINT, "sha256"),
    )
    declare("moderation.ReporterContact", goes_with(of_report, "email told"))
