"""Who handles an ärende, and which account it is about."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import Account, Board, User
from archive.models import Matter


def case_officer_field() -> forms.ModelChoiceField:
    """Return the field for who handles it. `offer_boards_own` fills it."""
    return forms.ModelChoiceField(User.objects.none(), label="Handläggare", empty_label="Ingen utsedd", required=False)


def account_field() -> forms.ModelChoiceField:
    """Return the field for the account that it is about. `offer_boards_own` fills it."""
    return forms.ModelChoiceField(Account.objects.none(), label="Konto", empty_label="Inget konto", required=False)


def offer_boards_own(form: forms.Form, boards: Iterable[Board], matter: Matter | None = None) -> None:
    """Offer the people who work within the boards, and the boards' accounts; and those that the ärende has already."""
    works_there = Q(is_active=True, unit__board__in=boards)
    within = User.objects.filter(works_there | Q(pk=matter.case_officer_id) if matter else works_there)
    officers: Any = form.fields["case_officer"]
    officers.queryset = within.presented().order_by("sort_key", "title")
    accounts: Any = form.fields["account"]
    own = Q(board__in=boards)
    # The account may have moved to another board since: the ärende is about it all the same.
    offered = Account.objects.filter(own | Q(pk=matter.account_id) if matter else own)
    accounts.queryset = offered.select_related("platform").order_by("sort_key", "id")
