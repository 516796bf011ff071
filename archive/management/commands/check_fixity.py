from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from archive.models import FixityCheck
from archive.services.fixity import check_storage


class Command(BaseCommand):
    help = "Läs ögonblicksbildernas filer och jämför dem med fingeravtrycken från när de sparades."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="läs alla filer, inte bara nattens del")

    def handle(self, *args: Any, **options: Any) -> None:
        found = check_storage(clock=timezone.now, everything=options["all"])
        faults = list(FixityCheck.objects.faults().order_by("name"))
        for check in faults:
            self.stdout.write(str(check))
        self.stdout.write(f"{found.read} filer lästes.")
        # Also what an earlier run found, and this one did not read anew.
        if faults:
            raise CommandError(f"Ögonblicksbildernas filer har {len(faults)} fel.", returncode=1)
        self.stdout.write("Inget fel hittades.")
