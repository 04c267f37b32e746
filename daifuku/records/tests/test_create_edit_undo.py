"""The write door: every change has its line, nothing is half done, and what was done can be undone."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from daifuku.customers.models import Account
from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.models import DuplicateKey
from daifuku.staff.models import Person

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def last() -> Event:
    return Event.objects.latest("pk")


def test_creating_writes_the_record_its_line_and_its_keys(cast: Cast) -> None:
    account = actions.create("account", {"name": "株式会社青葉商事", "phone": "03-1234-5678"}, by=cast.aoyama)
    assert account.owner == cast.aoyama
    assert account.status == "prospect"
    event = last()
    assert (event.kind, event.actor) == ("account.created", cast.aoyama)
    assert event.changes["name"] == [None, "株式会社青葉商事"]
    assert set(DuplicateKey.objects.filter(record_id=account.pk).values_list("kind", flat=True)) == {
        "name",
        "phone",
        "core",
        "firm sound",
    }


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({}, "name", "required"),
        ({"name": "  "}, "name", "required"),
        ({"name": "あ" * 10_000}, "name", "too_long"),
        ({"name": ["a"]}, "name", "type"),
        ({"name": "A", "rank": "z"}, "rank", "choice"),
        ({"name": "A", "employees": "たくさん"}, "employees", "invalid"),
        ({"name": "A", "employees": 10**20}, "employees", "too_large"),
        ({"name": "A", "traded_since": "昨日じゃない"}, "traded_since", "invalid"),
        ({"name": "A", "created_at": "2020-01-01"}, "created_at", "unknown_field"),
        ({"name": "A", "no_such": 1}, "no_such", "unknown_field"),
        ({"name": "A", "owner": "だれか"}, "owner", "unknown"),
    ],
)
def test_wrong_input_names_its_field_and_leaves_nothing(
    cast: Cast, values: dict[str, object], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.create("account", values, by=cast.aoyama)
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [(field, code)]
    assert Account.plain.count() == Event.objects.count() == 0


def test_who_may_not_create_is_refused(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        actions.create("account", {"name": "A"}, by=cast.eguchi)


def test_a_phone_brings_its_own_number_once(cast: Cast) -> None:
    uid = uuid.uuid4()
    actions.create("account", {"name": "A"}, by=cast.aoyama, uid=uid)
    with pytest.raises(Conflict):
        actions.create("account", {"name": "B"}, by=cast.aoyama, uid=uid)


def test_an_edit_keeps_old_and_new_value_and_raises_the_version(cast: Cast) -> None:
    account = actions.create("account", {"name": "A"}, by=cast.aoyama)
    edited = actions.edit(account, {"name": "B", "rank": "A"}, by=cast.aoyama, version=1)
    assert edited.version == 2
    assert last().changes == {"name": ["A", "B"], "rank": [None, "a"]}


def test_an_edit_that_changes_nothing_writes_nothing(cast: Cast) -> None:
    account = actions.create("account", {"name": "A"}, by=cast.aoyama)
    actions.edit(account, {"name": "A"}, by=cast.aoyama)
    assert Event.objects.count() == 1


def test_who_saves_second_is_told_who_was_first(cast: Cast) -> None:
    account = actions.create("account", {"name": "A"}, by=cast.aoyama)
    actions.edit(account, {"name": "B"}, by=cast.baba, version=1)
    with pytest.raises(Stale) as refused:
        actions.edit(account, {"name": "C"}, by=cast.aoyama, version=1)
    assert "馬場 健" in refused.value.message


def test_what_a_person_may_see_but_not_change_is_forbidden_and_the_unseen_is_not_found(cast: Cast) -> None:
    account = actions.create("account", {"name": "A"}, by=cast.aoyama)
    with pytest.raises(Forbidden):
        actions.edit(account, {"name": "B"}, by=cast.senda)
    hidden = actions.edit(account, {"privacy": "private"}, by=cast.aoyama)
    with pytest.raises(NotFound):
        actions.edit(hidden, {"name": "B"}, by=cast.senda)
    assert Account.plain.get().name == "A"


def test_trash_and_restore(cast: Cast) -> None:
    account = actions.create("account", {"name": "A"}, by=cast.aoyama)
    actions.trash(account, by=cast.aoyama)
    assert not Account.objects.visible_to(cast.aoyama).exists()
    assert Account.objects.trash_of(cast.aoyama).count() == 1
    assert not DuplicateKey.objects.exists()
    actions.restore(account, by=cast.aoyama)
    assert Account.objects.visible_to(cast.aoyama).get() == account
    assert DuplicateKey.objects.exists()


def test_undoing_an_edit_puts_the_old_values_back_once(cast: Cast) -> None:
    account = actions.create("account", {"name": "A", "employees": 12}, by=cast.aoyama)
    actions.edit(account, {"name": "B", "employees": 30, "owner": cast.baba}, by=cast.aoyama)
    event = last()
    undoing.undo(event, by=cast.aoyama)
    back = Account.plain.get()
    assert (back.name, back.employees, back.owner) == ("A", 12, cast.aoyama)
    with pytest.raises(Conflict) as refused:
        undoing.undo(event, by=cast.aoyama)
    assert refused.value.code == "already_undone"


def test_undoing_leaves_what_somebody_changed_since(cast: Cast) -> None:
    account = actions.create("account", {"name": "A", "note": "x"}, by=cast.aoyama)
    actions.edit(account, {"name": "B", "note": "y"}, by=cast.aoyama)
    event = last()
    actions.edit(account, {"note": "z"}, by=cast.baba)
    undone = undoing.undo(event, by=cast.aoyama)
    back = Account.plain.get()
    assert (back.name, back.note) == ("A", "z")
    assert [name for _key, name in undone.kept] == ["備考"]


def test_what_a_person_may_not_change_stays_and_is_not_named_when_he_undoes(cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉", "note": "前"}, by=cast.aoyama)
    actions.edit(account, {"note": "後", "annual_sales": "100"}, by=cast.mizuno)
    both = last()
    actions.edit(account, {"annual_sales": "200"}, by=cast.mizuno)
    hidden = last()
    role = cast.aoyama.roles.get()
    role.field_rules = {"account": {"annual_sales": "hidden"}}
    role.save()
    aoyama = Person.objects.get(pk=cast.aoyama.pk)
    undone = undoing.undo(both, by=aoyama)
    account.refresh_from_db()
    assert (account.note, account.annual_sales, undone.kept) == ("前", 200, [(account.pk, "")])
    with pytest.raises(Conflict) as refused:
        undoing.undo(hidden, by=aoyama)
    assert (refused.value.code, "年商" in refused.value.message) == ("cannot_undo", False)


def test_undoing_an_undo_brings_the_change_back(cast: Cast) -> None:
    account = actions.create("account", {"name": "A"}, by=cast.aoyama)
    actions.edit(account, {"name": "B"}, by=cast.aoyama)
    undoing.undo(last(), by=cast.aoyama)
    undoing.undo(last(), by=cast.aoyama)
    assert Account.plain.get().name == "B"


def test_many_are_edited_together_and_taken_back_together(cast: Cast) -> None:
    keys = [actions.create("account", {"name": f"会社{n}"}, by=cast.aoyama).pk for n in range(30)]
    foreign = actions.create("account", {"name": "千田の客"}, by=cast.senda)
    with ledger.writing():
        cause = ledger.record("account.bulk_edited", by=cast.aoyama, data={})
    with through(cause=cause):
        outcome = actions.edit_many("account", [*keys, foreign.pk], {"rank": "a"}, by=cast.aoyama)
    assert outcome.done == 30
    assert [key for key, _error in outcome.refused] == [foreign.pk]
    assert Event.objects.filter(cause=cause).count() == 30
    undone = undoing.undo(cause, by=cast.aoyama)
    assert undone.done == 30
    assert set(Account.plain.values_list("rank", flat=True)) == {""}


def test_rows_of_a_batch_are_made_or_refused_one_by_one(cast: Cast) -> None:
    results = actions.create_many(
        "account", [{"name": "A"}, {"name": ""}, {"name": "B", "rank": "Z"}, {"name": "C"}], by=cast.aoyama
    )
    assert [isinstance(result, Invalid) for result in results] == [False, True, True, False]
    assert list(Account.plain.values_list("name", flat=True).order_by("name")) == ["A", "C"]
    assert Event.objects.filter(kind="account.created").count() == 2
