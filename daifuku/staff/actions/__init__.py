"""What can be done with people, teams, roles and the firm itself."""

from daifuku.staff.actions.absence import set_absence
from daifuku.staff.actions.company import edit_company
from daifuku.staff.actions.devices import reset_second_factor, sign_out_device, sign_out_everywhere
from daifuku.staff.actions.founding import found_company
from daifuku.staff.actions.inviting import (
    Invited,
    accept_invitation,
    invitation_of,
    invite,
    open_invitations,
    revoke_invitation,
)
from daifuku.staff.actions.leaving import come_back, leave
from daifuku.staff.actions.password_link import give_password_link
from daifuku.staff.actions.people import edit_person, set_roles
from daifuku.staff.actions.roles import create_role, edit_role, remove_role
from daifuku.staff.actions.teams import (
    create_team,
    dissolve_team,
    edit_team,
    put_into_team,
    take_out_of_team,
)

__all__ = [
    "Invited",
    "accept_invitation",
    "come_back",
    "create_role",
    "create_team",
    "dissolve_team",
    "edit_company",
    "edit_person",
    "edit_role",
    "edit_team",
    "found_company",
    "give_password_link",
    "invitation_of",
    "invite",
    "leave",
    "open_invitations",
    "put_into_team",
    "remove_role",
    "reset_second_factor",
    "revoke_invitation",
    "set_absence",
    "set_roles",
    "sign_out_device",
    "sign_out_everywhere",
    "take_out_of_team",
]
