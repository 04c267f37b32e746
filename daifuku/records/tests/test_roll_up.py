"""Roll-ups: what links to a record is counted and added up on it, and stays right whatever happens to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Account, Contact
from daifuku.foundation.errors import Invalid
from daifuku.jobs.testing import work_off
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions import custom_fields
from daifuku.records.actions.erasing import erase
from daifuku.records.catalogue import vocabulary
from daifuku.records.formulas import recomputing, spreading
from daifuku.records.models import CustomField
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def rollup(cast: Cast, label: str = "集計", **options: Any) -> CustomField:
    wanted = {"of": "contact", "link": "account", "how": "count", **options}
    return custom_fields.add_field("account", "rollup", label, by=cast.mizuno, options=wanted)


def branches(cast: Cast, label: str = "拠点", **options: Any) -> CustomField:
    return rollup(cast, label, of="account", link="parent", **options)


def accounts(cast: Cast, *names: str) -> list[Account]:
    return [actions.create("account", {"name": name}, by=cast.aoyama) for name in names]


def contact(cast: Cast, account: Account, **values: Any) -> Contact:
    made: Contact = actions.create(
        "contact", {"family_name": "山田", "account": account, **values}, by=cast.aoyama
    )
    return made


def held(row: CustomField) -> list[Any]:
    return [account.custom.get(row.key) for account in Account.plain.order_by("pk")]


def test_it_follows_whoever_comes_moves_and_goes(cast: Cast) -> None:
    row = rollup(cast)
    a, b = accounts(cast, "A", "B")
    person = contact(cast, a)
    assert held(row) == [1, 0]
    actions.edit(person, {"account": b}, by=cast.aoyama)
    assert held(row) == [0, 1]
    undoing.undo(Event.objects.latest("pk"), by=cast.aoyama)
    assert held(row) == [1, 0]
    person = actions.trash(person, by=cast.osaki)
    assert held(row) == [0, 0]
    actions.restore(person, by=cast.osaki)
    assert held(row) == [1, 0]


def test_it_follows_many_at_once(cast: Cast) -> None:
    row = rollup(cast)
    a, b = accounts(cast, "A", "B")
    made = actions.create_many(
        "contact", [{"family_name": n, "account": a} for n in "甲乙丙"], by=cast.aoyama
    )
    assert held(row) == [3, 0]
    keys = [each.pk for each in made]
    actions.edit_many("contact", keys[:2], {"account": b}, by=cast.aoyama)
    assert held(row) == [1, 2]
    actions.change_rows("contact", [actions.RowChange(keys[2], {"account": b})], by=cast.aoyama)
    assert held(row) == [0, 3]
    actions.trash_many("contact", keys, by=cast.osaki)
    assert held(row) == [0, 0]
    actions.restore_many("contact", keys, by=cast.osaki)
    assert held(row) == [0, 3]


def test_somebody_who_was_erased_is_counted_no_more(cast: Cast) -> None:
    row = rollup(cast, how="latest", field="family_name")
    (a,) = accounts(cast, "A")
    person = contact(cast, a)
    assert held(row) == ["山田"]
    erase(person, by=cast.mizuno)
    assert held(row) == [None]


def test_a_new_roll_up_counts_what_is_there(cast: Cast) -> None:
    a, _b = accounts(cast, "A", "B")
    contact(cast, a)
    row = rollup(cast)
    assert held(row) == [1, 0]
    assert Account.plain.filter(version__gt=1).count() == 0


@pytest.mark.parametrize(
    ("how", "result"), [("sum", 30), ("min", 10), ("max", 20), ("average", "15.0"), ("latest", 20)]
)
def test_numbers_of_branches_are_rolled_up(cast: Cast, how: str, result: Any) -> None:
    row = branches(cast, how=how, field="employees")
    (head,) = accounts(cast, "本社")
    for employees in (10, 20, None):
        actions.create("account", {"name": "店", "parent": head, "employees": employees}, by=cast.aoyama)
    assert held(row)[0] == result
    nothing = 0 if how == "sum" else None
    assert held(row)[1] == nothing


@pytest.mark.parametrize(
    ("kind", "given", "result"), [("decimal", ["0.10", "0.20"], "0.30"), ("percent", ["10", "20.5"], "30.5")]
)
def test_custom_numbers_are_added_up_exactly(cast: Cast, kind: str, given: list[str], result: str) -> None:
    source = custom_fields.add_field("account", kind, "率", by=cast.mizuno)
    row = branches(cast, how="sum", field=source.key)
    (head,) = accounts(cast, "本社")
    for value in given:
        actions.create("account", {"name": "店", "parent": head, source.key: value}, by=cast.aoyama)
    assert held(row)[0] == result


@pytest.mark.parametrize("custom", [False, True])
@pytest.mark.parametrize(
    ("how", "result"), [("min", "2020-01-05"), ("max", "2026-03-01"), ("latest", "2020-01-05")]
)
def test_days_are_rolled_up(cast: Cast, how: str, result: str, custom: bool) -> None:
    key = custom_fields.add_field("account", "date", "日", by=cast.mizuno).key if custom else "traded_since"
    row = branches(cast, how=how, field=key)
    (head,) = accounts(cast, "本社")
    for day in (date(2026, 3, 1), date(2020, 1, 5)):
        actions.create("account", {"name": "店", "parent": head, key: day}, by=cast.aoyama)
    assert held(row)[0] == result


def test_only_what_meets_the_condition_is_counted(cast: Cast) -> None:
    condition = {"all": [{"field": "rank", "op": "any_of", "value": ["a"]}]}
    row = branches(cast, condition=condition)
    (head,) = accounts(cast, "本社")
    shop = actions.create("account", {"name": "店", "parent": head, "rank": "b"}, by=cast.aoyama)
    assert held(row)[0] == 0
    actions.edit(shop, {"rank": "a"}, by=cast.aoyama)
    assert held(row)[0] == 1


def test_a_link_of_ones_own_is_rolled_up_over(cast: Cast) -> None:
    link = custom_fields.add_field("lead", "record", "紹介元", by=cast.mizuno, options={"target": "account"})
    row = rollup(cast, of="lead", link=link.key)
    a, b = accounts(cast, "A", "B")
    lead = actions.create("lead", {"company": "C", "family_name": "山田", link.key: a}, by=cast.aoyama)
    assert held(row) == [1, 0]
    actions.edit(lead, {link.key: b}, by=cast.aoyama)
    assert held(row) == [0, 1]


def test_a_formula_is_worked_out_from_a_roll_up_and_rolled_up_again(cast: Cast) -> None:
    people = rollup(cast, "人数")
    twice = custom_fields.add_field(
        "account", "formula", "倍", by=cast.mizuno, options={"formula": "[人数] * 2", "result": "integer"}
    )
    total = branches(cast, "合計", how="sum", field=twice.key)
    (head,) = accounts(cast, "本社")
    shop = actions.create("account", {"name": "店", "parent": head}, by=cast.aoyama)
    contact(cast, shop)
    assert (held(people), held(twice), held(total)) == ([0, 1], [0, 2], [2, 0])


def test_a_roll_up_of_itself_is_refused(cast: Cast) -> None:
    row = branches(cast, how="sum", field="employees")
    options = {"of": "account", "link": "parent", "how": "sum", "field": row.key}
    with pytest.raises(Invalid) as refused:
        custom_fields.edit_field(row, {"options": options}, by=cast.mizuno)
    assert refused.value.problems[0].code == "circle"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"of": "nothing"}, "of"),
    ({"of": ["contact"]}, "of"),
    ({"link": "family_name"}, "link"),
    ({"link": None}, "link"),
    ({"how": "product"}, "how"),
    ({"how": "sum"}, "field"),
    ({"how": "sum", "field": "family_name"}, "field"),
    ({"how": "latest", "field": "account"}, "field"),
    ({"condition": {"all": [{"field": "account.name", "op": "is", "value": "A"}]}}, "condition"),
    ({"condition": {"all": [{"field": "owner", "op": "any_of", "value": ["me"]}]}}, "condition"),
    ({"condition": {"all": [{"field": "nothing", "op": "is", "value": "A"}]}}, "condition"),
    ({"condition": "A"}, "condition"),
]


@pytest.mark.parametrize(("options", "field"), WRONG)
def test_what_cannot_be_rolled_up_is_refused_with_its_part(
    cast: Cast, options: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        rollup(cast, **options)
    assert refused.value.problems[0].field == field


def test_who_may_not_see_what_is_rolled_up_does_not_see_the_roll_up(cast: Cast) -> None:
    source = custom_fields.add_field("contact", "money", "年収", by=cast.mizuno, hidden_from_roles=["rep"])
    row = rollup(cast, how="max", field=source.key)
    assert row.key not in vocabulary.fields_for(viewer_of(cast.aoyama), "account")
    assert row.key in vocabulary.fields_for(viewer_of(cast.osaki), "account")


def test_what_went_wrong_in_the_values_is_right_again_after_the_night(cast: Cast) -> None:
    row = rollup(cast)
    (a,) = accounts(cast, "A")
    contact(cast, a)
    Account.plain.update(custom={row.key: 99})
    recomputing.wake_restless()
    work_off()
    assert held(row) == [1]


def test_more_parents_than_one_save_should_wait_for_follow_in_a_job(cast: Cast, monkeypatch: Any) -> None:
    row = rollup(cast)
    monkeypatch.setattr(spreading, "AT_ONCE", 1)
    a, b = accounts(cast, "A", "B")
    actions.create_many(
        "contact", [{"family_name": "甲", "account": a}, {"family_name": "乙", "account": b}], by=cast.aoyama
    )
    assert held(row) == [0, 0]
    work_off()
    assert held(row) == [1, 1]


def test_who_is_kept_to_a_few_is_neither_counted_nor_named(cast: Cast) -> None:
    count, latest = rollup(cast), rollup(cast, "最新", how="latest", field="family_name")
    [firm] = accounts(cast, "A")
    person = contact(cast, firm, family_name="極秘", privacy="private")
    assert (held(count), held(latest)) == ([0], [None])
    actions.edit(person, {"privacy": ""}, by=cast.aoyama)
    assert (held(count), held(latest)) == ([1], ["極秘"])
    actions.edit(Contact.plain.get(), {"privacy": "team"}, by=cast.aoyama)
    assert (held(count), held(latest)) == ([0], [None])
