"""The checklist of a task by the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.api.tests.support import problem, said
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_items_are_added_ticked_and_taken_out(aoyama: Program, cast: Cast) -> None:
    path = f"/tasks/{actions.create('task', {'subject': '見積'}, by=cast.aoyama).uid}/items"
    made = aoyama.post(path, {"texts": ["単価", "納期"]})
    assert made.status_code == 201
    keys = [item["key"] for item in said(made)["items"]]
    ticked = said(aoyama.ask("PATCH", f"{path}/{keys[0]}", {"done": True}))
    assert [(item["text"], item["done"]) for item in ticked["items"]] == [("単価", True), ("納期", False)]
    assert aoyama.ask("DELETE", f"{path}/{keys[1]}").status_code == 204
    assert [item["text"] for item in said(aoyama.get(path))["items"]] == ["単価"]
    refused = aoyama.post(path, {"texts": [" "]})
    assert (refused.status_code, problem(refused)["problems"][0]["field"]) == (422, "text")
    assert aoyama.ask("PATCH", f"{path}/nothing", {"done": True}).status_code == 404
