"""Requests for new fields and the report of those that are there, as programs use them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.api.tests.support import problem, said
from daifuku.jobs.testing import work_off
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
WANTED: dict[str, Any] = {
    "object": "accounts", "label": "決算月", "type": "choice", "choices": ["3月", "9月"],
    "purpose": "提案の時期を決める。", "decider": "課長", "enterer": "担当の営業", "review_on": "2099-01-01",
}  # fmt: skip


def test_a_field_is_asked_for_supported_approved_and_made(
    aoyama: Program, senda: Program, mizuno: Program
) -> None:
    asked = said(aoyama.post("/field_requests", WANTED))
    one = f"/field_requests/{asked['uid']}"
    assert senda.put(f"{one}/support").status_code == 204
    assert senda.post(f"{one}/approve").status_code == 403
    assert said(mizuno.post(f"{one}/approve"))["state"] == "approved"
    field = said(mizuno.post(f"{one}/field", {"label_en": "Closing month", "section": "basic"}))
    assert (field["key"], field["label"], field["review_on"]) == ("closing_month", "決算月", "2099-01-01")
    done = said(aoyama.get(one))
    assert (done["state"], done["field"], done["supporters"]) == ("done", "closing_month", 1)
    labels = [each["label"] for each in said(aoyama.get("/accounts/fields/closing_month/choices"))["items"]]
    assert labels == ["3月", "9月"]


def test_a_request_is_worded_better_declined_opened_and_withdrawn(aoyama: Program, mizuno: Program) -> None:
    asked = said(aoyama.post("/field_requests", WANTED))
    one = f"/field_requests/{asked['uid']}"
    assert said(aoyama.patch(one, {"label": "決算の月"}))["label"] == "決算の月"
    assert aoyama.patch(one, {"label": "x"}, If_Match='"1"').status_code == 412
    assert mizuno.patch(one, {"label": "x"}).status_code == 403
    assert mizuno.post(f"{one}/decline", {"reason": " "}).status_code == 422
    assert said(mizuno.post(f"{one}/decline", {"reason": "備考で足ります。"}))["reason"] == "備考で足ります。"
    assert aoyama.delete(one).status_code == 409
    assert said(mizuno.post(f"{one}/reopen"))["state"] == "open"
    assert aoyama.delete(one).status_code == 204
    assert said(aoyama.get("/field_requests?state=open"))["items"] == []
    assert said(aoyama.get("/field_requests?object=accounts"))["items"][0]["state"] == "withdrawn"


def test_what_is_wrong_is_said_of_each_field(aoyama: Program) -> None:
    answer = aoyama.post("/field_requests", {**WANTED, "purpose": "", "review_on": "2020-01-01", "type": "x"})
    assert answer.status_code == 422
    assert {each["field"] for each in problem(answer)["problems"]} == {"purpose", "review_on", "type"}
    assert aoyama.post("/field_requests", {**WANTED, "object": "nothing"}).status_code == 404


def test_pages_of_requests_go_on_where_the_last_one_ended(aoyama: Program) -> None:
    for number in range(3):
        aoyama.post("/field_requests", {**WANTED, "label": f"項目{number}"})
    first = said(aoyama.get("/field_requests?size=2"))
    second = said(aoyama.get(f"/field_requests?size=2&before={first['next']}"))
    labels = [each["label"] for each in (*first["items"], *second["items"])]
    assert (labels, second["next"]) == (["項目2", "項目1", "項目0"], None)


def test_what_is_alike_is_found(aoyama: Program) -> None:
    found = said(aoyama.get("/field_requests/similar?object=accounts&label=ホームページ"))["items"]
    assert (found[0]["what"], found[0]["key"]) == ("field", "website")


def test_the_use_of_fields_is_reported_and_reviews_are_set(
    mizuno: Program, aoyama: Program, cast: Cast
) -> None:
    mizuno.post("/accounts/fields", {"type": "text", "label": "紹介者", "key": "introducer"})
    actions.create("account", {"name": "青葉商事", "introducer": "山田"}, by=cast.aoyama)
    answer = mizuno.put("/accounts/fields/introducer/review", {"on": "2099-01-01"})
    assert said(answer)["review_on"] == "2099-01-01"
    assert mizuno.put("/accounts/fields/introducer/review", {"on": "2020-01-01"}).status_code == 422
    usage = said(mizuno.get("/accounts/field_usage"))
    item = next(each for each in usage["items"] if each["key"] == "introducer")
    assert (usage["total"], item["filled"], item["percent"], item["why"]) == (1, 1, 100.0, [])
    assert item["entered_at"] and item["review_on"] == "2099-01-01"
    job = said(mizuno.post("/field_usage"))
    work_off()
    assert said(mizuno.get(f"/jobs/{job['uid']}"))["state"] == "done"
    assert aoyama.get("/accounts/field_usage").status_code == 403
