from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import Role
from accounts.roles import ROLES


class Command(BaseCommand):
    help = "Skriver rollerna och vad de får göra till databasen."

    @transaction.atomic
    def handle(self, *args, **options):
        for order, role in enumerate(ROLES):
            Role.objects.update_or_create(
                code=role.code,
                defaults={
                    "name": role.name,
                    "description": role.may,
                    "per_board": role.per_board,
                    "for_everyone": role.for_everyone,
                    "permissions": list(role.permissions),
                    "order": order,
                },
            )
        if options["verbosity"] > 0:
            self.stdout.write(f"{len(ROLES)} roller är på plats.")
