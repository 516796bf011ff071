from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who we are and what we run."""

    name = "accounts"
    verbose_name = "Konton"

    def ready(self) -> None:
        """Fill the menu and Att göra, and register what an account may lack."""
        from accounts import checks, checks_coverage, checks_import  # noqa: F401  fill the registry as they are read
        from accounts.menu import add_menu
        from accounts.to_do import add_to_do
        from accounts.to_do_closing import add_closing_to_do
        from accounts.to_do_coverage import add_coverage_to_do
        from accounts.to_do_guideline import add_guideline_to_do
        from accounts.to_do_keeping import add_keeping_to_do

        add_menu()
        add_to_do()
        add_keeping_to_do()
        add_coverage_to_do()
        add_guideline_to_do()
        add_closing_to_do()
