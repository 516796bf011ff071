from django.core.management.base import CommandError
from procrastinate.contrib.django.management.commands import procrastinate

from archive.ledger import LedgerError
from archive.services import ledger


class Command(procrastinate.Command):
    help = "Portalens kö. Arbetaren startar inte medan databasen är äldre än gallringsliggaren."

    def handle(self, *args, **options):
        if options.get("command") == "worker":
            self._refuse_while_behind()
        super().handle(*args, **options)

    def _refuse_while_behind(self):
        # After a restore it would send old mail, register and dispose in a database that is about to change.
        try:
            ledger.require_whole()
        except (LedgerError, OSError) as error:
            raise CommandError(f"Arbetaren startar inte. {error}") from error
