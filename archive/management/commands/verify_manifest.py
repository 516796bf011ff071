from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from archive.models import Manifest, ManifestEntry
from archive.services.manifest_check import differences, faults


class Command(BaseCommand):
    help = (
        "Kontrollera förteckningarna över fingeravtryck: att kedjan håller, att varje fil har kvar sitt fingeravtryck, "
        "och att förteckningar som har sparats på annat håll är lika portalens. Filerna själva läser check_fixity."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="textfiler att jämföra med", metavar="fil")

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for sentence in self._all(options["files"]):
            self.stdout.write(sentence)
            found += 1
        if found:
            raise CommandError(f"Förteckningarna har {found} fel.", returncode=1)
        days, lines = Manifest.objects.count(), ManifestEntry.objects.count()
        self.stdout.write(f"{days} förteckningar med {lines} fingeravtryck håller.")

    def _all(self, paths: list[Path]) -> Any:
        yield from faults(timezone.now())
        for path in paths:
            try:
                text = path.read_bytes().decode()
            except OSError as error:
                yield f"{path} går inte att läsa: {error.strerror}."
            except UnicodeDecodeError:
                yield f"{path}: Filen är ingen förteckning. Välj textfilen, inte PDF-filen."
            else:
                yield from (f"{path}: {sentence}" for sentence in differences(text))
