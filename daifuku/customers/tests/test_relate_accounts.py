"""Accounts stand in relation to each other, or look alike on purpose; neither makes a ring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.actions import join, relate, separate, unrelate
from daifuku.customers.models import Account, Relation, Separation
from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms(cast: Cast) -> list[Any]:
    return [actions.create("account", {"name": f"会社{n}"}, by=cast.aoyama) for n in range(4)]


def last() -> Event:
    return Event.objects.latest("pk")


def test_a_supplier_is_named_and_taken_away_and_brought_back(cast: Cast, firms: list[Any]) -> None:
    row = relate(firms[0], firms[1], "supplier", by=cast.aoyama, note="部品")
    assert last().kind == "account.related"
    unrelate(row, by=cast.aoyama)
    assert not Relation.objects.exists()
    undoing.undo(last(), by=cast.aoyama)
    assert Relation.objects.get().note == "部品"
    undoing.undo(last(), by=cast.aoyama)
    assert not Relation.objects.exists()


def test_the_same_relation_is_kept_once(cast: Cast, firms: list[Any]) -> None:
    relate(firms[0], firms[1], "group", by=cast.aoyama)
    with pytest.raises(Conflict):
        relate(firms[0], firms[1], "group", by=cast.aoyama)
    relate(firms[0], firms[1], "billing", by=cast.aoyama)


@pytest.mark.parametrize(("target", "kind", "field"), [(0, "group", "target"), (1, "friend", "kind")])
def test_an_impossible_relation_is_refused(
    cast: Cast, firms: list[Any], target: int, kind: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        relate(firms[0], firms[target], kind, by=cast.aoyama)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_stranger_relates_nothing_and_an_unseen_account_is_unknown(cast: Cast, firms: list[Any]) -> None:
    with pytest.raises(Forbidden):
        relate(firms[0], firms[1], "group", by=cast.senda)
    secret = actions.create("account", {"name": "秘密", "privacy": "private"}, by=cast.senda)
    with pytest.raises(Invalid):
        relate(firms[0], secret, "group", by=cast.aoyama)
    row = Relation.objects.create(source=firms[0], target=secret, kind="group")
    with pytest.raises(NotFound):
        unrelate(row, by=cast.aoyama)


def test_likenesses_that_are_meant_are_marked_with_their_reason(cast: Cast, firms: list[Any]) -> None:
    separate(firms[1], firms[0], "支店ごとに決裁者が違う", by=cast.aoyama)
    row = Separation.objects.get()
    assert (row.first_id, row.second_id, row.by) == (firms[0].pk, firms[1].pk, cast.aoyama)
    with pytest.raises(Conflict):
        separate(firms[0], firms[1], "同じ", by=cast.aoyama)
    undoing.undo(last(), by=cast.aoyama)
    assert not Separation.objects.exists()
    undoing.undo(last(), by=cast.aoyama)
    assert Separation.objects.get().reason == "支店ごとに決裁者が違う"
    join(firms[0], firms[1], by=cast.aoyama)
    assert not Separation.objects.exists()


def test_a_separation_needs_a_reason_and_a_right(cast: Cast, firms: list[Any]) -> None:
    with pytest.raises(Invalid):
        separate(firms[0], firms[1], " ", by=cast.aoyama)
    with pytest.raises(Forbidden):
        separate(firms[0], firms[1], "x", by=cast.senda)
    with pytest.raises(Invalid):
        separate(firms[0], firms[0], "x", by=cast.aoyama)


def test_a_parent_below_the_account_itself_is_refused_on_every_way_in(cast: Cast, firms: list[Any]) -> None:
    for child, parent in zip(firms[1:], firms, strict=False):
        actions.edit(child, {"parent": parent}, by=cast.aoyama)
    for parent in firms:
        with pytest.raises(Invalid) as refused:
            actions.edit(firms[0], {"parent": parent}, by=cast.aoyama)
        assert [(p.field, p.code) for p in refused.value.problems] == [("parent", "ring")]
    outcome = actions.edit_many("account", [f.pk for f in firms], {"parent": firms[3]}, by=cast.aoyama)
    assert (outcome.done, len(outcome.refused)) == (0, 4)
    assert Account.plain.get(pk=firms[0].pk).parent is None


def test_a_chain_of_a_hundred_levels_is_walked(cast: Cast) -> None:
    top = above = actions.create("account", {"name": "本社"}, by=cast.aoyama)
    for number in range(100):
        above = actions.create("account", {"name": f"段{number}", "parent": above}, by=cast.aoyama)
    with pytest.raises(Invalid):
        actions.edit(top, {"parent": above}, by=cast.aoyama)


def test_a_file_that_hangs_two_accounts_below_each_other_is_refused_at_the_second(
    cast: Cast, firms: list[Any]
) -> None:
    rows = [
        actions.RowChange(firms[0].pk, {"parent": firms[1]}),
        actions.RowChange(firms[1].pk, {"parent": firms[2]}),
        actions.RowChange(firms[2].pk, {"parent": firms[0]}),
    ]
    results = actions.change_rows("account", rows, by=cast.aoyama)
    assert [isinstance(result, Invalid) for result in results] == [False, False, True]
    assert Account.plain.get(pk=firms[2].pk).parent is None
    actions.edit(firms[1], {"parent": None}, by=cast.aoyama)
    actions.edit(firms[2], {"parent": firms[0]}, by=cast.aoyama)
