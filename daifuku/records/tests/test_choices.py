"""Choices: a renamed one stays the same, a replaced one leaves every record, and both can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Account
from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions import choices, custom_fields, replacing
from daifuku.records.catalogue import vocabulary

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def undo_last(by: Any) -> None:
    undoing.undo(Event.objects.latest("pk"), by=by)


def offered(key: str = "rank") -> list[str]:
    return [option.name for option in choices.choice_field("account", key).type.offered()]  # type: ignore[attr-defined]


def test_a_renamed_choice_stays_the_same_choice(cast: Cast) -> None:
    account = actions.create("account", {"name": "A", "rank": "a"}, by=cast.aoyama)
    choices.edit_choice(
        choices.row_of("account", "rank", "a"), {"label": "最重要", "colour": "red"}, by=cast.mizuno
    )
    fresh = Account.plain.get(pk=account.pk)
    assert (fresh.rank, vocabulary.fields_of("account")["rank"].text(fresh)) == ("a", "最重要")
    undo_last(cast.mizuno)
    assert vocabulary.fields_of("account")["rank"].text(fresh) == "A"


def test_choices_are_added_ordered_retired_and_brought_back(cast: Cast) -> None:
    before = offered()
    row = choices.add_choice("account", "rank", "S", by=cast.mizuno, colour="purple")
    assert offered() == [*before, "S"]
    choices.order_choices("account", "rank", [row.key], by=cast.mizuno)
    assert offered() == ["S", *before]
    undo_last(cast.mizuno)
    assert offered() == [*before, "S"]
    choices.edit_choice(row, {"active": False}, by=cast.mizuno)
    assert offered() == before
    account = actions.create("account", {"name": "A", "rank": row.key}, by=cast.aoyama)
    assert vocabulary.fields_of("account")["rank"].text(account) == "S"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"label": ""}, Invalid),
        ({"label": "あ" * 61}, Invalid),
        ({"label": "A;B"}, Invalid),
        ({"label": 3}, Invalid),
        ({"colour": "#ff0000"}, Invalid),
        ({"active": "no"}, Invalid),
        ({"key": "z"}, Invalid),
        ({"label": "Ｂ"}, Conflict),
    ],
)
def test_what_a_choice_cannot_be_is_refused(
    cast: Cast, changes: dict[str, Any], error: type[Exception]
) -> None:
    row = choices.row_of("account", "rank", "a")
    with pytest.raises(error):
        choices.edit_choice(row, changes, by=cast.mizuno)


def test_only_who_may_change_the_settings_may_and_only_where_there_are_choices(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        choices.add_choice("account", "rank", "S", by=cast.osaki)
    with pytest.raises(Forbidden):
        replacing.replace_choice("account", "rank", "a", "b", by=cast.osaki)
    for object_key, key in (("account", "name"), ("account", "no_such"), ("no_such", "rank")):
        with pytest.raises(NotFound):
            choices.add_choice(object_key, key, "S", by=cast.mizuno)


def test_a_choice_is_replaced_everywhere_and_comes_back(cast: Cast) -> None:
    for name, rank in (("A", "a"), ("B", "b"), ("C", "a")):
        actions.create("account", {"name": name, "rank": rank, "privacy": "private"}, by=cast.aoyama)
    assert replacing.count_choice("account", "rank", "a") == 2
    cause, count = replacing.replace_choice("account", "rank", "a", "b", by=cast.mizuno)
    assert count == 2
    assert set(Account.plain.values_list("rank", flat=True)) == {"b"}
    since = Account.plain.get(name="C")
    actions.edit(since, {"rank": "c"}, by=cast.aoyama)
    undone = undoing.undo(cause, by=cast.mizuno)
    assert dict(Account.plain.values_list("name", "rank")) == {"A": "a", "B": "b", "C": "c"}
    assert (undone.done, [key for key, _why in undone.kept]) == (1, [since.pk])


def test_one_of_several_choices_is_replaced(cast: Cast) -> None:
    row = custom_fields.add_field("account", "multi_choice", "地域", by=cast.mizuno)
    keys = [
        choices.add_choice("account", row.key, word, by=cast.mizuno).key for word in ("東京", "大阪", "京都")
    ]
    for value in ([keys[0], keys[1]], [keys[1]], [keys[2]]):
        actions.create("account", {"name": "A", row.key: value}, by=cast.aoyama)
    cause, count = replacing.replace_choice("account", row.key, keys[1], keys[0], by=cast.mizuno)
    after = [account.custom[row.key] for account in Account.plain.order_by("pk")]
    assert (count, after) == (2, [[keys[0]], [keys[0]], [keys[2]]])
    undoing.undo(cause, by=cast.mizuno)
    assert Account.plain.order_by("pk")[0].custom[row.key] == [keys[0], keys[1]]


def test_a_choice_is_taken_away_without_another_in_its_place(cast: Cast) -> None:
    actions.create("account", {"name": "A", "rank": "a"}, by=cast.aoyama)
    replacing.replace_choice("account", "rank", "a", "", by=cast.mizuno)
    assert Account.plain.get().rank == ""
