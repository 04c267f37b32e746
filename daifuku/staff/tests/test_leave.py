"""Somebody leaves: out at once everywhere; and comes back."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.records.undoing import undo
from daifuku.staff import credentials
from daifuku.staff.actions import come_back, leave, set_roles
from daifuku.staff.models import Company, Person, Role
from daifuku.staff.testing import PASSWORD, Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def firm(cast: Cast) -> None:
    Company.objects.update_or_create(pk=1, defaults={"name": "シャチホコ商事"})


def enter(email: str) -> Client:
    client = Client()
    client.post("/login/", {"login": email, "password": PASSWORD})
    return client


def test_who_leaves_is_signed_out_on_all_devices_and_does_not_come_in_again(cast: Cast) -> None:
    desk, phone = enter("senda@example.jp"), enter("senda@example.jp")
    assert "_auth_user_id" in desk.session
    line = leave(cast.senda, on=TODAY, successor=cast.aoyama, by=cast.mizuno)
    assert (line.kind, line.data["successor"], line.data["left_on"]) == (
        "person.left",
        cast.aoyama.pk,
        "2026-11-22",
    )
    for client in (desk, phone, enter("senda@example.jp")):
        assert "_auth_user_id" not in client.session
        assert client.get("/account/")["Location"].startswith("/login/")
    stored = Person.objects.get(pk=cast.senda.pk)
    assert (stored.is_active, stored.left_on) == (False, TODAY)


def test_areas_above_take_their_tokens_away_in_the_same_transaction(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Person] = []
    monkeypatch.setattr(credentials, "_revokers", [told.append])
    leave(cast.senda, on=TODAY, by=cast.mizuno)
    assert told == [cast.senda]


def test_coming_back_restores_roles_and_teams(cast: Cast) -> None:
    line = leave(cast.senda, on=TODAY, by=cast.mizuno)
    undo(line, by=cast.mizuno)
    stored = Person.objects.get(pk=cast.senda.pk)
    assert (stored.is_active, stored.left_on) == (True, None)
    assert [team.name for team in stored.teams.all()] == ["関西支店"]
    assert "_auth_user_id" in enter("senda@example.jp").session
    with pytest.raises(Conflict):
        come_back(stored, by=cast.mizuno)


def test_refusals_leave_everything_as_it_was(cast: Cast) -> None:
    for person, by, successor, error in [
        (cast.senda, cast.osaki, None, Forbidden),
        (cast.mizuno, cast.mizuno, None, Conflict),
        (cast.mizuno, cast.mori, None, Forbidden),
        (cast.senda, cast.mizuno, cast.senda, Invalid),
    ]:
        with pytest.raises(error):
            leave(person, on=TODAY, successor=successor, by=by)
    assert not Event.objects.exists()
    assert Person.objects.working().count() == 7


def test_nobody_leaves_twice(cast: Cast) -> None:
    leave(cast.senda, on=TODAY, by=cast.mizuno)
    with pytest.raises(Conflict):
        leave(cast.senda, on=TODAY, by=cast.mizuno)


def test_the_last_administrator_does_not_leave(cast: Cast) -> None:
    both = Role.objects.filter(key__in=["administrator", "president"])
    set_roles(cast.baba, both, by=cast.mizuno)
    leave(cast.mizuno, on=TODAY, by=cast.baba)
    set_roles(cast.osaki, Role.objects.filter(key="administrator"), by=cast.baba)
    Person.objects.filter(pk=cast.osaki.pk).update(is_active=False)
    returned = Person.objects.get(pk=cast.osaki.pk)
    Person.objects.filter(pk=returned.pk).update(is_active=True)
    leave(Person.objects.get(pk=cast.osaki.pk), on=TODAY, by=cast.baba)
    with pytest.raises(Conflict):
        set_roles(cast.baba, [], by=cast.baba)
