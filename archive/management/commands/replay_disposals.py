from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from archive.ledger import LedgerError
from archive.services.replaying import replay


class Command(BaseCommand):
    help = (
        "Körs när databasen har lästs tillbaka från en säkerhetskopia, innan portalen öppnas: det som enligt "
        "gallringsliggaren är gallrat gallras igen, och diarienummer som gavs efter kopian makuleras. Kan köras om."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = replay(using="owner", now=timezone.now())
        except LedgerError as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(
            f"{done.lines} rader i gallringsliggaren saknades i databasen. {done.objects} gallrade objekt togs bort "
            f"igen med {done.files} filer, och {done.numbers} diarienummer makulerades (återläsning)."
        )
