"""Fields, choices, tags and names of records changed over HTTP, by whoever edits the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.customers.models import Account
from daifuku.jobs.testing import work_off
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.actions import tagging
from daifuku.records.models import CustomField, Tag

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_a_field_is_added_used_changed_retired_and_brought_back(mizuno: Program, aoyama: Program) -> None:
    body = {"type": "integer", "label": "機械の台数", "label_en": "Machines", "default": 3}
    made = mizuno.post("/accounts/fields", body, Idempotency_Key="f")
    assert (made.status_code, said(made)["key"], said(made)["retired"]) == (201, "machines", False)
    assert said(mizuno.post("/accounts/fields", body, Idempotency_Key="f")) == said(made)
    account = said(aoyama.post("/accounts", {"name": "青葉", "machines": 5}))
    path = "/accounts/fields/machines"
    changed = mizuno.patch(path, {"help": "工場の分も", "default": None}, If_Match=made["ETag"])
    assert (said(changed)["help"], said(changed)["default"]) == ("工場の分も", None)
    assert problem(mizuno.patch(path, {"help": "x"}, If_Match=made["ETag"]))["status"] == 412
    assert mizuno.delete(path).status_code == 204
    assert "machines" not in said(aoyama.get(f"/accounts/{account['uid']}"))
    assert said(mizuno.get(path))["retired"] is True
    assert said(mizuno.post(f"{path}/restore"))["retired"] is False
    assert said(aoyama.get(f"/accounts/{account['uid']}"))["machines"] == 5


def test_fields_are_put_in_order(mizuno: Program) -> None:
    for label in ("一", "二"):
        said(mizuno.post("/leads/fields", {"type": "text", "label": label, "key": f"f{label == '二':d}"}))
    order = [{"key": "f1", "section": "custom"}, {"key": "f0", "section": "その他"}]
    items = said(mizuno.put("/leads/fields", {"order": order}))["items"]
    assert [(each["key"], each["section"]) for each in items] == [("f1", "custom"), ("f0", "その他")]
    assert problem(mizuno.put("/leads/fields", {"order": [{"key": "x", "section": "y"}]}))["status"] == 422


def test_a_field_gets_another_type_after_a_look_at_what_would_be_lost(mizuno: Program, cast: Cast) -> None:
    said(mizuno.post("/accounts/fields", {"type": "text", "label": "台数", "key": "count"}))
    for value in ("10", "たくさん"):
        actions.create("account", {"name": value, "count": value}, by=cast.aoyama)
    path = "/accounts/fields/count/type"
    seen = said(mizuno.post(path, {"type": "integer", "preview": True}))
    assert (seen["count"], seen["lost"], seen["event"]) == (2, 1, None)
    assert CustomField.objects.get(key="count").type == "text"
    done = said(mizuno.post(path, {"type": "integer"}))
    assert (done["job"], Account.plain.get(name="10").custom["count"]) == (None, 10)
    assert problem(mizuno.post(path, {"type": "integer"}))["code"] == "same_type"
    mizuno.post(f"/events/{done['event']}/undo")
    work_off()
    assert {each.custom["count"] for each in Account.plain.all()} == {"10", "たくさん"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"type": "x", "label": "台数"}, "type"), ({"type": "text", "label": ""}, "label"),
        ({"type": "text", "label": "台数", "key": "1"}, "key"), ({"type": "text", "label": "台数", "x": 1}, "x"),
        ({"type": "integer", "label": "台数", "default": "x"}, "default"), ({"label": "台数"}, "type"),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_is_refused(mizuno: Program, body: Any, field: str) -> None:
    answer = mizuno.post("/accounts/fields", body)
    assert (answer.status_code, problem(answer)["problems"][0]["field"]) == (422, field)
    assert CustomField.objects.count() == 0


def test_choices_are_added_renamed_ordered_retired_and_replaced(mizuno: Program, cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉", "rank": "a"}, by=cast.aoyama)
    path = "/accounts/fields/rank/choices"
    made = mizuno.post(path, {"label": "特別", "colour": "purple"})
    assert made.status_code == 201
    new = said(made)["key"]
    assert problem(mizuno.post(path, {"label": "特別"}))["code"] == "label_taken"
    assert said(mizuno.put(path, {"order": [new]}))["items"][0]["label"] == "特別"
    assert said(mizuno.patch(f"{path}/{new}", {"label": "最重要"}))["label"] == "最重要"
    replaced = said(mizuno.post(f"{path}/a/replace", {"new": new}))
    assert (replaced["count"], replaced["job"]) == (1, None)
    assert said(mizuno.get(f"/accounts/{account.uid}"))["rank"] == new
    assert said(mizuno.patch(f"{path}/a", {"active": False}))["active"] is False
    items = {each["key"]: each for each in said(mizuno.get(path))["items"]}
    assert (items["a"]["active"], items[new]["label"]) == (False, "最重要")
    for step, body in (
        ("/nothing", {"label": "x"}),
        ("/nothing/replace", {"new": "b"}),
        ("/a/replace", {"new": "zz"}),
    ):
        method = "POST" if step.endswith("replace") else "PATCH"
        assert problem(mizuno.ask(method, path + step, body))["status"] == 404, step
    assert problem(mizuno.post("/accounts/fields/name/choices", {"label": "x"}))["status"] == 404


def test_many_records_get_another_choice_in_the_background(
    mizuno: Program, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daifuku.records.actions.replacing.AT_ONCE", 1)
    for name in ("青葉", "若葉"):
        actions.create("account", {"name": name, "rank": "a"}, by=cast.aoyama)
    replaced = said(mizuno.post("/accounts/fields/rank/choices/a/replace", {"new": "b"}))
    assert said(mizuno.get(f"/jobs/{replaced['job']}"))["state"] == "waiting"
    work_off()
    assert set(Account.plain.values_list("rank", flat=True)) == {"b"}


def test_tags_are_listed_with_colours_and_kept_in_order(mizuno: Program, aoyama: Program, cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    tagging.put_tag(account, "展示会", by=cast.aoyama)
    made = said(mizuno.post("/tags", {"name": "紹介", "colour": "teal"}))
    path = f"/tags/{made['id']}"
    assert [(each["name"], each["colour"]) for each in said(aoyama.get("/tags"))["items"]] == [
        ("展示会", "grey"), ("紹介", "teal"),
    ]  # fmt: skip
    assert said(mizuno.patch(path, {"name": "ご紹介"}))["name"] == "ご紹介"
    assert problem(mizuno.patch(path, {"name": "展示会"}))["code"] == "tag_exists"
    assert problem(mizuno.patch(path, {"colour": "pinkish"}))["status"] == 422
    other = Tag.objects.get(name="展示会").pk
    assert said(mizuno.post(f"/tags/{other}/merge", {"into": made["id"]}))["name"] == "ご紹介"
    assert [each["name"] for each in said(aoyama.get(f"/accounts/{account.uid}/tags"))["items"]] == ["ご紹介"]
    assert mizuno.delete(path).status_code == 204
    assert said(aoyama.get("/tags"))["items"] == []
    assert {each["retired"] for each in said(mizuno.get("/tags?retired=true"))["items"]} == {True}
    assert said(mizuno.post(f"{path}/restore"))["retired"] is False
    assert problem(mizuno.post(f"{path}/merge", {"into": 987654}))["status"] == 404


def test_the_firm_calls_its_records_what_it_likes(mizuno: Program) -> None:
    assert mizuno.patch("/objects/accounts", {"label": "得意先"}).status_code == 204
    told = {each["slug"]: each["label"] for each in said(mizuno.get("/objects"))["items"]}
    assert told["accounts"] == "得意先"
    assert problem(mizuno.patch("/objects/accounts", {"label": "x" * 31}))["status"] == 422


def test_who_does_not_edit_the_settings_changes_none_of_them(
    aoyama: Program, senda: Program, mizuno: Program
) -> None:
    said(mizuno.post("/accounts/fields", {"type": "text", "label": "沿革", "key": "history"}))
    tag = said(mizuno.post("/tags", {"name": "紹介"}))["id"]
    before = Event.objects.count()
    for method, path, body in (
        ("PATCH", "/objects/accounts", {"label": "x"}), ("POST", "/accounts/fields", {"type": "text", "label": "x"}),
        ("PUT", "/accounts/fields", {"order": []}), ("GET", "/accounts/fields/history", None),
        ("PATCH", "/accounts/fields/history", {"label": "x"}), ("DELETE", "/accounts/fields/history", None),
        ("POST", "/accounts/fields/history/restore", None), ("GET", "/accounts/fields/nothing", None),
        ("POST", "/accounts/fields/history/type", {"type": "integer"}),
        ("POST", "/accounts/fields/rank/choices", {"label": "x"}),
        ("PUT", "/accounts/fields/rank/choices", {"order": []}),
        ("PATCH", "/accounts/fields/rank/choices/a", {"label": "x"}),
        ("POST", "/accounts/fields/rank/choices/a/replace", {"new": "b"}), ("POST", "/tags", {"name": "x"}),
        ("PATCH", f"/tags/{tag}", {"name": "x"}), ("DELETE", f"/tags/{tag}", None),
        ("POST", f"/tags/{tag}/restore", None),
        ("POST", f"/tags/{tag}/merge", {"into": tag}), ("GET", "/tags?retired=true", None),
    ):  # fmt: skip
        assert problem(aoyama.ask(method, path, body))["status"] == 403, (method, path)
    assert Event.objects.count() == before


def test_a_field_that_is_called_like_a_part_of_a_record_is_still_a_field(mizuno: Program) -> None:
    for key in ("comments", "follow", "views", "restore"):
        said(mizuno.post("/accounts/fields", {"type": "text", "label": f"項目 {key}", "key": key}))
        assert said(mizuno.get(f"/accounts/fields/{key}"))["key"] == key
