"""What the fields of common and of installed apps hold. Read by `AppConfig.ready()`: it fills the registry."""

from typing import Final

from archive.content import cleared, declare, goes_with, never, preserved

JOB: Final = "Ett jobb bär bara objektens id, och tas bort när det är gjort."
NAMES: Final = "Namn som står i portalens egen kod."
UNUSED: Final = "Används inte: kommunens inloggning ställs in vid driften, och inget av det den säger sparas."
PERSON: Final = "Följer den som arbetar i portalen."


def declare_installed() -> None:
    """Say what they hold."""
    declare(
        "common.Mail",
        goes_with("common.mail", "to subject text html message_id"),
        never("Objektens id, inga ord.", "about"),
    )
    declare("common.MailAttachment", goes_with("common.mail", "name content_type content"))
    declare("account.EmailAddress", preserved(PERSON, "email"))
    declare("account.EmailConfirmation", never("En slumpad nyckel.", "key"))
    declare("socialaccount.SocialApp", never(UNUSED, "provider provider_id name client_id secret key settings"))
    declare("socialaccount.SocialAccount", never(UNUSED, "provider uid extra_data"))
    declare("socialaccount.SocialToken", never(UNUSED, "token token_secret"))
    declare("mfa.Authenticator", never("Nycklar för inloggning i två steg.", "data"))
    declare("procrastinate.ProcrastinateJob", never(JOB, "queue_name task_name lock args queueing_lock"))
    declare("procrastinate.ProcrastinatePeriodicDefer", never(NAMES, "task_name periodic_id"))
    declare("auth.Permission", never(NAMES, "name codename"))
    declare("auth.Group", never("Används inte.", "name"))
    declare("contenttypes.ContentType", never(NAMES, "app_label model"))
    declare(
        "sessions.Session", cleared("Går när personen loggar ut, senast efter tolv timmar.", "session_key session_data")
    )
