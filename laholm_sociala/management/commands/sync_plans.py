from django.core.management.base import BaseCommand
from django.utils import timezone

from archive.services.retention_plan import sync_starting_plans
from laholm_sociala.common.swedish import count_in_words


class Command(BaseCommand):
    help = "Ger varje nämnd utan dokumenthanteringsplan det färdiga förslaget, ej beslutat."

    def handle(self, *args, **options):
        made = sync_starting_plans(now=timezone.now())
        if options["verbosity"] > 0:
            self.stdout.write(f"{count_in_words(len(made), 'nämnd fick', 'nämnder fick')} ett förslag till plan.")
