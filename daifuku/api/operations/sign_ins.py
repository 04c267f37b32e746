"""How people come in: invitations, devices, a lost second factor, a link for a new password."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.actions import revoke_all_tokens
from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.colleagues import (
    manage,
    managed,
    managed_or_oneself,
    not_by_own_token,
    role_word,
    roles_named,
    team_named,
)
from daifuku.api.finding import number_of
from daifuku.api.once import Tell, told_once
from daifuku.api.operations.people import ONE as PERSON
from daifuku.api.operations.people import WORDS as PEOPLE
from daifuku.api.operations.people import Named, RoleName
from daifuku.api.routing import fixed, in_steps
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.staff import actions, mailing
from daifuku.staff.devices import devices_of
from daifuku.staff.models import Invitation

WORDS = noop("招待")
DEVICES = PERSON + "/devices"


class NewInvitation(Schema):
    model_config = ConfigDict(extra="forbid")

    email: str
    family_name: str = ""
    given_name: str = ""
    roles: list[str] = Field(..., max_length=100, description=noop("役割のキー"))
    team: int | None = None


class TeamName(Schema):
    id: int
    label: str


class InvitationItem(Schema):
    """`link` and `mailed` are there in the answer that made it and nowhere else."""

    id: int
    email: str
    family_name: str
    given_name: str
    roles: list[RoleName]
    team: TeamName | None
    invited_by: Named
    created_at: datetime
    expires_at: datetime
    link: str | None = None
    mailed: bool | None = None


class Invitations(Schema):
    items: list[InvitationItem]


class DeviceItem(Schema):
    id: int
    name: str
    handheld: bool
    current: bool
    seen_at: datetime


class Devices(Schema):
    items: list[DeviceItem]


class SignedOut(Schema):
    devices: int


class Revoked(Schema):
    tokens: int


class PasswordLink(Schema):
    """`link` is there in this answer and nowhere else; it is good for a day."""

    person: Named
    link: str | None = None


@fixed.get(
    "/invitations", operation_id="list_invitations", summary=noop("招待の一覧"), tags=[WORDS],
    response=Invitations,
)  # fmt: skip
def list_invitations(request: Asked) -> Answer:
    """Those that can still be accepted."""
    manage(request)
    found = actions.open_invitations().select_related("invited_by", "team").prefetch_related("roles")
    return Answer({"items": [_shown(invitation) for invitation in found.order_by("-id")]})


@fixed.post(
    "/invitations", operation_id="invite", summary=noop("招待"), tags=[WORDS], response={201: InvitationItem}
)
@in_steps
def invite(request: Asked, body: NewInvitation) -> Any:
    """Mails the link where a mail server is set up, and tells it this once. An older one to the address ends."""
    by, wish = manage(request), body.model_dump()
    if not body.roles:
        raise Invalid([FieldProblem("roles", _("役割を一つ以上選んでください。"), code="required")])
    wish |= {"roles": roles_named(body.roles), "team": team_named(body.team, "team")}

    def act() -> tuple[Answer, Tell]:
        invited = actions.invite(**wish, by=by)
        return Answer(_shown(invited.invitation), 201), lambda: {
            "link": invited.link, "mailed": mailing.mail_invitation(invited),
        }  # fmt: skip

    return told_once(request, act)


@fixed.delete(
    "/invitations/{invitation}", operation_id="revoke_invitation", summary=noop("招待の取り消し"), tags=[WORDS],
    response={204: None},
)  # fmt: skip
def revoke_invitation(request: Asked, invitation: str) -> Answer:
    """Its link opens nothing any more; one that was used is 409."""
    by = manage(request)
    found = Invitation.objects.filter(pk=number_of(invitation)).first()
    if found is None:
        raise NotFound
    actions.revoke_invitation(found, by=by)
    return Answer(status=204)


@fixed.get(
    DEVICES, operation_id="list_devices", summary=noop("ログイン中の端末"), tags=[PEOPLE], response=Devices
)
def list_devices(request: Asked, person: str) -> Answer:
    """Where somebody is signed in; one's own without any power."""
    found = devices_of(managed_or_oneself(request, person), _own_session(request))
    return Answer(
        {
            "items": [
                {
                    "id": each.session.pk, "name": each.name, "handheld": each.handheld, "current": each.current,
                    "seen_at": each.seen_at,
                }
                for each in found
            ]
        }
    )  # fmt: skip


@fixed.delete(
    DEVICES, operation_id="sign_out_everywhere", summary=noop("すべての端末のログアウト"), tags=[PEOPLE],
    response=SignedOut,
)  # fmt: skip
def sign_out_everywhere(request: Asked, person: str) -> Answer:
    """At once; who asks from a page stays signed in there."""
    found = managed_or_oneself(request, person)
    count = actions.sign_out_everywhere(found, but=_own_session(request), by=request.auth.person)
    return Answer({"devices": count})


@fixed.delete(
    DEVICES + "/{device}", operation_id="sign_out_device", summary=noop("端末のログアウト"), tags=[PEOPLE],
    response={204: None},
)  # fmt: skip
def sign_out_device(request: Asked, person: str, device: str) -> Answer:
    """It shows the sign-in page at its next click."""
    found = managed_or_oneself(request, person)
    row = UserSession.objects.filter(pk=number_of(device), user_id=found.pk).first()
    if row is None:
        raise NotFound
    actions.sign_out_device(row, by=request.auth.person)
    return Answer(status=204)


@fixed.delete(
    PERSON + "/tokens", operation_id="revoke_tokens", summary=noop("APIトークンの取り消し"), tags=[PEOPLE],
    response=Revoked,
)  # fmt: skip
def revoke_tokens(request: Asked, person: str) -> Answer:
    """All of somebody, at once; also the one that asks where they are one's own."""
    found = managed_or_oneself(request, person)
    return Answer({"tokens": revoke_all_tokens(found, by=request.auth.person)})


@fixed.post(
    PERSON + "/factor_reset", operation_id="reset_second_factor", summary=noop("二段階認証の解除"), tags=[PEOPLE],
    response={204: None},
)  # fmt: skip
def reset_second_factor(request: Asked, person: str) -> Answer:
    """For somebody who lost the phone and the recovery codes. Not of oneself, nor of somebody with more powers."""
    actions.reset_second_factor(managed(request, person), by=request.auth.person)
    return Answer(status=204)


@fixed.post(
    PERSON + "/password_link", operation_id="give_password_link", summary=noop("パスワード再設定リンク"),
    tags=[PEOPLE], response=PasswordLink,
)  # fmt: skip
@in_steps
def give_password_link(request: Asked, person: str) -> Any:
    """For somebody who forgot the password. The second factor is asked for all the same; not for oneself."""
    found = managed(request, person)
    not_by_own_token(request, found)

    def act() -> tuple[Answer, Tell]:
        link = actions.give_password_link(found, by=request.auth.person)
        return Answer({"person": named(found)}), lambda: {"link": link}

    return told_once(request, act)


def _own_session(request: Asked) -> str | None:
    return None if request.auth.token else request.session.session_key


def _shown(invitation: Invitation) -> dict[str, Any]:
    team = invitation.team
    return {
        "id": invitation.pk, "email": invitation.email, "family_name": invitation.family_name,
        "given_name": invitation.given_name, "roles": [role_word(role) for role in invitation.roles.all()],
        "team": {"id": team.pk, "label": str(team)} if team else None,
        "invited_by": named(invitation.invited_by), "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
    }  # fmt: skip
