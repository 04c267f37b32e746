"""The addresses of people, teams, roles and of what each person sets for himself."""

from django.urls import path

from daifuku.staff.views import company, devices, invitations, join, own, people, person, roles, setup, teams

app_name = "staff"
urlpatterns = [
    path("first-visit/", setup.first_visit, name="first_visit"),
    path("setup/<token>/", setup.setup, name="setup"),
    path("join/<secret>/", join.join, name="join"),
    path("account/profile/", own.profile, name="profile"),
    path("account/appearance/", own.appearance, name="appearance"),
    path("account/absence/", own.absence, name="own_absence"),
    path("account/devices/", devices.devices, name="devices"),
    path("account/devices/sign-out/", devices.sign_out_others, name="devices_sign_out"),
    path("account/devices/<int:pk>/sign-out/", devices.sign_out, name="device_sign_out"),
    path("settings/company/", company.company, name="company"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/<uuid:uid>/", person.person, name="person"),
    path("settings/people/<uuid:uid>/edit/", person.edit, name="person_edit"),
    path("settings/people/<uuid:uid>/roles/", person.roles, name="person_roles"),
    path("settings/people/<uuid:uid>/teams/", person.join_team, name="person_join_team"),
    path("settings/people/<uuid:uid>/teams/<int:pk>/leave/", person.leave_team, name="person_leave_team"),
    path("settings/people/<uuid:uid>/absence/", person.absence, name="person_absence"),
    path("settings/people/<uuid:uid>/leave/", person.leave, name="person_leave"),
    path("settings/people/<uuid:uid>/return/", person.come_back, name="person_return"),
    path("settings/people/<uuid:uid>/sign-out/", person.sign_out, name="person_sign_out"),
    path(
        "settings/people/<uuid:uid>/factor-reset/",
        person.reset_second_factor,
        name="person_factor_reset",
    ),
    path("settings/people/<uuid:uid>/password-link/", person.password_link, name="person_password_link"),
    path("settings/invitations/", invitations.invitations, name="invitations"),
    path("settings/invitations/<int:pk>/revoke/", invitations.revoke, name="invitation_revoke"),
    path("settings/teams/", teams.teams, name="teams"),
    path("settings/teams/<int:pk>/", teams.team, name="team"),
    path("settings/teams/<int:pk>/people/", teams.add_member, name="team_add"),
    path("settings/teams/<int:pk>/people/<int:person>/remove/", teams.remove_member, name="team_remove"),
    path("settings/teams/<int:pk>/people/<int:person>/lead/", teams.lead, name="team_lead"),
    path("settings/teams/<int:pk>/dissolve/", teams.dissolve, name="team_dissolve"),
    path("settings/roles/", roles.roles, name="roles"),
    path("settings/roles/<int:pk>/", roles.role, name="role"),
    path("settings/roles/<int:pk>/remove/", roles.remove, name="role_remove"),
]
