"""The administrator sets rules: those that contradict one another or would keep everybody out are refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.duties.models.policy import policy
from daifuku.foundation.errors import Forbidden, Invalid, Stale
from daifuku.ledger.models import Event
from daifuku.records import actions as records
from daifuku.records import undoing
from daifuku.records.actions.custom_fields import add_field
from daifuku.rules import actions
from daifuku.rules.models import Rule
from daifuku.rules.preview import preview
from daifuku.rules.words import sentence_of
from daifuku.staff.models import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
RANK_A = {"all": [{"field": "rank", "op": "any_of", "value": ["a"]}]}
RANK_B = {"all": [{"field": "rank", "op": "any_of", "value": ["b"]}]}


def refused(make: Callable[[], Any]) -> dict[str, str]:
    with pytest.raises(Invalid) as error:
        make()
    return {problem.field: problem.message for problem in error.value.problems}


def test_only_whoever_keeps_the_settings_may(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        actions.create_rule({"title": "電話", "object": "account", "required": ["phone"]}, by=cast.aoyama)


def test_a_rule_says_itself_in_one_sentence(cast: Cast, rule: Callable[..., Rule]) -> None:
    made = rule(condition=RANK_A, amount=2)
    assert sentence_of(made) == (
        "取引先を登録するとき（ランクがA）、電話番号を入力します。足りないものは、担当の社員が2営業日のうちに入力します。"
    )


def test_what_one_demands_and_the_other_forbids(cast: Cast, rule: Callable[..., Rule]) -> None:
    rule(title="電話がいる")
    problems = refused(lambda: rule(title="電話はいらない", required=[], emptied=["phone"], missing="refuse"))
    assert problems["required"] == (
        "ルール「電話がいる」は「電話番号」を必須にし、ルール「電話はいらない」は空欄にするよう求めています。両方は守れません。"
    )


def test_two_deadlines_for_the_same(cast: Cast, rule: Callable[..., Rule]) -> None:
    rule(title="急ぎ", amount=1)
    assert "「ゆっくり」と「急ぎ」" in refused(lambda: rule(title="ゆっくり", amount=5))["until"]


def test_one_refuses_what_the_other_puts_off(cast: Cast, rule: Callable[..., Rule]) -> None:
    rule(title="あとで")
    assert "「いま」と「あとで」" in refused(lambda: rule(title="いま", missing="refuse"))["missing"]


def test_of_different_records_they_do_not_contradict(cast: Cast, rule: Callable[..., Rule]) -> None:
    rule(title="急ぎ", amount=1, condition=RANK_A)
    assert rule(title="空欄", required=[], emptied=["phone"], condition=RANK_B).pk


def test_a_rule_that_nobody_can_keep(cast: Cast, rule: Callable[..., Rule]) -> None:
    empty = {"all": [{"field": "phone", "op": "empty"}]}
    assert "守れる記録はありません" in refused(lambda: rule(condition=empty, missing="refuse"))["condition"]


def test_a_field_that_no_role_may_write_would_keep_everybody_out(
    cast: Cast, rule: Callable[..., Rule]
) -> None:
    for role in Role.objects.all():
        role.field_rules = {"account": {"phone": "readonly"}}
        role.save()
    sentence = refused(rule)["required"]
    assert sentence.startswith("「電話番号」を入力できる役割がありません")


def test_what_is_worked_out_nobody_types(cast: Cast, rule: Callable[..., Rule]) -> None:
    assert "自動で決まる" in refused(lambda: rule(required=["created_at"]))["required"]


def test_what_the_phone_does_not_ask_is_not_refused_there(cast: Cast, rule: Callable[..., Rule]) -> None:
    asked = {"title": "次の一手", "object": "talk", "required": ["next_step"]}
    assert rule(**asked, missing="refuse").pk
    field = add_field("talk", "person", "同席した人", by=cast.mizuno)
    other = {"title": "同席", "object": "talk", "required": [field.key]}
    assert "スマートフォン" in refused(lambda: rule(**other, missing="refuse"))["required"]
    assert rule(**other).pk


def test_me_is_nobody_in_a_rule(cast: Cast, rule: Callable[..., Rule]) -> None:
    mine = {"all": [{"field": "owner", "op": "any_of", "value": ["me"]}]}
    assert "自分" in refused(lambda: rule(condition=mine))["condition"]


def test_odd_input_is_told_by_its_field(cast: Cast, rule: Callable[..., Rule]) -> None:
    assert set(refused(lambda: rule(title=" ", object="nothing", amount="x", until="never"))) == {
        "title", "object", "amount", "until",
    }  # fmt: skip
    assert "required" in refused(lambda: rule(required=[]))
    assert "required" in refused(lambda: rule(required=["no_such"]))
    assert "amount" in refused(lambda: rule(amount=900))
    assert "person" in refused(lambda: rule(who="person"))


def test_changes_are_undone(cast: Cast, rule: Callable[..., Rule]) -> None:
    made = rule()
    actions.edit_rule(made, {"amount": 3, "substitute": str(cast.baba.uid)}, by=cast.mizuno)
    undoing.undo(Event.objects.filter(kind="rule.edited").latest("pk"), by=cast.mizuno)
    made.refresh_from_db()
    assert (made.amount, made.substitute) == (1, None)
    actions.remove_rule(made, by=cast.mizuno)
    undoing.undo(Event.objects.get(kind="rule.removed"), by=cast.mizuno)
    assert Rule.objects.in_force().get() == made


def test_two_who_change_it_at_once(cast: Cast, rule: Callable[..., Rule]) -> None:
    made = rule()
    actions.edit_rule(made, {"amount": 3}, by=cast.mizuno, version=1)
    with pytest.raises(Stale):
        actions.edit_rule(made, {"amount": 4}, by=cast.mizuno, version=1)


def test_the_minutes_of_a_call_are_one_number(cast: Cast) -> None:
    actions.install_shipped(by=cast.mizuno)
    call = Rule.objects.get(binds="call_minutes")
    assert "電話が終わってから15分のうちに記録します。" in sentence_of(call)
    actions.edit_rule(call, {"amount": 30}, by=cast.mizuno)
    assert policy().call_minutes == 30
    assert "30分" in sentence_of(call)


def test_a_firm_without_rules_is_shown_the_shipped_ones_before_it_takes_them(
    cast: Cast, login_as: Callable[[Person], Client]
) -> None:
    browser = login_as(cast.mizuno)
    assert "ひな型を見る" in browser.get("/").content.decode()
    assert "ひな型を見る" not in login_as(cast.aoyama).get("/").content.decode()
    page = browser.get("/settings/rules/").content.decode()
    assert "新規顧客の入力" in page
    assert "ひな型を入れて使い始める" in page
    assert not Rule.objects.exists()
    actions.install_shipped(by=cast.mizuno)
    assert "ひな型を見る" not in browser.get("/").content.decode()
    assert "data-preview" not in browser.get("/settings/rules/").content.decode()


def test_the_shipped_rules_come_once_and_can_be_taken_back(cast: Cast) -> None:
    event = actions.install_shipped(by=cast.mizuno)
    assert Rule.objects.in_force().count() == 7
    firm = records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    assert firm.pk, "they do not keep anybody from saving"
    undoing.undo(event, by=cast.mizuno)
    assert not Rule.objects.kept().exists()


def test_how_many_records_would_not_meet_it(cast: Cast, rule: Callable[..., Rule]) -> None:
    for n in range(4):
        records.create(
            "account", {"name": f"商事{n}", "rank": "a" if n else "b", "phone": "" if n > 1 else "052-123-4567"},
            by=cast.aoyama,
        )  # fmt: skip
    found = preview(rule(condition=RANK_A), None)  # type: ignore[arg-type]
    assert (found.total, found.failing, found.more) == (3, 2, False)


def test_the_page_keeps_what_was_typed(cast: Cast, rule: Callable[..., Rule], client: Client) -> None:
    rule(title="電話がいる")
    client.force_login(cast.mizuno)
    sent = {
        "title": "電話はいらない", "object": "account", "moment": "created", "missing": "duty", "until": "workdays",
        "amount": "1", "who": "owner", "emptied": ["phone"], "note": "迷惑だから",
    }  # fmt: skip
    answer = client.post("/settings/rules/new/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "電話がいる" in page
    assert "迷惑だから" in page
    assert client.post("/settings/rules/new/", sent | {"emptied": [], "required": ["fax"]}).status_code == 302
    assert Rule.objects.get(title="電話はいらない").required == ["fax"]


def test_the_page_counts_before_anything_is_kept(cast: Cast, client: Client) -> None:
    records.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    client.force_login(cast.mizuno)
    sent = {"title": "電話", "object": "account", "required": ["phone"], "preview": "1", "amount": "1"}
    page = client.post("/settings/rules/new/", sent).content.decode()
    assert "今ある記録 1件のうち 1件は、このルールに合っていません。" in page
    assert not Rule.objects.exists()


def test_rules_are_switched_on_the_list(cast: Cast, rule: Callable[..., Rule], client: Client) -> None:
    made = rule()
    client.force_login(cast.mizuno)
    page = client.get("/settings/rules/").content.decode()
    assert sentence_of(made) in page
    client.post(f"/settings/rules/{made.uid}/switch/", {"on": "0"})
    made.refresh_from_db()
    assert not made.on
    client.force_login(cast.aoyama)
    assert client.get("/settings/rules/").status_code == 404
    assert client.get(made.get_absolute_url()).status_code == 404


def test_the_form_of_a_kept_rule_opens_as_it_is(
    cast: Cast, rule: Callable[..., Rule], client: Client
) -> None:
    made = rule(condition=RANK_A, stage_field="status", stage_from="prospect", note="なぜなら")
    client.force_login(cast.mizuno)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "なぜなら" in page
    assert 'value="status|prospect" selected' in page
    assert 'name="required" value="phone" checked' in page
