"""Saved views over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.records import actions
from daifuku.records.actions.custom_fields import add_field
from daifuku.records.models import View

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
BIG = {"all": [{"field": "employees", "op": "gt", "value": 100}]}


def kept(program: Program, **more: Any) -> dict[str, Any]:
    made = program.post("/accounts/views", {"name": "大口", "condition": BIG, **more})
    assert made.status_code == 201, made.content.decode()
    body: dict[str, Any] = said(made)
    return body


def test_a_view_is_kept_changed_thrown_away_and_brought_back(aoyama: Program, cast: Cast) -> None:
    for name, employees in (("青葉", 300), ("みどり", 3)):
        actions.create("account", {"name": name, "employees": employees}, by=cast.aoyama)
    view = kept(aoyama, columns=[{"field": "name", "width": 240}], sort="-employees")
    assert (view["mine"], view["shared"], view["version"]) == (True, False, 1)
    path = f"/accounts/views/{view['key']}"
    assert [each["name"] for each in said(aoyama.get(f"/accounts?view={view['key']}"))["items"]] == ["青葉"]
    changed = aoyama.patch(path, {"name": "大口の客"}, If_Match='"1"')
    assert (said(changed)["name"], changed["ETag"]) == ("大口の客", '"2"')
    assert said(aoyama.get(path))["columns"] == [{"field": "name", "width": 240}]
    assert problem(aoyama.patch(path, {"name": "古い"}, If_Match='"1"'))["status"] == 412
    assert aoyama.delete(path).status_code == 204
    assert problem(aoyama.get(path))["status"] == 404
    for _again in range(2):
        assert said(aoyama.post(f"{path}/restore"))["name"] == "大口の客"


def test_a_view_becomes_a_tab_and_opens_by_default(aoyama: Program) -> None:
    path = f"/accounts/views/{kept(aoyama)['key']}"
    assert said(aoyama.put(f"{path}/pin"))["pinned"] is True
    assert said(aoyama.put(f"{path}/default"))["default"] is True
    assert said(aoyama.delete(f"{path}/pin"))["pinned"] is False
    assert said(aoyama.put("/accounts/views/all/default"))["default"] is True
    assert said(aoyama.get(path))["default"] is False
    assert said(aoyama.delete("/accounts/views/recent/pin"))["pinned"] is False


def test_a_shared_view_is_seen_by_all_and_changed_by_whoever_may_share(
    aoyama: Program, senda: Program, mizuno: Program
) -> None:
    assert problem(aoyama.post("/accounts/views", {"name": "x", "shared": True}))["status"] == 403
    path = f"/accounts/views/{kept(mizuno, shared=True)['key']}"
    assert (said(senda.get(path))["shared"], said(senda.get(path))["mine"]) == (True, False)
    assert problem(senda.patch(path, {"name": "x"}))["status"] == 403
    assert problem(senda.delete(path))["status"] == 403
    assert said(mizuno.patch(path, {"shared": False}))["shared"] is False
    for method, step in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/restore"), ("PUT", "/pin"),
                         ("PUT", "/default")):  # fmt: skip
        assert problem(senda.ask(method, f"{path}{step}", {}))["status"] == 404, (method, step)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"), ({"columns": [{"field": "evil"}]}, "columns"),
        ({"condition": {"field": "evil", "op": "is", "value": "x"}}, "evil"), ({"owner": "x"}, "owner"),
    ],
)  # fmt: skip
def test_what_a_list_cannot_show_is_refused(aoyama: Program, change: Any, field: str) -> None:
    answer = aoyama.post("/accounts/views", {"name": "大口", **change})
    assert answer.status_code == 422
    assert field in problem(answer)["problems"][0]["field"]
    assert View.objects.count() == 0


def test_views_that_come_with_the_program_are_not_changed(aoyama: Program) -> None:
    assert said(aoyama.get("/accounts/views/all"))["version"] is None
    for method in ("PATCH", "DELETE"):
        assert problem(aoyama.ask(method, "/accounts/views/all", {"name": "x"}))["status"] == 404


def test_the_same_request_keeps_one_view(aoyama: Program) -> None:
    first, second = (
        aoyama.post("/accounts/views", {"name": "大口"}, Idempotency_Key="v") for _each in range(2)
    )
    assert said(first) == said(second)
    assert View.objects.count() == 1


def test_decimals_in_conditions_are_kept(aoyama: Program, cast: Cast) -> None:
    add_field("account", "decimal", "重さ", by=cast.mizuno, key="weight", options={"places": 1})
    condition = {"all": [{"field": "weight", "op": "gt", "value": 1.5}]}
    made = aoyama.post("/accounts/views", {"name": "重い", "condition": condition})
    assert float(said(made)["condition"]["all"][0]["value"]) == 1.5


def test_a_view_is_shown_to_a_colleague_and_to_a_team(mizuno: Program, cast: Cast) -> None:
    baba = Program(cast.baba)
    guests = [{"person": str(cast.baba.uid), "may_change": True}, {"team": cast.other.pk}]
    made = said(mizuno.post("/accounts/views", {"name": "優良客", "guests": guests}))
    assert made["guests"] == [
        {"person": str(cast.baba.uid), "may_change": True},
        {"team": cast.other.pk, "may_change": False},
    ]
    path = f"/accounts/views/{made['key']}"
    assert said(baba.get(path))["guests"] == []
    assert said(baba.patch(path, {"look": {"layout": "board", "by": "rank"}}))["look"]["by"] == "rank"
    assert problem(baba.patch(path, {"guests": []}))["status"] == 403
    assert problem(mizuno.patch(path, {"guests": [{"may_change": True}]}))["status"] == 422
    assert said(mizuno.patch(path, {"guests": []}))["guests"] == []
    assert problem(baba.get(path))["status"] == 404
