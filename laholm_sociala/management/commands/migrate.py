from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connections

from archive.services.reach import write_reach
from laholm_sociala.common.access import grant_to_portal


class Command(migrate.Command):
    help = "Ändrar databasen som dess ägare, och ger sedan portalens egen roll det den behöver."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args, **options):
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        call_command("createcachetable", database=options["database"], verbosity=0)
        grant_to_portal(connections[options["database"]], role=settings.DATABASES["default"]["USER"])
        if options["app_label"] is None:
            write_reach(using=options["database"])
            call_command("sync_roles", verbosity=options["verbosity"])
