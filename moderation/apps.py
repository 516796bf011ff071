from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """The daily work."""

    name = "moderation"
    verbose_name = "Granskning"

    def ready(self) -> None:
        """Fill the menu and Att göra, answer for the deadlines of the queue, and say what an account may lack."""
        from accounts.deadlines import register_holder
        from archive.delivery import say_as
        from archive.manifest_sources import Source, add_sources
        from archive.readings import follow_readings
        from archive.retention_panels import add_retention_panels
        from moderation import checks  # noqa: F401  fills the registry as it is read
        from moderation.closing import add_closing_requirement
        from moderation.content import declare_content
        from moderation.enums import ActionKind
        from moderation.menu import add_menu
        from moderation.panels import add_panels
        from moderation.record_types import (
            add_access_types,
            add_case_part_types,
            add_case_types,
            add_form_types,
            add_holds_of_the_queue,
            add_report_types,
            add_supervision_types,
        )
        from moderation.releasing import register_posts
        from moderation.services.access import open_review
        from moderation.services.recompute import OpenCases
        from moderation.to_do import add_to_do
        from moderation.to_do_access import add_access_to_do
        from moderation.to_do_case import add_case_to_do
        from moderation.to_do_reports import add_reports_to_do
        from moderation.to_do_supervision import add_supervision_to_do

        add_menu()
        add_panels()
        add_to_do()
        add_case_to_do()
        add_access_to_do()
        add_reports_to_do()
        add_supervision_to_do()
        add_closing_requirement()
        declare_content()
        register_holder(OpenCases())
        follow_readings(open_review)
        add_case_types()
        add_case_part_types()
        add_access_types()
        add_report_types()
        add_form_types()
        add_supervision_types()
        add_holds_of_the_queue()
        say_as("moderation.case.outcome", dict(ActionKind.choices))
        register_posts()
        add_sources(
            Source("kopia", "moderation.Evidence", "case_id", "kept_at"),
            Source("rapport", "moderation.ReportPicture", "pk", "report__reported_at"),
        )
        add_retention_panels(("moderation.case", lambda case: case.board))
