import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from laholm_sociala.common.swedish import number_in_words
from laholm_sociala.seed.source import Source
from laholm_sociala.seed.volumes import VOLUMES

MOST = 200_000


class Command(BaseCommand):
    help = "Lägger in påhittad volym för demo och mätning. Samma frö ger samma rader."

    def add_arguments(self, parser):
        for volume in VOLUMES:
            parser.add_argument(f"--{volume.option}", type=int, default=0, help=volume.help_text)
        parser.add_argument("--seed", type=int, default=1, help="fröet, ett heltal från 1 till 999; annars 1")

    def handle(self, *args, seed, **options):
        if not settings.DEMO:
            raise CommandError("seed lägger in påhittade uppgifter och körs bara i demon: DEMO=1 python manage.py seed")
        if not 1 <= seed <= 999:
            raise CommandError("Fröet ska vara ett heltal från 1 till 999.")
        wanted = [(volume, options[volume.option]) for volume in VOLUMES if options[volume.option]]
        if not wanted:
            raise CommandError("Säg hur många, till exempel: --accounts 20000")
        for volume, number in wanted:
            self._make(volume, number, Source(seed))

    def _make(self, volume, number, source):
        if not 0 < number <= MOST:
            raise CommandError(f"Antalet {volume.words} ska vara mellan 1 och {MOST}.")
        there = volume.count(source)
        already = f"Frö {source.seed} är redan inlagt med {number_in_words(there, neuter=True)} {volume.words}."
        if there == number:
            self.stdout.write(f"{already} Inget lades till.")
            return
        if there:
            raise CommandError(f"{already} Välj ett annat frö med --seed.")
        start = time.monotonic()
        with transaction.atomic():
            volume.make(source, number)
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")  # the planner should know of the volume at once; only the owner may
        seconds = time.monotonic() - start
        made = f"{number_in_words(number, neuter=True)} {volume.words}"
        self.stdout.write(f"Lade in {made} på {seconds:.1f} sekunder (frö {source.seed}).")
