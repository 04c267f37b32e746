"""Rules and the rule book by the API: what the pages do, with the same refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.rules.actions import install_shipped

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
PHONE = {"title": "会社の電話", "object": "account", "required": ["phone"], "missing": "refuse"}


def test_a_rule_is_made_kept_and_switched(aoyama: Program, cast: Cast) -> None:
    mizuno = Program(cast.mizuno)
    made = said(mizuno.post("/rules", PHONE))
    assert made["sentence"] == "取引先を登録するとき、電話番号を入力します。足りないと保存できません。"
    refused = aoyama.post("/accounts", {"name": "青葉商事"})
    assert refused.status_code == 422
    assert "phone" in str(problem(refused))
    said(mizuno.patch(f"/rules/{made['uid']}", {"on": False}))
    assert aoyama.post("/accounts", {"name": "青葉商事"}).status_code == 201
    assert said(mizuno.get(f"/rules/{made['uid']}/preview"))["failing"] == 1
    assert mizuno.delete(f"/rules/{made['uid']}").status_code == 204
    assert said(mizuno.get("/rules"))["items"] == []
    assert aoyama.get("/rules").status_code == 403


def test_the_book_is_read_and_confirmed(aoyama: Program, cast: Cast) -> None:
    assert aoyama.get("/rule_book").status_code == 404
    install_shipped(by=cast.mizuno)
    book = said(aoyama.get("/rule_book"))
    assert (book["number"], book["confirmed_at"]) == (1, None)
    assert said(aoyama.put("/rule_book/editions/1/confirmation", {}))["confirmed_at"]
    mizuno = Program(cast.mizuno)
    readers = said(mizuno.get("/rule_book/readers"))
    assert {each["label"] for each in readers["confirmed"]} == {"青山 凛", "水野 誠"}
    said(mizuno.put("/rule_book/text", {"sections": [{"title": "電話", "text": "すぐに。"}]}))
    assert said(mizuno.post("/rule_book/editions", {"note": "短くしました。"}))["number"] == 2
    assert aoyama.put("/rule_book/editions/1/confirmation", {}).status_code == 409
