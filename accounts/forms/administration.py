"""What administrators fill in about people and the organisation, and what the invited choose."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import django_filters
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q, QuerySet

from accounts.forms.application import PersonField
from accounts.models import Board, Role, Unit, User
from accounts.services.administration import Grant, PersonDetails
from accounts.services.organisation import UnitDetails


class PeopleFilter(django_filters.FilterSet):
    """Search among people, and who may sign in."""

    q = django_filters.CharFilter(label="Sök", method="search", widget=forms.TextInput(attrs={"type": "search"}))
    lage = django_filters.ChoiceFilter(
        label="Läge",
        method="in_state",
        choices=[("aktiva", "Aktiva"), ("inaktiva", "Inaktiva")],
        empty_label="Alla",
    )

    class Meta:
        model = User
        fields: list[str] = []

    def search(self, people: QuerySet, name: str, words: str) -> QuerySet:
        """Find the words in the name, the title, the unit or the e-mail."""
        for word in words.split():
            people = people.filter(
                Q(name__icontains=word)
                | Q(title__icontains=word)
                | Q(unit__name__icontains=word)
                | Q(email__icontains=word)
            )
        return people

    def in_state(self, people: QuerySet, name: str, state: str) -> QuerySet:
        """Keep those who may sign in, or those who may not."""
        return people.filter(is_active=state == "aktiva")


class UnitField(forms.ModelChoiceField):
    """A choice among active units, by board; the one that is chosen already stays, also when it is inactive."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.filter(active=True), **kwargs)

    def keep(self, unit_id: UUID | None, *, leave_out: UUID | None = None) -> None:
        """Offer active units and this one, but not the one to leave out."""
        offered = Unit.objects.filter(Q(active=True) | Q(pk=unit_id)).exclude(pk=leave_out)
        self.queryset = offered.select_related("board").in_order()

    def label_from_instance(self, unit: Unit) -> str:
        """Return the unit and its board."""
        return f"{unit} ({unit.board})"


