"""Conditions: a table of what matches, and the two spellings (SQL and memory) agree on random ones."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daifuku.customers.models import Account, Contact
from daifuku.foundation.errors import Invalid
from daifuku.records import actions, conditions
from daifuku.records.catalogue import registry
from daifuku.records.conditions import path
from daifuku.records.tests.vocabulary_of_tests import COLOURS, add_custom_fields
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def firm(cast: Cast) -> Cast:
    """A few accounts, and people who work there; one account is hidden from everybody but its owner."""
    add_custom_fields("account")
    rows = [
        {"name": "株式会社青葉商事", "kana": "アオバショウジ", "prefecture": "愛知県", "rank": "a",
         "employees": 12, "phone": "03-1234-5678", "traded_since": "2026-11-02", "memo": "Abc", "ratio": "0.125",
         "colours": ["red", "blue"], "vip": True, "opened": "2026-10-01",
         "place": {"prefecture": "東京都", "city": "港区"}},
        {"name": "Blue有限会社", "prefecture": "東京都", "rank": "b", "employees": 300, "owner": cast.senda,
         "traded_since": "2025-04-01", "memo": "ＡＢＣ", "ratio": "12.5", "colours": ["green"], "vip": False,
         "helper": cast.aoyama},
        {"name": "日本電気工業", "prefecture": "愛知県", "owner": cast.baba, "budget": 1000000},
    ]  # fmt: skip
    made = [actions.create("account", row, by=cast.osaki) for row in rows[:1]]
    made += [actions.create("account", row, by=cast.osaki) for row in rows[1:]]
    actions.edit(made[0], {"owner": cast.aoyama}, by=cast.osaki)
    actions.edit(made[2], {"parent": made[0], "partner": made[1]}, by=cast.osaki)
    secret = actions.create("account", {"name": "秘密", "prefecture": "愛知県"}, by=cast.senda)
    for family, account in (("田中", made[0]), ("鈴木", made[1]), ("佐藤", secret), ("無所", None)):
        actions.create("contact", {"family_name": family, "account": account}, by=cast.senda)
    actions.edit(secret, {"privacy": "private"}, by=cast.senda)
    return cast


def names(written: Any, viewer: Viewer, object_key: str = "account") -> set[str]:
    condition = conditions.parse(written, object_key, viewer)
    rows = registry.get(object_key).model.objects.visible_to(viewer)
    asked = {str(row) for row in rows.filter(condition.q(viewer, TODAY))}
    assert asked == {str(row) for row in rows if condition.matches(row, viewer, TODAY)}
    assert conditions.parse(condition.to_json(), object_key, viewer) == condition
    return asked


A, B, N = "株式会社青葉商事", "Blue有限会社", "日本電気工業"


@pytest.mark.parametrize(
    ("field", "op", "value", "expected"),
    [
        ("name", "contains", "青葉", {A}),
        ("name", "contains", "株式会社", {A}),
        ("name", "contains", "BLUE", {B}),
        ("name", "contains", "ｂｌｕｅ", {B}),
        ("name", "contains", "%", set()),
        ("name", "not_contains", "青葉", {B, N}),
        ("name", "starts", "日本", {N}),
        ("name", "starts", "本", set()),
        ("name", "is", "blue有限会社", {B}),
        ("name", "is", "日本電気工業", {N}),
        ("name", "is_not", "日本電気工業", {A, B}),
        ("memo", "is", "abc", {A, B}),
        ("memo", "contains", "b", {A, B}),
        ("memo", "is_not", "abc", {N}),
        ("memo", "empty", None, {N}),
        ("phone", "contains", "12345678", {A}),
        ("phone", "contains", "5678", {A}),
        ("kana", "empty", None, {B, N}),
        ("kana", "filled", None, {A}),
        ("rank", "any_of", ["a"], {A}),
        ("rank", "any_of", ["A", "b"], {A, B}),
        ("rank", "none_of", ["a"], {B, N}),
        ("rank", "empty", None, {N}),
        ("employees", "eq", 12, {A}),
        ("employees", "ne", 12, {B, N}),
        ("employees", "gt", "12", {B}),
        ("employees", "gte", 12, {A, B}),
        ("employees", "lt", 300, {A}),
        ("employees", "lte", 300, {A, B}),
        ("employees", "between", [300, 1], {A, B}),
        ("ratio", "eq", "0.125", {A}),
        ("ratio", "gt", 2, {B}),
        ("ratio", "between", ["0.1", "0.2"], {A}),
        ("budget", "gte", "1,000,000", {N}),
        ("traded_since", "on", "2026-11-02", {A}),
        ("traded_since", "before", "2026-11-02", {B}),
        ("traded_since", "after", "2025-04-01", {A}),
        ("traded_since", "between", ["2026-11-02", "2025-04-01"], {A, B}),
        ("traded_since", "within", "this_month", {A}),
        ("traded_since", "within", "last_fiscal_year", {B}),
        ("traded_since", "before", "this_month", {B}),
        ("traded_since", "after", "last_365_days", set()),
        ("opened", "within", "last_month", {A}),
        ("opened", "before", "2026-10-02", {A}),
        ("opened", "empty", None, {B, N}),
        ("colours", "has_any", ["red", "green"], {A, B}),
        ("colours", "has_all", ["red", "blue"], {A}),
        ("colours", "has_none", ["red"], {B, N}),
        ("colours", "empty", None, {N}),
        ("vip", "is_yes", None, {A}),
        ("vip", "is_no", None, {B}),
        ("vip", "empty", None, {N}),
        ("place", "contains", "東京都港", {A}),
        ("place", "empty", None, {B, N}),
        ("owner", "any_of", ["me"], {A}),
        ("owner", "any_of", ["my_team"], {A, N}),
        ("owner", "none_of", ["me"], {B, N}),
        ("helper", "any_of", ["me"], {B}),
        ("helper", "filled", None, {B}),
        ("parent", "filled", None, {N}),
        ("parent.rank", "any_of", ["a"], {N}),
        ("parent.rank", "none_of", ["b"], {N}),
        ("parent.memo", "is", "ABC", {N}),
        ("partner.prefecture", "is", "東京都", {N}),
        ("partner.ratio", "gt", 3, {N}),
    ],
)
def test_each_operator_finds_what_it_says(
    firm: Cast, field: str, op: str, value: Any, expected: set[str]
) -> None:
    assert names({"field": field, "op": op, "value": value}, Viewer(firm.aoyama)) == expected


def test_groups_join_with_and_and_or(firm: Cast) -> None:
    aichi = {"field": "prefecture", "op": "is", "value": "愛知県"}
    rank = {"field": "rank", "op": "any_of", "value": ["a", "b"]}
    viewer = Viewer(firm.aoyama)
    assert names({"all": [aichi, rank]}, viewer) == {A}
    assert names({"any": [aichi, rank]}, viewer) == {A, B, N}
    ours = {"field": "owner", "op": "any_of", "value": ["my_team"]}
    assert names({"all": [aichi, {"any": [rank, ours]}]}, viewer) == {A, N}
    assert names({"all": []}, viewer) == names(None, viewer) == {A, B, N}


def test_another_record_is_asked_for_by_its_uid(firm: Cast) -> None:
    account = Account.plain.get(name=A)
    viewer = Viewer(firm.aoyama)
    assert names({"field": "account", "op": "any_of", "value": [str(account.uid)]}, viewer, "contact") == {
        "田中"
    }


def test_a_record_behind_a_link_that_is_hidden_never_matches(firm: Cast) -> None:
    for op in ({"op": "is", "value": "愛知県"}, {"op": "is_not", "value": "東京都"}, {"op": "filled"}):
        written = {"field": "account.prefecture", **op}
        assert names(written, Viewer(firm.aoyama), "contact") == (
            {"田中", "鈴木"} if op["op"] == "filled" else {"田中"}
        )
        assert "佐藤" in names(written, Viewer(firm.senda), "contact")
    assert names({"field": "account.kana", "op": "empty"}, Viewer(firm.aoyama), "contact") == {"鈴木"}
    secret = Account.plain.get(name="秘密")
    with pytest.raises(Invalid):
        names(
            {"field": "account", "op": "any_of", "value": [str(secret.uid)]}, Viewer(firm.aoyama), "contact"
        )


def test_days_are_those_of_tokyo(firm: Cast) -> None:
    """23:30 in London is the morning of the next day here."""
    Account.plain.filter(name=A).update(updated_at=datetime(2026, 11, 24, 15, 30, tzinfo=UTC))
    Account.plain.exclude(name=A).update(updated_at=datetime(2026, 11, 24, 14, 59, tzinfo=UTC))
    viewer = Viewer(firm.aoyama)
    assert names({"field": "updated_at", "op": "within", "value": "today"}, viewer) == {A}
    assert names({"field": "updated_at", "op": "on", "value": "2026-11-24"}, viewer) == {B, N}
    assert names({"field": "updated_at", "op": "before", "value": "today"}, viewer) == {B, N}


DAYS = st.dates(TODAY - timedelta(60), TODAY + timedelta(9)).map(str)
NUMBERS = {"employees", "floors", "ratio"}
PERIODS = ["this_month", "last_week", "last_30_days", "next_month", "this_fiscal_year"]
KINDS: dict[str, Any] = {
    "name": st.sampled_from(["青", "A", "ａ", "株式会社", "商", "x'%_\\", "Blue有限会社"]),
    "memo": st.sampled_from(["abc", "ABC", "Ａ", "メモ", '"', "b"]),
    "phone": st.sampled_from(["03", "0312345678", "5-6", "5678"]),
    "rank": st.sampled_from(["a", "b", "c"]),
    "colour": st.sampled_from(COLOURS),
    "colours": st.sampled_from(COLOURS),
    "employees": st.integers(-5, 40),
    "floors": st.integers(-5, 40),
    "ratio": st.sampled_from(["0.1", "0.125", "-3.5", "12", "7.001"]),
    "traded_since": DAYS | st.sampled_from(["today", "this_month"]),
    "opened": DAYS | st.sampled_from(["last_7_days"]),
    "met_at": DAYS,
    "updated_at": DAYS,
    "vip": st.just("yes"),
    "place": st.sampled_from(["東京", "港区", "愛知県名"]),
    "owner": st.sampled_from(["me", "my_team"]),
    "helper": st.sampled_from(["me", "my_team"]),
    "parent": st.nothing(),
    "partner": st.nothing(),
}  # fmt: skip


def some_test(viewer: Viewer, prefix: str = "") -> st.SearchStrategy[Any]:
    def of(key: str) -> st.SearchStrategy[Any]:
        field = path.find(f"{prefix}{key}", "account", viewer)
        assert field is not None
        value = KINDS[key]

        def with_operator(operator: conditions.Operator) -> st.SearchStrategy[Any]:
            wanted: dict[str, Any] = {
                "nothing": st.none(), "one": value, "many": st.lists(value, min_size=1, max_size=3),
                "two": st.lists(value if key in NUMBERS else DAYS, min_size=2, max_size=2),
                "period": st.sampled_from(PERIODS),
            }  # fmt: skip
            found = wanted[operator.takes]
            return found.map(lambda v: {"field": f"{prefix}{key}", "op": operator.key, "value": v})

        operators = [
            o for o in field.family.offered() if not (key in {"parent", "partner"} and o.takes == "many")
        ]
        return st.sampled_from(operators).flatmap(with_operator)

    return st.sampled_from(sorted(KINDS)).flatmap(of)


def conditions_for(viewer: Viewer) -> st.SearchStrategy[Any]:
    one = some_test(viewer) | some_test(viewer) | some_test(viewer, "parent.") | some_test(viewer, "partner.")
    return st.recursive(
        one,
        lambda inner: st.dictionaries(
            st.sampled_from(["all", "any"]), st.lists(inner, max_size=3), min_size=1, max_size=1
        ),
        max_leaves=6,
    )  # fmt: skip


NAMES = ("青空", "株式会社青葉商事", "ABC商会", "Ａ工業", "Blue有限会社", "x'%_\\社")
PLACES = ({"prefecture": "東京都", "city": "港区"}, {"prefecture": "愛知県", "city": "名古屋市"})
PRIVACIES = ("", "", "team", "private")


def invent_accounts(cast: Cast, how_many: int) -> None:
    dice = random.Random(7)

    def maybe(*options: Any) -> Any:
        return dice.choice([None, *options])

    made: list[Account] = []
    for number in range(how_many):
        day = TODAY - timedelta(dice.randrange(70) - 8)
        row = {
            "name": f"{dice.choice(NAMES)}{number}", "phone": maybe("03-1234-5678", "052-555-6789"),
            "rank": maybe("a", "b", "c"), "employees": maybe(0, 3, 40, -5), "floors": maybe(0, 7, 40),
            "traded_since": maybe(day, "2026-11-25"), "memo": maybe("Abc", "ABC", "ＡＢＣ", "メモ\"'"),
            "ratio": maybe("0.1", "0.125", "-3.5", "12", "7.001"), "opened": maybe(day),
            "met_at": maybe(f"{day} 00:10", f"{day} 23:50"), "vip": maybe(True, False), "colour": maybe(*COLOURS),
            "colours": dice.sample(COLOURS, dice.randrange(4)), "place": maybe(*PLACES),
            "owner": dice.choice([cast.aoyama, cast.baba, cast.senda]), "helper": maybe(cast.aoyama, cast.senda),
            "parent": maybe(*made[-3:]), "partner": maybe(*made[-3:]), "privacy": dice.choice(PRIVACIES),
        }  # fmt: skip
        made.append(actions.create("account", row, by=cast.osaki if row["privacy"] == "" else row["owner"]))
        moment = datetime(2026, 11, 25, dice.choice([3, 14, 15]), 30, tzinfo=UTC) - timedelta(
            dice.randrange(60)
        )
        Account.plain.filter(pk=made[-1].pk).update(updated_at=moment)
    for account in dice.sample(made, 4):
        actions.trash(account, by=account.owner or cast.osaki)


def test_sql_and_memory_agree_on_random_conditions(cast: Cast) -> None:
    add_custom_fields("account")
    invent_accounts(cast, 40)
    viewer = Viewer(cast.aoyama)

    @settings(max_examples=250, suppress_health_check=list(HealthCheck), database=None)
    @given(conditions_for(viewer))
    def agree(written: Any) -> None:
        names(written, viewer)

    agree()


def test_contacts_are_told_apart_from_their_accounts(firm: Cast) -> None:
    assert Contact.plain.count() == 4
