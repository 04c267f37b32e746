"""The same rule is kept on every way in: a new record, an edit, a grid, many at once, a phone, an import, the API."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.activities.models import Talk
from daifuku.customers.models import Account
from daifuku.foundation.errors import Invalid
from daifuku.ledger.channel import through
from daifuku.phone.actions import enter
from daifuku.records import actions as records
from daifuku.records.actions.rows import RowChange, change_rows, create_many, rehearse_create
from daifuku.rules import actions
from daifuku.rules.tests.conftest import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
ALWAYS = {"missing": "refuse", "moment": "always"}


def problem(error: pytest.ExceptionInfo[Invalid]) -> tuple[str, str, str]:
    found = error.value.problems[0]
    return found.field, found.code, found.message


def test_a_new_record_without_it_is_refused_by_name(cast: Cast, rule: Callable[..., Any]) -> None:
    rule(title="会社の電話", missing="refuse")
    with pytest.raises(Invalid) as error:
        records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    sentence = "電話番号を入力してください（運用ルール「会社の電話」）。"
    assert problem(error) == ("phone", "rule", sentence)
    assert records.create("account", {"name": "青葉商事", "phone": "052-123-4567"}, by=cast.aoyama).pk


def test_of_a_new_record_only_leaves_old_ones_alone(cast: Cast, rule: Callable[..., Any]) -> None:
    firm = records.create("account", {"name": "青葉商事", "phone": "052-123-4567"}, by=cast.aoyama)
    rule(missing="refuse")
    assert records.edit(firm, {"phone": ""}, by=cast.aoyama).phone == ""


def test_from_then_on_nobody_empties_it(cast: Cast, rule: Callable[..., Any]) -> None:
    firm = records.create("account", {"name": "青葉商事", "phone": "052-123-4567"}, by=cast.aoyama)
    rule(**ALWAYS)
    with pytest.raises(Invalid):
        records.edit(firm, {"phone": ""}, by=cast.aoyama)
    assert records.edit_many("account", [firm.pk], {"phone": ""}, by=cast.aoyama).refused


def test_an_old_record_may_be_changed_elsewhere(cast: Cast, rule: Callable[..., Any]) -> None:
    """Whoever corrects a name is not asked for what somebody left out years ago."""
    firm = records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    rule(**ALWAYS)
    assert records.edit(firm, {"name": "青葉商会"}, by=cast.aoyama).name == "青葉商会"


def test_from_this_stage_on(cast: Cast, rule: Callable[..., Any]) -> None:
    firm = records.create("account", {"name": "青葉商事", "status": "prospect"}, by=cast.aoyama)
    keys = [option.key for option in registry_options("account", "status")]
    rule(**ALWAYS, stage_field="status", stage_from=keys[1])
    with pytest.raises(Invalid) as error:
        records.edit(firm, {"status": keys[2]}, by=cast.aoyama)
    assert problem(error)[0] == "phone"
    assert records.edit(firm, {"status": keys[2], "phone": "052-123-4567"}, by=cast.aoyama).status == keys[2]


def registry_options(kind: str, field: str) -> Any:
    from daifuku.records.catalogue import vocabulary

    return vocabulary.fields_of(kind)[field].type.options  # type: ignore[attr-defined]


def test_it_counts_only_where_the_condition_holds(cast: Cast, rule: Callable[..., Any]) -> None:
    firm = records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    rule(title="電話の日時", object="talk", required=["contact"], condition=PHONE, missing="refuse")
    call = {"method": "phone", "content": "other", "text": "納期の件", "account": firm}
    with pytest.raises(Invalid):
        records.create("talk", call, by=cast.aoyama)
    assert records.create("talk", call | {"method": "mail"}, by=cast.aoyama).pk


def test_the_phone_meets_the_same_gate(cast: Cast, rule: Callable[..., Any]) -> None:
    firm = records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    rule(title="相手の名前", object="talk", required=["contact"], missing="refuse")
    call = {"method": "phone", "content": "other", "text": "納期の件", "account": str(firm.uid)}
    with through("phone"), pytest.raises(Invalid) as error:
        enter(call, by=cast.aoyama, uid=uuid.uuid4())
    assert problem(error)[0] == "contact"
    assert not Talk.plain.exists()


def test_an_import_refuses_the_row_and_not_the_others(
    cast: Cast, rule: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    rule(missing="refuse")
    rows = [{"name": f"商事{n}", "phone": "052-123-4567" if n % 2 else ""} for n in range(40)]
    assert sum(isinstance(row, Invalid) for row in rehearse_create("account", rows, by=cast.aoyama)) == 20
    with through("import"):
        made = create_many("account", rows, by=cast.aoyama)
    assert sum(isinstance(row, Invalid) for row in made) == 20
    assert Account.plain.count() == 20


def test_a_grid_refuses_the_row(cast: Cast, rule: Callable[..., Any]) -> None:
    firm = records.create("account", {"name": "青葉商事", "phone": "052-123-4567"}, by=cast.aoyama)
    rule(**ALWAYS)
    [result] = change_rows("account", [RowChange(firm.pk, {"phone": ""})], by=cast.aoyama)
    assert isinstance(result, Invalid)


def test_a_field_that_must_stay_empty(cast: Cast, rule: Callable[..., Any]) -> None:
    rule(title="取引前", required=[], emptied=["traded_since"], **ALWAYS)
    with pytest.raises(Invalid) as error:
        records.create("account", {"name": "青葉商事", "traded_since": "2020-04-01"}, by=cast.aoyama)
    assert "空欄にしてください" in problem(error)[2]


def test_whom_his_role_keeps_from_the_field_it_does_not_keep_from_work(
    cast: Cast, rule: Callable[..., Any]
) -> None:
    rep = cast.aoyama.roles.get()
    rule(missing="refuse")
    rep.field_rules = {"account": {"phone": "readonly"}}
    rep.save()
    firm = records.create("account", {"name": "青葉商事"}, by=fresh(cast.aoyama))
    assert firm.pk


def fresh(person: Any) -> Any:
    return type(person).objects.get(pk=person.pk)


def test_switched_off_it_asks_for_nothing(cast: Cast, rule: Callable[..., Any]) -> None:
    made = rule(missing="refuse")
    actions.switch_rule(made, on=False, by=cast.mizuno)
    assert records.create("account", {"name": "青葉商事"}, by=cast.aoyama).pk


def test_pages_show_the_rule_and_keep_what_was_typed(
    cast: Cast, rule: Callable[..., Any], client: Client
) -> None:
    rule(title="会社の電話", missing="refuse")
    client.force_login(cast.aoyama)
    assert "会社の電話" not in (page := client.get("/accounts/new/").content.decode())
    assert "取引先を登録するとき、電話番号を入力します。足りないと保存できません。" in page
    answer = client.post("/accounts/new/", {"name": "青葉商事", "kana": "アオバショウジ"})
    assert answer.status_code == 422
    assert "運用ルール「会社の電話」" in answer.content.decode()
    assert "アオバショウジ" in answer.content.decode()
