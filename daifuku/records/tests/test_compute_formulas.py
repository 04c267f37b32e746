"""Computed fields: worked out with the record, kept with it, and right when what they are made of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Account, Contact
from daifuku.foundation.errors import Invalid
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions import custom_fields
from daifuku.records.models import CustomField

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def formula(
    cast: Cast, text: str, object: str = "account", label: str = "計算", **options: Any
) -> CustomField:
    wanted = {"formula": text, **options}
    return custom_fields.add_field(object, "formula", label, by=cast.mizuno, options=wanted)


def rollup(cast: Cast, label: str = "集計", **options: Any) -> CustomField:
    wanted = {"of": "contact", "link": "account", "how": "count", **options}
    return custom_fields.add_field("account", "rollup", label, by=cast.mizuno, options=wanted)


def test_a_formula_is_worked_out_when_a_record_is_saved(cast: Cast) -> None:
    row = formula(cast, "[従業員数] * 1.5", result="integer")
    account = actions.create("account", {"name": "A", "employees": 11}, by=cast.aoyama)
    assert Account.plain.get().custom == {row.key: 17}
    actions.edit(account, {"employees": 20}, by=cast.aoyama)
    assert Account.plain.get().custom == {row.key: 30}
    assert Event.objects.latest("pk").changes == {"employees": [11, 20]}
    assert row.key not in Event.objects.get(kind="account.created").changes


def test_a_new_formula_is_worked_out_for_the_records_that_are_there(cast: Cast) -> None:
    actions.create("account", {"name": "A", "employees": 11}, by=cast.aoyama)
    row = formula(cast, '[name] & "様"')
    account = Account.plain.get()
    assert (account.custom, account.version) == ({row.key: "A様"}, 1)


def test_nobody_types_a_computed_field(cast: Cast) -> None:
    row = formula(cast, "1 + 1")
    with pytest.raises(Invalid):
        actions.create("account", {"name": "A", row.key: 5}, by=cast.aoyama)


def test_a_change_behind_a_link_reaches_the_formulas_that_read_it(cast: Cast) -> None:
    row = formula(cast, '[取引先].[従業員数] & "人"', object="contact")
    account = actions.create("account", {"name": "A", "employees": 3}, by=cast.aoyama)
    actions.create("contact", {"family_name": "山田", "account": account}, by=cast.aoyama)
    assert Contact.plain.get().custom == {row.key: "3人"}
    actions.edit(account, {"employees": 4}, by=cast.aoyama)
    assert Contact.plain.get().custom == {row.key: "4人"}
    undoing.undo(Event.objects.latest("pk"), by=cast.aoyama)
    assert Contact.plain.get().custom == {row.key: "3人"}
    actions.trash(account, by=cast.osaki)
    assert Contact.plain.get().custom == {row.key: "人"}


def test_a_roll_up_follows_whoever_comes_goes_and_moves(cast: Cast) -> None:
    row = rollup(cast)
    a, b = (actions.create("account", {"name": name}, by=cast.aoyama) for name in "AB")
    person = actions.create("contact", {"family_name": "山田", "account": a}, by=cast.aoyama)

    def counts() -> list[int]:
        return [account.custom[row.key] for account in Account.plain.order_by("pk")]

    assert counts() == [1, 0]
    actions.edit(person, {"account": b}, by=cast.aoyama)
    assert counts() == [0, 1]
    person = actions.trash(person, by=cast.osaki)
    assert counts() == [0, 0]
    actions.restore(person, by=cast.osaki)
    assert counts() == [0, 1]
