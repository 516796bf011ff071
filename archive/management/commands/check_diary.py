from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.services.diary_check import faults


class Command(BaseCommand):
    help = "Kontrollera att diariet är helt: inga luckor, inga dubbletter, inga handlingar utan ärende."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for sentence in faults():
            self.stdout.write(sentence)
            found += 1
        if found:
            raise CommandError(f"Diariet har {found} fel.", returncode=1)
        self.stdout.write("Diariet är helt.")
