"""Particulars and roles of people: one's own, and those of others with the power for it."""

from __future__ import annotations

import pytest

from daifuku.foundation.errors import Conflict, DomainError, Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.records.undoing import undo
from daifuku.staff.actions import edit_person, set_roles
from daifuku.staff.models import Person, Role
from daifuku.staff.testing import Cast
from daifuku.staff.viewer import Viewer

pytestmark = pytest.mark.django_db


def again(person: Person) -> Person:
    found: Person = Person.objects.get(pk=person.pk)
    return found


def role(key: str) -> Role:
    return Role.objects.get(key=key)


def test_a_person_changes_his_own_particulars(cast: Cast) -> None:
    line = edit_person(cast.aoyama, {"title": " 主任 ", "roomy": True, "theme": "dark"}, by=cast.aoyama)
    assert line and (line.kind, line.actor) == ("person.edited", cast.aoyama)
    assert line.changes == {"title": ["", "主任"], "roomy": [False, True], "theme": ["system", "dark"]}
    assert again(cast.aoyama).title == cast.aoyama.title == "主任"


def test_nothing_different_is_no_line(cast: Cast) -> None:
    assert edit_person(cast.aoyama, {"family_name": "青山"}, by=cast.aoyama) is None
    assert not Event.objects.exists()


@pytest.mark.parametrize("who", ["baba", "osaki", "eguchi"])
def test_others_need_the_power(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        edit_person(cast.aoyama, {"title": "主任"}, by=getattr(cast, who))
    assert again(cast.aoyama).title == ""
    assert edit_person(cast.aoyama, {"title": "主任"}, by=cast.mori)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("family_name", ""), ("family_name", "あ" * 41), ("language", "xx"), ("theme", "pink"),
        ("is_active", False), ("password", "x"), ("roles", []), ("left_on", "2020-01-01"), ("email", "neu@example.jp"),
    ],
)  # fmt: skip
def test_what_is_wrong_or_not_his_to_change_is_told_at_its_field(
    cast: Cast, field: str, value: object
) -> None:
    with pytest.raises(Invalid) as refusal:
        edit_person(cast.aoyama, {field: value}, by=cast.aoyama)
    assert refusal.value.field == field
    assert not Event.objects.exists()


def test_the_address_is_changed_by_the_administrator_and_stays_one_persons(cast: Cast) -> None:
    edit_person(cast.aoyama, {"email": "Rin@Example.jp"}, by=cast.mizuno)
    assert again(cast.aoyama).email == "rin@example.jp"
    with pytest.raises(Invalid):
        edit_person(cast.aoyama, {"email": "BABA@example.jp"}, by=cast.mizuno)


def test_nobody_takes_over_the_sign_in_of_somebody_with_more_power(cast: Cast) -> None:
    """The president may manage people, but not the settings; the administrator's address is out of his reach."""
    with pytest.raises(Forbidden):
        edit_person(cast.mizuno, {"email": "mine@example.jp"}, by=cast.mori)
    assert again(cast.mizuno).email == "mizuno@example.jp"


def test_an_edit_is_undone(cast: Cast) -> None:
    line = edit_person(cast.aoyama, {"title": "主任", "phone": "052-111-2222"}, by=cast.mizuno)
    assert line
    edit_person(cast.aoyama, {"phone": "052-333-4444"}, by=cast.aoyama)
    assert undo(line, by=cast.mizuno).done == 1
    assert (again(cast.aoyama).title, again(cast.aoyama).phone) == ("", "052-333-4444")
    with pytest.raises(Conflict):
        undo(line, by=cast.mizuno)


def test_new_roles_count_at_once(cast: Cast) -> None:
    before = again(cast.eguchi)
    line = set_roles(cast.eguchi, [role("rep"), role("reader")], by=cast.mizuno)
    assert line and line.changes == {"roles": [["reader"], ["reader", "rep"]]}
    assert Viewer(before).may("account", "create")
    undo(line, by=cast.mizuno)
    assert not Viewer(again(cast.eguchi)).may("account", "create")


def test_roles_are_given_only_with_the_power_and_never_more_than_ones_own(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        set_roles(cast.aoyama, [role("manager")], by=cast.osaki)
    with pytest.raises(Forbidden):
        set_roles(cast.aoyama, [role("administrator")], by=cast.mori)
    with pytest.raises(Forbidden):
        set_roles(cast.mori, [role("president"), role("administrator")], by=cast.mori)
    assert [held.key for held in cast.aoyama.roles.all()] == ["rep"]
    assert not Event.objects.exists()


def test_the_last_administrator_stays(cast: Cast) -> None:
    with pytest.raises(Conflict) as refusal:
        set_roles(cast.mizuno, [role("reader")], by=cast.mizuno)
    assert refusal.value.code == "last_administrator"
    assert Viewer(again(cast.mizuno)).has_power("settings")
    set_roles(cast.baba, [role("administrator")], by=cast.mizuno)
    set_roles(cast.mizuno, [role("reader")], by=cast.mizuno)
    assert not Viewer(again(cast.mizuno)).has_power("settings")


def test_somebody_who_left_changes_nothing(cast: Cast) -> None:
    Person.objects.filter(pk=cast.aoyama.pk).update(is_active=False)
    with pytest.raises(DomainError):
        edit_person(again(cast.aoyama), {"title": "x"}, by=again(cast.aoyama))
