from django.apps import AppConfig


class CommonConfig(AppConfig):
    """What every app stands on and no app owns."""

    name = "laholm_sociala.common"
    label = "common"
    verbose_name = "Gemensamt"
