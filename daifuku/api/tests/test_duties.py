"""Duties, the input rate and the ledger by the API: what the pages do, with the same refusals."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.api.tests.support import Program, problem, said
from daifuku.duties.actions import fulfil, owe
from daifuku.duties.models import DayOff, Duty
from daifuku.penalties.actions import edit_terms
from daifuku.penalties.models import Entry

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(cast: Cast, aoyama: Program) -> Duty:
    made = owe("t", origin="check", owner=cast.aoyama, due_at=timezone.now(), label="会社名の確認")
    Duty.objects.update(due_at=timezone.now() - timedelta(hours=1), due_on=timezone.localdate())
    return made


@pytest.fixture
def osaki(cast: Cast, aoyama: Program) -> Program:
    return Program(cast.osaki)


def test_what_is_left_to_enter(aoyama: Program, senda: Program, duty: Duty) -> None:
    (item,) = said(aoyama.get("/duties"))["items"]
    assert (item["uid"], item["name"], item["state"]) == (str(duty.uid), "会社名の確認", "missing")
    assert said(senda.get("/duties"))["items"] == []
    assert senda.get(f"/duties/{duty.uid}").status_code == 404
    wrong = aoyama.get("/duties?state=lost")
    assert (wrong.status_code, problem(wrong)["field"]) == (422, "state")


def test_a_reason_is_given_and_accepted(aoyama: Program, osaki: Program, duty: Duty) -> None:
    refused = aoyama.post(f"/duties/{duty.uid}/plead", {"reason": " "})
    assert (refused.status_code, problem(refused)["field"]) == (422, "reason")
    assert said(aoyama.post(f"/duties/{duty.uid}/plead", {"reason": "停電"}))["plea"] == "停電"
    assert aoyama.post(f"/duties/{duty.uid}/excuse", {"reason": "停電"}).status_code == 403
    assert said(osaki.post(f"/duties/{duty.uid}/excuse", {"reason": "停電"}))["state"] == "excused"


def test_it_is_put_off_and_handed_on(aoyama: Program, cast: Cast, duty: Duty) -> None:
    until = (timezone.localdate() + timedelta(days=3)).isoformat()
    body = {"until": until, "reason": "先方が出張中"}
    assert said(aoyama.post(f"/duties/{duty.uid}/snooze", body))["snoozed_until"] == until
    wrong = aoyama.post(f"/duties/{duty.uid}/snooze", {**body, "until": "いつか"})
    assert (wrong.status_code, problem(wrong)["field"]) == (422, "until")
    handed = aoyama.post(f"/duties/{duty.uid}/hand_on", {"to": str(cast.baba.uid), "reason": "お願い"})
    assert said(handed)["substitute"]["label"] == "馬場 健"


def test_the_rate_of_those_whom_one_leads(cast: Cast, osaki: Program, senda: Program, duty: Duty) -> None:
    for number in range(4):
        made = owe(
            f"t{number}", origin="rule:x", owner=cast.aoyama, due_at=timezone.now() + timedelta(days=1)
        )
        fulfil(made, by=cast.aoyama)
    Duty.objects.update(due_on=timezone.localdate())
    found = {item["person"]["label"]: item for item in said(osaki.get("/input_rate"))["items"]}
    assert (found["青山 凛"]["percent"], found["青山 凛"]["missing"]) == (80, 1)
    assert [item["person"]["label"] for item in said(senda.get("/input_rate"))["items"]] == ["千田 葵"]
    assert senda.get(f"/input_rate?who={cast.aoyama.uid}").status_code == 404


def test_a_half_day_and_the_policy(aoyama: Program, mizuno: Program) -> None:
    day = timezone.localdate().isoformat()
    made = said(aoyama.post("/days_off", {"day": day, "part": "morning"}))
    assert aoyama.post("/days_off", {"day": day}).status_code == 409
    assert aoyama.delete(f"/days_off/{made['uid']}").status_code == 204
    assert not DayOff.objects.exists()
    assert aoyama.patch("/duty_policy", {"call_minutes": 20}).status_code == 403
    assert said(mizuno.patch("/duty_policy", {"call_minutes": 20}))["call_minutes"] == 20


def test_the_ledger_of_a_month(
    cast: Cast, aoyama: Program, osaki: Program, mizuno: Program, duty: Duty
) -> None:
    edit_terms({"on": True}, by=cast.mizuno)
    entry: Any = Entry.objects.create(person=cast.aoyama, duty=duty, day=timezone.localdate(), mode="points")
    assert said(aoyama.get("/penalties"))["sums"][0]["points"] == 1
    said(aoyama.post(f"/penalties/{entry.uid}/object", {"reason": "出張"}))
    decided = osaki.post(f"/penalties/{entry.uid}/decide", {"accept": True, "reason": "確認"})
    assert said(decided)["state"] == "waived"
    assert said(aoyama.get("/penalties"))["sums"][0]["points"] == 0
    refused = mizuno.patch("/penalty_terms", {"mode": "discipline"})
    assert (refused.status_code, problem(refused)["field"]) == (422, "work_rules")
    capped = said(mizuno.put(f"/people/{cast.aoyama.uid}/wage", {"daily": 9000, "period": 200000}))
    assert (capped["most_at_once"], capped["most_in_all"]) == (4500, 20000)
