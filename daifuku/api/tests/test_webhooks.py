"""Webhooks over HTTP: set up, changed with its version, watched, sent once more; by whoever edits the settings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.ledger.models import Event, IdempotentRequest
from daifuku.messages.models import Webhook
from daifuku.staff.models import Role

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
NEW = {
    "name": "基幹",
    "address": "https://erp.example.jp/hook",
    "kinds": ["lead.created"],
    "objects": ["lead"],
}


def made(program: Program, **more: Any) -> dict[str, Any]:
    answer = program.post("/webhooks", {**NEW, **more})
    assert answer.status_code == 201, answer.content.decode()
    body: dict[str, Any] = said(answer)
    return body


def test_one_is_set_up_read_changed_and_removed(mizuno: Program, cast: Cast) -> None:
    hook = made(mizuno)
    assert hook["secret"].startswith("whsec_")
    assert (hook["person"]["label"], hook["active"], hook["version"]) == ("水野 誠", True, 1)
    path = f"/webhooks/{hook['uid']}"
    assert said(mizuno.get(path)) == {**hook, "secret": None}
    assert [each["uid"] for each in said(mizuno.get("/webhooks"))["items"]] == [hook["uid"]]
    changed = mizuno.patch(path, {"name": "会計", "kinds": []}, If_Match='"1"')
    assert (said(changed)["name"], said(changed)["kinds"], changed["ETag"]) == ("会計", [], '"2"')
    assert problem(mizuno.patch(path, {"active": False}, If_Match='"1"'))["status"] == 412
    stopped = said(mizuno.patch(path, {"active": False}, If_Match='"2"'))
    assert (stopped["active"], stopped["stopped"]) == (False, "person")
    assert said(mizuno.patch(path, {"active": True}))["stopped_at"] is None
    assert mizuno.delete(path).status_code == 204
    assert problem(mizuno.get(path))["status"] == 404
    line = Event.objects.get(kind="webhook.removed")
    assert mizuno.post(f"/events/{line.pk}/undo").status_code == 200
    assert mizuno.get(path).status_code == 200


def test_a_condition_is_set_changed_and_refused_with_a_sentence(mizuno: Program, cast: Cast) -> None:
    condition = {"all": [{"field": "family_name", "op": "is", "value": "佐藤"}]}
    hook = made(mizuno, condition=condition)
    assert (hook["condition"], hook["held"]) == (condition, "")
    path = f"/webhooks/{hook['uid']}"
    refused = problem(mizuno.patch(path, {"condition": {"all": [{"field": "x", "op": "is", "value": "y"}]}}))
    assert (refused["status"], refused["problems"][0]["field"]) == (422, "condition")
    assert problem(mizuno.patch(path, {"objects": []}))["problems"][0]["field"] == "condition"
    assert said(mizuno.patch(path, {"condition": {}}))["condition"] == {}


def test_the_secret_is_not_kept_for_whoever_asks_the_same_again(mizuno: Program) -> None:
    first = mizuno.post("/webhooks", NEW, Idempotency_Key="k1")
    again = mizuno.post("/webhooks", NEW, Idempotency_Key="k1")
    assert (said(first)["uid"], said(again)["secret"]) == (said(again)["uid"], None)
    assert again["Idempotent-Replayed"] == "true"
    assert first["Cache-Control"] == "no-store"
    path = f"/webhooks/{said(first)['uid']}/secret"
    new = mizuno.post(path, Idempotency_Key="k2")
    assert said(new)["secret"] not in {None, said(first)["secret"]}
    assert said(new)["old_secret_until"] is not None
    kept = json.dumps(list(IdempotentRequest.objects.values_list("body", flat=True)))
    assert "whsec_" not in kept
    assert Webhook.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"address": "http://10.0.0.1/"}, "address"), ({"address": "https://0x7f.1/"}, "address"),
        ({"address": "x" * 4001}, "address"), ({"kinds": ["x"]}, "kinds"), ({"objects": ["x"]}, "objects"),
        ({"name": ""}, "name"), ({"secret": "mine"}, "secret"), ({"person": "x"}, "person"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_field(body: dict[str, Any], field: str, mizuno: Program) -> None:
    found = problem(mizuno.post("/webhooks", {**NEW, **body}))
    assert found["status"] == 422
    assert [each["field"] for each in found["problems"]] == [field]
    assert Webhook.objects.count() == 0


def test_kinds_that_may_be_chosen(mizuno: Program, cast: Cast) -> None:
    found = {each["key"]: each["label"] for each in said(mizuno.get("/webhooks/kinds"))["items"]}
    assert found["account.created"] == "取引先: 登録"
    assert "person.signed_in" in found
    cast.osaki.roles.set([Role.objects.create(key="second", name="設定", grants={}, powers=["settings"])])
    assert "person.signed_in" not in {
        each["key"] for each in said(Program(cast.osaki).get("/webhooks/kinds"))["items"]
    }


def test_deliveries_are_read_sent_again_and_dropped(mizuno: Program, cast: Cast) -> None:
    path = f"/webhooks/{made(mizuno)['uid']}"
    for _number in range(3):
        sent = mizuno.post(f"{path}/test")
        assert sent.status_code == 202
    page = said(mizuno.get(f"{path}/deliveries?size=2"))
    assert [each["state"] for each in page["items"]] == ["waiting", "waiting"]
    assert len(said(mizuno.get(f"{path}/deliveries?before={page['next']}"))["items"]) == 1
    assert said(mizuno.get(f"{path}/deliveries?state=done"))["items"] == []
    assert problem(mizuno.get(f"{path}/deliveries?state=lost"))["status"] in {400, 422}
    assert said(mizuno.delete(f"{path}/deliveries")) == {"dropped": 3}
    one = said(mizuno.get(f"{path}/deliveries/{said(sent)['uid']}"))
    assert (one["state"], one["sentence"], one["body"]) == ("skipped", "送信を取りやめました。", "")
    assert said(mizuno.post(f"{path}/deliveries/{one['uid']}/again"))["state"] == "waiting"


def test_the_words_are_for_its_owner_alone(mizuno: Program, cast: Cast) -> None:
    path = f"/webhooks/{made(mizuno)['uid']}"
    uid = said(mizuno.post(f"{path}/test"))["uid"]
    cast.osaki.roles.set([Role.objects.create(key="second", name="設定", grants={}, powers=["settings"])])
    osaki = Program(cast.osaki)
    assert said(osaki.get(f"{path}/deliveries/{uid}"))["body"] is None
    assert problem(osaki.patch(path, {"address": "https://evil.example/"}))["status"] == 403
    assert problem(osaki.post(f"{path}/secret"))["status"] == 403
    assert said(osaki.post(f"{path}/take_over"))["person"]["label"] == "大崎 涼"
    assert said(osaki.patch(path, {"address": "https://own.example/"}))["address"] == "https://own.example/"
    assert problem(mizuno.patch(path, {"name": "x"}))["status"] == 403


def test_a_replay_is_a_job(mizuno: Program) -> None:
    path = f"/webhooks/{made(mizuno)['uid']}"
    job = mizuno.post(f"{path}/replay", {"day": "2026-01-01"})
    assert (job.status_code, said(job)["kind"]) == (202, "messages.replay_webhook")
    assert said(mizuno.get(f"/jobs/{said(job)['uid']}"))["state"] == "waiting"
    for wrong in ({}, {"day": "2026-01-01", "line": 1}, {"line": 0}, {"day": "yesterday"}, {"since": 1}):
        assert problem(mizuno.post(f"{path}/replay", wrong))["status"] == 422
    mizuno.patch(path, {"active": False})
    assert problem(mizuno.post(f"{path}/replay", {"line": 1}))["code"] == "stopped"


def test_nobody_else_comes_in(aoyama: Program, mizuno: Program) -> None:
    path = f"/webhooks/{made(mizuno)['uid']}"
    for answer in (
        aoyama.get("/webhooks"), aoyama.post("/webhooks", NEW), aoyama.get(path), aoyama.delete(path),
        aoyama.post(f"{path}/test"), aoyama.get(f"{path}/deliveries"),
    ):  # fmt: skip
        assert problem(answer)["status"] == 403
