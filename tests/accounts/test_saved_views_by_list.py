"""Each list has searches of its own: the register's and the diarium's never meet."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import ViewedList
from accounts.models import SavedView
from accounts.services.saved_views import MOST, forget_view, save_view
from laholm_sociala.common.errors import RefusedError
from tests.pages import Page

pytestmark = pytest.mark.django_db
LIST = reverse("accounts:account-list")


def keep(by, name="Bibliotekets", **more) -> SavedView:
    return save_view(name=name, query="q=bibliotek", by=by, **more)


def test_the_same_name_stands_in_both(cast):
    keep(cast.communicator)
    other = keep(cast.communicator, within=ViewedList.DIARY)
    assert SavedView.objects.count() == 2
    with pytest.raises(SavedView.DoesNotExist):
        forget_view(other.pk, by=cast.communicator)
    forget_view(other.pk, by=cast.communicator, within=ViewedList.DIARY)
    assert SavedView.objects.get().list == ViewedList.REGISTER


def test_twenty_are_enough_in_each(cast):
    for number in range(MOST):
        keep(cast.communicator, name=f"Vy {number}")
    with pytest.raises(RefusedError, match="Du har redan 20 sparade vyer"):
        keep(cast.communicator, name="En till")
    keep(cast.communicator, name="En till", within=ViewedList.DIARY)


def test_postgresql_knows_the_lists(cast):
    with pytest.raises(IntegrityError, match="saved_view_list_known"), transaction.atomic():
        SavedView.objects.create(owner=cast.communicator, list="queue", name="Mina", query="q=a")


def test_a_view_of_the_diarium_does_not_stand_in_the_register(cast, client_for):
    view = keep(cast.communicator, within=ViewedList.DIARY)
    client = client_for(cast.communicator)
    assert "Bibliotekets" not in Page(client.get(LIST)).text
    assert client.post(reverse("accounts:saved-view-forget", args=[view.pk])).status_code == 404
