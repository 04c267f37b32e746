"""Roles: what they may do with which records, and who may change that."""

from __future__ import annotations

import pytest

from daifuku.foundation.errors import Conflict, Forbidden, Invalid, Stale
from daifuku.ledger.models import Event
from daifuku.records.undoing import undo
from daifuku.staff import objects
from daifuku.staff.actions import create_role, edit_role, remove_role
from daifuku.staff.models import Person, Role
from daifuku.staff.objects import Governed
from daifuku.staff.testing import Cast
from daifuku.staff.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    account = Governed("account", "取引先", (("rank", "ランク"), ("sales", "年商")))
    monkeypatch.setattr(objects, "_source", lambda: [account, Governed("lead", "見込み客")])


def role(key: str) -> Role:
    return Role.objects.get(key=key)


def test_grants_and_field_rules_count_at_once(cast: Cast) -> None:
    aoyama = Viewer(cast.aoyama)
    assert aoyama.scope("account", "edit") == "team"
    edit_role(
        role("rep"),
        {"grants": {"*": {"view": "all"}, "account": {"view": "own", "edit": "own"}}},
        by=cast.mizuno,
    )
    edit_role(
        role("rep"), {"field_rules": {"account": {"sales": "hidden", "rank": "readonly"}}}, by=cast.mizuno
    )
    aoyama = Viewer(cast.aoyama)
    assert (aoyama.scope("account", "edit"), aoyama.scope("account", "delete")) == ("own", "none")
    assert (aoyama.scope("lead", "view"), aoyama.scope("lead", "edit")) == ("all", "none")
    assert aoyama.hidden_fields("account") == {"sales"}


@pytest.mark.parametrize(
    "changes",
    [
        {"grants": {"invented": {"view": "all"}}},
        {"grants": {"*": {"fly": "all"}}},
        {"grants": {"*": {"view": "everything"}}},
        {"grants": []},
        {"grants": {"*": "all"}},
        {"powers": ["root"]},
        {"powers": "staff"},
        {"field_rules": {"account": {"invented": "hidden"}}},
        {"field_rules": {"account": {"rank": "secret"}}},
        {"field_rules": {"invented": {"rank": "hidden"}}},
        {"name": ""},
        {"key": "administrator"},
        {"version": 9},
    ],
)
def test_what_no_role_can_say_is_refused(cast: Cast, changes: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        edit_role(role("rep"), changes, by=cast.mizuno)
    assert not Event.objects.exists()


def test_a_new_role_starts_like_another_one(cast: Cast) -> None:
    made = create_role("支店長", like=role("manager"), by=cast.mizuno)
    assert (made.grants, made.powers) == (role("manager").grants, role("manager").powers)
    assert create_role("空の役割", by=cast.mizuno).grants == {}
    with pytest.raises(Invalid):
        create_role("支店長", by=cast.mizuno)


def test_only_an_unused_role_is_removed(cast: Cast) -> None:
    with pytest.raises(Conflict):
        remove_role(role("rep"), by=cast.mizuno)
    remove_role(role("purchaser"), by=cast.mizuno)
    assert not Role.objects.filter(key="purchaser").exists()


def test_nobody_climbs_by_changing_a_role(cast: Cast) -> None:
    for deed in (
        lambda: edit_role(role("president"), {"powers": ["staff", "settings"]}, by=cast.mori),
        lambda: edit_role(role("administrator"), {"powers": ["staff"]}, by=cast.mori),
        lambda: create_role("影の管理者", like=role("administrator"), by=cast.mori),
        lambda: edit_role(role("rep"), {"powers": ["staff"]}, by=cast.osaki),
    ):
        with pytest.raises(Forbidden):
            deed()
    assert not Event.objects.exists()


def test_the_last_administrator_cannot_lock_himself_out(cast: Cast) -> None:
    for powers in ([], ["staff"], ["settings"]):
        with pytest.raises(Conflict) as refusal:
            edit_role(role("administrator"), {"powers": powers}, by=cast.mizuno)
        assert refusal.value.code == "last_administrator"
    assert Viewer(Person.objects.get(pk=cast.mizuno.pk)).has_power("settings")


def test_two_at_once_are_told_and_an_edit_is_undone(cast: Cast) -> None:
    line = edit_role(role("rep"), {"powers": ["import"]}, by=cast.mizuno, version=1)
    assert line
    with pytest.raises(Stale):
        edit_role(role("rep"), {"powers": []}, by=cast.mizuno, version=1)
    undo(line, by=cast.mizuno)
    assert role("rep").powers == []
