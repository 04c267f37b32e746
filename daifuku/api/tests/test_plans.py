"""Plans by the API: what became of them, once, with the same refusals as on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.activities.models import Plan
from daifuku.api.tests.support import problem, said
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
UID = "0192f000-0000-7000-8000-000000000001"


@pytest.fixture
def plan(cast: Cast) -> Any:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    values = {
        "account": firm,
        "subject": "見積の説明",
        "method": "visit",
        "started_at": "2026-11-02T10:00:00+09:00",
    }
    return actions.create("plan", values, by=cast.aoyama)


def test_a_result_is_returned_as_the_talk_and_leads_to_the_next_plan(aoyama: Program, plan: Any) -> None:
    following = {"started_at": "2099-05-01T10:00:00+09:00", "subject": "納品"}
    body = {"uid": UID, "values": {"content": "order", "text": "20個で決まり。"}, "next": following}
    answer = aoyama.post(f"/plans/{plan.uid}/finish", body)
    talk = said(answer)
    assert (answer.status_code, talk["uid"], talk["method"]) == (201, UID, "visit")
    assert talk["plan"]["uid"] == str(plan.uid)
    assert said(aoyama.get(f"/plans/{plan.uid}"))["state"] == "done"
    assert Plan.plain.filter(subject="納品", state="planned").count() == 1
    again = aoyama.post(f"/plans/{plan.uid}/finish", body)
    assert (again.status_code, problem(again)["code"]) == (409, "closed")


def test_a_next_plan_without_a_time_names_its_field(aoyama: Program, plan: Any) -> None:
    body = {"values": {"content": "order", "text": "決まり"}, "next": {"subject": "納品"}}
    refused = aoyama.post(f"/plans/{plan.uid}/finish", body)
    assert (refused.status_code, problem(refused)["problems"][0]["field"]) == (422, "next.started_at")


def test_it_is_postponed_and_cancelled_with_a_reason(aoyama: Program, plan: Any) -> None:
    body = {"started_at": "2099-05-01T10:00:00+09:00", "reason": "台風"}
    moved = said(aoyama.post(f"/plans/{plan.uid}/postpone", body))
    assert (moved["state"], moved["postponed_from"][:10]) == ("postponed", "2026-11-02")
    refused = aoyama.post(f"/plans/{plan.uid}/cancel", {"reason": ""})
    assert (refused.status_code, problem(refused)["field"]) == (422, "reason")
    assert said(aoyama.post(f"/plans/{plan.uid}/cancel", {"reason": "先方の都合"}))["state"] == "cancelled"


def test_it_is_moved_with_its_end_and_twice_is_once(aoyama: Program, plan: Any) -> None:
    actions.edit(plan, {"ended_at": "2026-11-02T11:30:00+09:00"}, by=plan.owner)
    for _ in range(2):
        moved = said(aoyama.post(f"/plans/{plan.uid}/move", {"started_at": "2099-05-01T10:00:00+09:00"}))
        assert (moved["state"], moved["version"]) == ("planned", 3)
        assert (moved["started_at"][:16], moved["ended_at"][:16]) == ("2099-05-01T01:00", "2099-05-01T02:30")
    refused = aoyama.post(f"/plans/{plan.uid}/move", {"started_at": "いつか"})
    assert (refused.status_code, problem(refused)["problems"][0]["field"]) == (422, "started_at")
