"""Addresses of the administration, and of the invitation that it sends."""

from django.urls import path

from accounts.views import organisation, people

urlpatterns = [
    path("administration/", people.administration, name="administration"),
    path("anvandare/", people.user_list, name="user-list"),
    path("anvandare/bjud-in/", people.user_invite, name="user-invite"),
    path("anvandare/<uuid:pk>/", people.user_edit, name="user-edit"),
    path("anvandare/<uuid:pk>/inaktivera/", people.user_deactivate, name="user-deactivate"),
    path("anvandare/<uuid:pk>/aktivera/", people.user_activate, name="user-activate"),
    path(
        "anvandare/<uuid:pk>/ta-bort-tvastegsinloggning/", people.user_reset_second_step, name="user-reset-second-step"
    ),
    path("anvandare/<uuid:pk>/bjud-in-igen/", people.user_invite_again, name="user-invite-again"),
    path("anvandare/<uuid:pk>/historik/", people.user_history, name="user-history"),
    path("inbjudan/<str:token>/", people.invitation_accept, name="invitation-accept"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/namnd/ny/", organisation.board_add, name="board-add"),
    path("organisation/namnd/<uuid:pk>/", organisation.board_edit, name="board-edit"),
    path("organisation/namnd/<uuid:pk>/historik/", organisation.board_history, name="board-history"),
    path("organisation/verksamhet/ny/", organisation.unit_add, name="unit-add"),
    path("organisation/verksamhet/<uuid:pk>/", organisation.unit_edit, name="unit-edit"),
    path("organisation/verksamhet/<uuid:pk>/historik/", organisation.unit_history, name="unit-history"),
    path("organisation/verksamhet/<uuid:pk>/stallforetradare/ny/", organisation.deputy_add, name="deputy-add"),
    path("organisation/stallforetradare/<uuid:pk>/avsluta/", organisation.deputy_end, name="deputy-end"),
]