class PersonForm(forms.Form):
    """Who a person is, and what the person may do."""

    email = forms.EmailField(
        label="E-post",
        help_text="Den som personen loggar in med. Inbjudan skickas dit.",
        error_messages={"required": "Skriv personens e-postadress", "invalid": "Skriv en hel e-postadress"},
    )
    name = forms.CharField(label="Namn", max_length=120, error_messages={"required": "Skriv personens namn"})
    title = forms.CharField(
        label="Titel",
        max_length=120,
        help_text="Till exempel bibliotekarie.",
        error_messages={"required": "Skriv personens titel"},
    )
    unit = UnitField(label="Verksamhet", required=False, empty_label="Ingen")
    protected_identity = forms.BooleanField(
        label="Skyddade personuppgifter",
        required=False,
        help_text="Namnet sparas inte. Personen visas med titel och verksamhet överallt, också för kollegor. "
        "Använd om möjligt en e-postadress utan personens namn.",
    )
    roles = forms.MultipleChoiceField(label="Roller i kommunen", required=False, widget=forms.CheckboxSelectMultiple)
    board_roles = forms.MultipleChoiceField(
        label="Kryssa i nämnd för nämnd", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        held = [(given.role_id, given.board_id) for given in person.role_assignments.all()] if person else []
        super().__init__(*args, initial=self.first_words(person, held), **kwargs)
        protected = self.data.get("protected_identity") if self.is_bound else person and person.protected_identity
        self.fields["name"].required = not protected
        self.fields["unit"].keep(person.unit_id if person else None)
        roles = list(Role.objects.filter(for_everyone=False))
        self.fields["roles"].choices = [
            (role.code, f"{role.name}: {role.description}") for role in roles if not role.per_board
        ]
        self.fields["board_roles"].choices = [
            (board.name, [(f"{role.code}:{board.pk}", role.name) for role in roles if role.per_board])
            for board in Board.objects.all()
        ]
        if person:
            self.fields["email"].help_text = "Den som personen loggar in med."

    @staticmethod
    def first_words(person: User | None, held: Iterable[tuple[str, UUID | None]]) -> dict[str, object]:
        """Return what is written down already."""
        if person is None:
            return {}
        return {
            "email": person.email,
            "name": person.name,
            "title": person.title,
            "unit": person.unit_id,
            "protected_identity": person.protected_identity,
            "roles": [role for role, board in held if board is None],
            "board_roles": [f"{role}:{board}" for role, board in held if board is not None],
        }

    def details(self) -> PersonDetails:
        """Return what was filled in about the person."""
        return PersonDetails(
            **{field: self.cleaned_data[field] for field in ("email", "name", "title", "unit", "protected_identity")}
        )

    def grants(self) -> frozenset[Grant]:
        """Return the roles that were ticked."""
        per_board = (ticked.split(":") for ticked in self.cleaned_data["board_roles"])
        return frozenset(
            {Grant(role) for role in self.cleaned_data["roles"]}
            | {Grant(role, UUID(board)) for role, board in per_board}
        )


class PasswordForm(forms.Form):
    """The password that an invited person chooses, twice."""

    password = forms.CharField(
        label="Lösenord",
        help_text="Minst tolv tecken. Ta inte ett som du använder någon annanstans.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Välj ett lösenord"},
    )
    again = forms.CharField(
        label="Lösenord en gång till",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Skriv lösenordet en gång till"},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """Want a password that is good enough."""
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]

    def clean_again(self) -> str:
        """Want the same word twice."""
        first, again = self.data.get("password"), self.cleaned_data["again"]
        if first != again:
            raise forms.ValidationError("Lösenorden är inte lika. Skriv samma en gång till")
        return again


class BoardForm(forms.Form):
    """A nämnd."""

    name = forms.CharField(label="Namn", max_length=120, error_messages={"required": "Skriv nämndens namn"})
    public_name = forms.CharField(
        label="Rubrik i den offentliga listan",
        max_length=80,
        help_text="Så som invånarna känner igen den, till exempel ”Kultur och fritid”.",
        error_messages={"required": "Skriv en rubrik för den offentliga listan"},
    )
    order = forms.IntegerField(
        label="Ordning i listan",
        min_value=0,
        max_value=1000,
        initial=100,
        help_text="Lägst nummer först. Lika nummer sorteras efter namn.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Skriv ett nummer", "invalid": "Skriv ett nummer med siffror"},
    )


class UnitForm(forms.Form):
    """A förvaltning or a verksamhet."""

    name = forms.CharField(
        label="Namn",
        max_length=120,
        help_text="Så som det står inne i en mening: biblioteket, Osbecksgymnasiet.",
        error_messages={"required": "Skriv verksamhetens namn"},
    )
    board = forms.ModelChoiceField(
        Board.objects.all(), label="Nämnd", empty_label="Välj", error_messages={"required": "Välj nämnd"}
    )
    parent = UnitField(
        label="Hör till",
        required=False,
        empty_label="Ingen, det här är en förvaltning",
        help_text="Verksamheten ovanför.",
    )
    email = forms.EmailField(
        label="Funktionsadress",
        required=False,
        help_text="En funktionsadress, aldrig en persons. Den visas i den offentliga listan.",
        error_messages={"invalid": "Skriv en hel e-postadress"},
    )
    manager = PersonField(label="Chef", required=False, empty_label="Ingen")
    is_culture_and_leisure = forms.BooleanField(label="Kultur och fritid", required=False)
    is_communications = forms.BooleanField(label="Det här är kommunikationsenheten", required=False)
    active = forms.BooleanField(label="Aktiv", required=False, initial=True)

    def __init__(self, *args: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.first_words(unit), **kwargs)
        self.fields["parent"].keep(unit.parent_id if unit else None, leave_out=unit.pk if unit else None)
        if unit is None:
            del self.fields["active"]
        elif unit.manager and not unit.manager.is_active:
            self.fields["manager"].help_text = f"Var: {unit.manager}, som är inaktiv. Välj en ny chef."

    @staticmethod
    def first_words(unit: Unit | None) -> dict[str, object]:
        """Return what is written down already."""
        if unit is None:
            return {}
        return {name: getattr(unit, unit._meta.get_field(name).attname) for name in UnitForm.base_fields}

    def details(self) -> UnitDetails:
        """Return what was filled in."""
        return UnitDetails(**self.cleaned_data)


class DayField(forms.DateField):
    """A day as 2026-11-24."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"],
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **kwargs,
        )
        self.error_messages["invalid"] = "Skriv datumet som 2026-11-24"


class DeputyForm(forms.Form):
    """Who stands in for the manager, and when."""

    user = PersonField(label="Person", empty_label="Välj", error_messages={"required": "Välj en person"})
    from_date = DayField(
        label="Från och med",
        help_text="Till exempel 2026-11-24.",
        error_messages={"required": "Skriv första dagen, till exempel 2026-11-24"},
    )
    to_date = DayField(label="Till och med", required=False, help_text="Lämna tomt om det gäller tills vidare.")
