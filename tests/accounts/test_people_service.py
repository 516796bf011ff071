"""Who may sign in and what they may do: changed by administrators, and never so that nobody can."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied

from accounts.models import Invitation, RoleAssignment, User
from accounts.services import administration, invitations, people
from accounts.services.administration import Grant, PersonDetails
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.models import Mail
from tests.factories import RoleAssignmentFactory
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db
ADMINISTRATOR = frozenset({Grant("administrator")})


def details_of(person: User, **other) -> PersonDetails:
    values = {name: getattr(person, name) for name in ("email", "name", "title", "unit", "protected_identity")}
    return PersonDetails(**{**values, **other})


def held(person: User) -> set[tuple]:
    return set(person.role_assignments.values_list("role", "board"))


@pytest.fixture
def second():
    """Another administrator."""
    return RoleAssignmentFactory(user__name="Andra Administratören", role_id="administrator").user


class TestChange:
    def test_writes_what_differs_with_who_and_why(self, cast, now):
        people.change_person(
            cast.librarian.pk,
            details_of(cast.librarian, title="chef"),
            roles=frozenset(),
            by=cast.administrator,
            now=now,
        )
        row = cast.librarian.history.first()
        assert (row.title, row.history_user, row.history_date) == ("chef", cast.administrator, now)

    def test_nothing_changed_writes_no_history(self, cast, now):
        people.change_person(
            cast.librarian.pk, details_of(cast.librarian), roles=frozenset(), by=cast.administrator, now=now
        )
        assert cast.librarian.history.count() == 1

    def test_roles_are_given_and_taken(self, cast, now):
        def give(*grants: Grant) -> None:
            people.change_person(
                cast.librarian.pk,
                details_of(cast.librarian),
                roles=frozenset(grants),
                by=cast.administrator,
                now=now,
            )

        board = cast.culture_board.pk
        give(Grant("registrator", board), Grant("kommunikationsenheten"))
        assert held(cast.librarian) == {("registrator", board), ("kommunikationsenheten", None)}
        give(Grant("arkivansvarig", board), Grant("kommunikationsenheten"))
        assert held(cast.librarian) == {("arkivansvarig", board), ("kommunikationsenheten", None)}
        rows = RoleAssignment.history.filter(user=cast.librarian).order_by("history_id")
        assert [(row.role_id, row.history_type, row.history_change_reason) for row in rows] == [
            ("kommunikationsenheten", "+", "Rollen gavs"),
            ("registrator", "+", "Rollen gavs"),
            ("registrator", "-", "Rollen togs bort"),
            ("arkivansvarig", "+", "Rollen gavs"),
        ]

    @pytest.mark.parametrize("role", ["medarbetare", "registrator"])
    def test_role_for_everyone_or_without_its_board_is_refused(self, cast, now, role):
        with pytest.raises(RefusedError):
            people.change_person(
                cast.librarian.pk,
                details_of(cast.librarian),
                roles=frozenset({Grant(role)}),
                by=cast.administrator,
                now=now,
            )

    def test_municipality_role_for_a_board_is_refused(self, cast, now):
        with pytest.raises(RefusedError):
            people.change_person(
                cast.librarian.pk,
                details_of(cast.librarian),
                roles=frozenset({Grant("administrator", cast.culture_board.pk)}),
                by=cast.administrator,
                now=now,
            )

    def test_own_administration_stays(self, cast, second, now):
        with pytest.raises(RefusedError, match="Du kan inte ta bort din egen roll"):
            people.change_person(
                cast.administrator.pk,
                details_of(cast.administrator),
                roles=frozenset(),
                by=cast.administrator,
                now=now,
            )

    def test_last_administration_stays(self, cast, now):
        with pytest.raises(RefusedError, match="den sista aktiva administratören"):
            people.change_person(
                cast.administrator.pk,
                details_of(cast.administrator),
                roles=frozenset(),
                by=User.objects.system(),
                now=now,
            )

    def test_name_goes_when_identity_is_protected(self, cast, now):
        people.change_person(
            cast.librarian.pk,
            details_of(cast.librarian, protected_identity=True),
            roles=frozenset(),
            by=cast.administrator,
            now=now,
        )
        person = User.objects.get(pk=cast.librarian.pk)
        assert (person.name, person.presented_as) == ("", "Bibliotekarie, biblioteket")

    def test_address_to_sign_in_with_follows_the_email(self, cast, now):
        EmailAddress.objects.create(user=cast.librarian, email=cast.librarian.email, primary=True, verified=True)
        people.change_person(
            cast.librarian.pk,
            details_of(cast.librarian, email="Nytt.Namn@laholm.example"),
            roles=frozenset(),
            by=cast.administrator,
            now=now,
        )
        assert list(EmailAddress.objects.values_list("email", "primary", "verified")) == [
            ("nytt.namn@laholm.example", True, True)
        ]
        assert not Mail.objects.exists()

    def test_invited_at_the_wrong_address_gets_a_link_at_the_right_one(self, cast, now):
        person = invitations.invite(
            PersonDetails("fel@laholm.example", "Nya", "vikarie"), roles=frozenset(), by=cast.administrator, now=now
        )
        people.change_person(
            person.pk,
            details_of(person, email="ratt@laholm.example"),
            roles=frozenset(),
            by=cast.administrator,
            now=now,
        )
        assert list(Mail.objects.order_by("to").values_list("to", flat=True)) == [
            ["fel@laholm.example"],
            ["ratt@laholm.example"],
        ]
        assert Invitation.objects.filter(user=person, expires_at__gt=now).count() == 1

    def test_email_of_another_is_refused(self, cast, now):
        with pytest.raises(RefusedError) as refused:
            people.change_person(
                cast.librarian.pk,
                details_of(cast.librarian, email=cast.manager.email.upper()),
                roles=frozenset(),
                by=cast.administrator,
                now=now,
            )
        assert refused.value.field == "email"


class TestWhoMay:
    @pytest.mark.parametrize("who", ["librarian", "manager", "communicator"])
    def test_only_administrators(self, cast, now, who):
        person = getattr(cast, who)
        with pytest.raises(PermissionDenied):
            people.deactivate(cast.outsider.pk, by=person, now=now)
        with pytest.raises(PermissionDenied):
            people.activate(cast.outsider.pk, by=person, now=now)
        with pytest.raises(PermissionDenied):
            people.change_person(cast.outsider.pk, details_of(cast.outsider), roles=frozenset(), by=person, now=now)

    def test_the_system_is_nobody_to_change(self, cast, now):
        with pytest.raises(User.DoesNotExist):
            people.activate(User.objects.system().pk, by=cast.administrator, now=now)


class TestActive:
    def test_deactivating_ends_the_invitation(self, cast, now):
        person = invitations.invite(
            PersonDetails("ny@laholm.example", "Nya", "vikarie"), roles=frozenset(), by=cast.administrator, now=now
        )
        people.deactivate(person.pk, by=cast.administrator, now=now)
        assert not Invitation.objects.filter(user=person, expires_at__gt=now).exists()

    def test_back_again_with_the_roles_that_were_left(self, cast, now):
        people.deactivate(cast.communicator.pk, by=cast.administrator, now=now)
        assert not User.objects.get(pk=cast.communicator.pk).may("accounts.view_register")
        people.activate(cast.communicator.pk, by=cast.administrator, now=now)
        assert User.objects.get(pk=cast.communicator.pk).may("accounts.view_register")

    def test_oneself_is_refused(self, cast, second, now):
        with pytest.raises(RefusedError, match="Du kan inte inaktivera dig själv"):
            people.deactivate(cast.administrator.pk, by=cast.administrator, now=now)

    def test_last_administrator_is_refused(self, cast, now):
        with pytest.raises(RefusedError, match="den sista aktiva administratören"):
            people.deactivate(cast.administrator.pk, by=User.objects.system(), now=now)

    def test_inactive_administrator_does_not_count(self, cast, second, now):
        people.deactivate(second.pk, by=cast.administrator, now=now)
        with pytest.raises(RefusedError, match="den sista aktiva administratören"):
            people.deactivate(cast.administrator.pk, by=User.objects.system(), now=now)


@pytest.mark.django_db(transaction=True)
class TestRace:
    """Two administrators, who each shut the other out at the same moment."""

    def shut_each_other_out(self, cast, second, now):
        return race(
            lambda: people.deactivate(second.pk, by=cast.administrator, now=now),
            lambda: people.deactivate(cast.administrator.pk, by=second, now=now),
        )

    def test_one_is_left(self, cast, second, now, monkeypatch):
        meet_at(monkeypatch, people, "refuse_last_administrator")
        outcomes = self.shut_each_other_out(cast, second, now)
        assert len(winners(outcomes)) == 1
        assert [type(error) for error in losers(outcomes)] == [PermissionDenied]
        assert User.objects.with_permission(administration.ADMINISTER).count() == 1

    def test_without_the_lock_nobody_would_be(self, cast, second, now, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, people, "refuse_last_administrator", afterwards=True)
        assert len(winners(self.shut_each_other_out(cast, second, now))) == 2
        assert not User.objects.with_permission(administration.ADMINISTER).exists()
