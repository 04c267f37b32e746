"""A new colleague is invited by a link that works once and for a week, and chooses his own password."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from daifuku.foundation.errors import Conflict, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.staff.actions import cleaning, rights
from daifuku.staff.models import Invitation, Membership, Person, Role, Team
from daifuku.staff.viewer import Viewer

GOOD_FOR = timedelta(days=7)
UNUSABLE = _lazy(
    "この招待リンクは使えません。期限が過ぎたか、すでに使われています。招待した人にご連絡ください。"
)


@dataclass(frozen=True)
class Invited:
    """The invitation and its link. The link is shown now and never again: only a hash of its secret is kept."""

    invitation: Invitation
    link: str


def invite(
    email: str,
    *,
    family_name: str = "",
    given_name: str = "",
    roles: Iterable[Role] = (),
    team: Team | None = None,
    by: Person,
) -> Invited:
    """Makes the link; an older one to the same address ends. Sending it is the caller's business (staff.mailing)."""
    viewer, roles = rights.need(by), list(roles)
    rights.no_climbing(viewer, rights.powers_of(roles))
    values = cleaning.clean_all(
        {"email": email, "family_name": family_name, "given_name": given_name},
        {"email": cleaning.free_email, "family_name": cleaning.text(40), "given_name": cleaning.text(40)},
    )
    secret, now = secrets.token_urlsafe(32), timezone.now()
    with ledger.writing():
        open_invitations().filter(email=values["email"]).update(revoked_at=now)
        invitation = Invitation.objects.create(
            **values, team=team, invited_by=by, secret_hash=_hash(secret), expires_at=now + GOOD_FOR
        )
        invitation.roles.set(roles)
        _line("person.invited", invitation, by=by, roles=sorted(role.key for role in roles))
    return Invited(invitation, settings.BASE_URL + reverse("staff:join", args=[secret]))


def invitation_of(secret: str) -> Invitation:
    """The open invitation with this secret; used, ended, too old and invented look the same."""
    found: Invitation | None = open_invitations().filter(secret_hash=_hash(secret)).first()
    if found is None or not _may_still_give(found):
        raise NotFound(UNUSABLE)
    return found


def _may_still_give(invitation: Invitation) -> bool:
    """Whoever lost a power since must not give it by a link that he kept."""
    viewer = Viewer(invitation.invited_by)
    given, held = rights.powers_of(invitation.roles.all()), rights.powers_of(viewer.roles)
    return viewer.has_power("staff") and given <= held


def open_invitations() -> Any:
    return Invitation.objects.filter(
        accepted_at=None, revoked_at=None, expires_at__gt=timezone.now(), invited_by__is_active=True
    )


def accept_invitation(secret: str, details: Mapping[str, Any], *, password: str) -> Person:
    """The invited one enters his name and password and belongs to the firm from now on."""
    invitation = invitation_of(secret)
    values = cleaning.clean_all(
        details,
        {
            "family_name": cleaning.text(40, required=True),
            "given_name": cleaning.text(40),
            "family_kana": cleaning.text(40),
            "given_kana": cleaning.text(40),
        },
    )
    if problems := cleaning.password_problems(password, Person(email=invitation.email, **values)):
        raise Invalid(problems)
    with ledger.writing():
        # Of two who use the link at the same moment, one finds it used.
        used = open_invitations().filter(pk=invitation.pk).update(accepted_at=timezone.now())
        if not used:
            raise NotFound(UNUSABLE)
        if Person.objects.filter(email=invitation.email).exists():
            raise Conflict(_("このメールアドレスはすでに登録されています。ログインしてください。"))
        person: Person = Person.objects.create_user(
            invitation.email, password, language=cleaning.spoken_language(), **values
        )
        person.roles.set(invitation.roles.all())
        if invitation.team:
            Membership.objects.create(person=person, team=invitation.team)
        about = [
            ledger.About("person", person.pk),
            ledger.About("invitation", invitation.pk, "related"),
            ledger.About("person", invitation.invited_by_id, "related"),
        ]
        ledger.record("person.joined", by=person, about=about)
    return person


def revoke_invitation(invitation: Invitation, *, by: Person) -> None:
    rights.need(by)
    with ledger.writing():
        if not open_invitations().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
            raise Conflict(_("この招待はすでに使われたか、取り消されています。"), code="not_open")
        _line("person.invitation_revoked", invitation, by=by)


def _line(kind: str, invitation: Invitation, *, by: Person, **data: Any) -> None:
    about = [ledger.About("invitation", invitation.pk)]
    ledger.record(kind, by=by, about=about, data={"email": invitation.email, **data})


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
