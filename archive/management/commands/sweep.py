from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from archive.services.sweeping import sweep


class Command(BaseCommand):
    help = (
        "Söker en text i allt som portalen sparar och skriver var den står: varje tabell (historik, kö, sessioner och "
        "cache också), varje lagrad fil, och inne i zip- och pdf-filer. Ser inte vad en bild visar, text som en pdf "
        "ritar med egna teckensnitt, krypterat innehåll, databasens raderade utrymme och logg (WAL) eller "
        "säkerhetskopior. Slutar med 0 när inget finns och 1 när något finns."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", help="det som ska sökas, ordagrant; stora och små bokstäver är lika i text")
        parser.add_argument("--database", default="owner", choices=list(connections), help="annars ägarens")

    def handle(self, *, text: str, database: str, **options: Any) -> None:
        if not text.strip():
            raise CommandError("Skriv vad som ska sökas.", returncode=2)
        found = 0
        for find in sweep(text, using=database):
            self.stdout.write(str(find))
            found += 1
        if found:
            raise CommandError(f"Texten finns på {found} ställen.", returncode=1)
        self.stdout.write("Texten finns ingenstans.")
