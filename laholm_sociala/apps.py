from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The project itself: settings, addresses and commands."""

    name = "laholm_sociala"
