"""A colleague is invited by a link: once, for a week, with no more power than the one who invites."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from daifuku.ledger.models import Event
from daifuku.staff.actions import (
    accept_invitation,
    edit_person,
    invitation_of,
    invite,
    leave,
    open_invitations,
    revoke_invitation,
    set_roles,
)
from daifuku.staff.models import Invitation, Person, Role
from daifuku.staff.testing import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def secret_in(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


def invited(cast: Cast, email: str = "Nagoya@Example.jp") -> str:
    roles = Role.objects.filter(key="rep")
    return secret_in(invite(email, family_name="名古屋", roles=roles, team=cast.section, by=cast.mizuno).link)


def test_the_link_is_long_on_the_configured_address_and_kept_only_as_a_hash(cast: Cast) -> None:
    made = invite("nagoya@example.jp", by=cast.mizuno)
    assert made.link.startswith("http://localhost:8000/join/")
    secret = secret_in(made.link)
    assert len(secret) >= 43
    stored = Invitation.objects.get()
    assert secret not in str(vars(stored))
    line = Event.objects.get()
    assert line.kind == "person.invited"
    assert secret not in str(line.data)


def test_the_invited_one_joins_with_role_and_team(cast: Cast) -> None:
    secret = invited(cast)
    person = accept_invitation(secret, {"family_name": "名古屋", "given_name": "城"}, password=PASSWORD)
    assert person.email == "nagoya@example.jp"
    assert person.check_password(PASSWORD)
    assert [role.key for role in person.roles.all()] == ["rep"]
    assert list(person.teams.all()) == [cast.section]
    line = Event.objects.get(kind="person.joined")
    assert line.actor == person


def test_the_link_works_once(cast: Cast) -> None:
    secret = invited(cast)
    accept_invitation(secret, {"family_name": "名古屋"}, password=PASSWORD)
    for _ in range(2):
        with pytest.raises(NotFound):
            accept_invitation(secret, {"family_name": "別人"}, password=PASSWORD)
    assert Person.objects.filter(email="nagoya@example.jp").count() == 1


def test_used_revoked_old_and_invented_links_look_the_same(cast: Cast) -> None:
    used, revoked, old = (
        invited(cast, "a@example.jp"),
        invited(cast, "b@example.jp"),
        invited(cast, "c@example.jp"),
    )
    accept_invitation(used, {"family_name": "名古屋"}, password=PASSWORD)
    revoke_invitation(Invitation.objects.get(email="b@example.jp"), by=cast.mizuno)
    Invitation.objects.filter(email="c@example.jp").update(expires_at=timezone.now() - timedelta(seconds=1))
    told = set()
    for secret in (used, revoked, old, "x" * 43, ""):
        with pytest.raises(NotFound) as refusal:
            invitation_of(secret)
        told.add(refusal.value.message)
    assert len(told) == 1


def test_the_link_is_good_for_seven_days(cast: Cast) -> None:
    invited(cast)
    left = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)


def test_a_second_invitation_to_the_same_address_ends_the_first(cast: Cast) -> None:
    first, second = invited(cast), invited(cast)
    with pytest.raises(NotFound):
        invitation_of(first)
    assert invitation_of(second).email == "nagoya@example.jp"
    assert open_invitations().count() == 1


def test_nobody_invites_without_the_power_or_with_more_than_his_own(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        invite("x@example.jp", by=cast.osaki)
    with pytest.raises(Forbidden):
        invite("x@example.jp", roles=Role.objects.filter(key="administrator"), by=cast.mori)
    with pytest.raises(Invalid):
        invite("AOYAMA@example.jp", by=cast.mizuno)
    assert not Invitation.objects.exists()


def test_a_weak_password_is_refused_and_the_link_stays_good(cast: Cast) -> None:
    secret = invited(cast)
    with pytest.raises(Invalid) as refusal:
        accept_invitation(secret, {"family_name": "名古屋"}, password="password123")
    assert refusal.value.field == "password"
    assert invitation_of(secret)


def test_the_link_gives_no_other_columns(cast: Cast) -> None:
    with pytest.raises(Invalid):
        accept_invitation(invited(cast), {"family_name": "名", "email": "x@example.jp"}, password=PASSWORD)


def test_an_address_that_was_taken_meanwhile_is_a_conflict(cast: Cast) -> None:
    secret = invited(cast)
    edit_person(cast.baba, {"email": "nagoya@example.jp"}, by=cast.mizuno)
    with pytest.raises(Conflict):
        accept_invitation(secret, {"family_name": "名古屋"}, password=PASSWORD)


def test_invitations_of_somebody_who_left_end(cast: Cast) -> None:
    secret = secret_in(invite("x@example.jp", by=cast.mori).link)
    leave(cast.mori, on=timezone.localdate(), by=cast.mizuno)
    with pytest.raises(NotFound):
        invitation_of(secret)


def test_revoking_takes_the_power_and_happens_once(cast: Cast) -> None:
    invited(cast)
    invitation = Invitation.objects.get()
    with pytest.raises(Forbidden):
        revoke_invitation(invitation, by=cast.osaki)
    revoke_invitation(invitation, by=cast.mori)
    with pytest.raises(Conflict):
        revoke_invitation(invitation, by=cast.mori)


def test_a_link_gives_nothing_that_the_one_who_invited_has_lost(cast: Cast) -> None:
    set_roles(cast.mori, Role.objects.filter(key__in=["president", "administrator"]), by=cast.mizuno)
    administrator = Role.objects.filter(key="administrator")
    kept = secret_in(invite("nagoya@example.jp", roles=administrator, by=cast.mizuno).link)
    rep = secret_in(invite("gifu@example.jp", roles=Role.objects.filter(key="rep"), by=cast.mizuno).link)
    set_roles(cast.mizuno, Role.objects.filter(key="rep"), by=cast.mori)
    for secret in (kept, rep):
        with pytest.raises(NotFound):
            accept_invitation(secret, {"family_name": "名古屋"}, password=PASSWORD)
    assert not Person.objects.filter(email__in=["nagoya@example.jp", "gifu@example.jp"]).exists()
