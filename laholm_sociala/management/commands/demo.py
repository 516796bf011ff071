import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from laholm_sociala.cluster import ClusterError
from laholm_sociala.demo import environment
from laholm_sociala.demo.errors import DemoError
from laholm_sociala.demo.port import AlreadyRunningError
from laholm_sociala.demo.supervisor import Supervisor


class Command(BaseCommand):
    help = "Startar portalen med påhittade uppgifter på den egna datorn, med databas, brevlåda och arbetare."
    requires_system_checks = ()

    def add_arguments(self, parser):
        environment.add_arguments(parser)

    def handle(self, *args, port, **options):
        if not settings.DEMO:
            sys.exit("Demon startas med: python manage.py demo")
        try:
            Supervisor(port, self._say).run()
        except AlreadyRunningError as running:
            self._say(f"Demon är redan igång: {running}/")
        except (DemoError, ClusterError) as error:
            sys.exit(str(error))

    def _say(self, words):
        self.stdout.write(words)
        self.stdout.flush()
