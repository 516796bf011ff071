from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from accounts.models import User
from accounts.services import invitations
from accounts.services.administration import ADMINISTRATOR, Grant, PersonDetails
from laholm_sociala.common.errors import RefusedError


class Command(BaseCommand):
    help = "Bjuder in en administratör, när portalen är ny och ingen annan kan. Körs det igen skickas en ny länk."

    def add_arguments(self, parser):
        parser.add_argument("email", help="den som personen loggar in med; inbjudan skickas dit")
        parser.add_argument("--name", required=True, help="personens namn")
        parser.add_argument("--title", required=True, help="personens titel, till exempel systemförvaltare")

    def handle(self, *args, **options):
        now, system = timezone.now(), User.objects.system()
        email = options["email"].strip().lower()
        try:
            validate_email(email)
            person = User.objects.people().filter(email=email, role_assignments__role=ADMINISTRATOR).first()
            if person is not None:
                invitations.invite_again(person.pk, by=system, now=now)
            else:
                details = PersonDetails(email=email, name=options["name"], title=options["title"])
                invitations.invite(details, roles=frozenset({Grant(ADMINISTRATOR)}), by=system, now=now)
        except ValidationError as error:
            raise CommandError("Skriv en hel e-postadress.") from error
        except RefusedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Inbjudan till {email} ligger i kön och skickas av arbetaren. Länken gäller i sju dagar.")
