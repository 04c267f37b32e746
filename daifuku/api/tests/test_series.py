"""Plans that come again by the API."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from daifuku.activities.models import Plan
from daifuku.api.tests.support import problem, said
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_a_plan_comes_again_is_changed_and_called_off(aoyama: Program, cast: Cast) -> None:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    start = timezone.now().replace(microsecond=0) + timedelta(days=1)
    plan = actions.create("plan", {"account": firm, "subject": "定例", "started_at": start}, by=cast.aoyama)
    path = f"/plans/{plan.uid}"
    refused = aoyama.post(f"{path}/repeat", {"unit": "year"})
    assert (refused.status_code, problem(refused)["problems"][0]["field"]) == (422, "unit")
    assert said(aoyama.post(f"{path}/repeat", {"unit": "week"}))["uid"] == str(plan.uid)
    assert Plan.plain.count() == 9
    third = Plan.plain.order_by("started_at")[2]
    changed = aoyama.ask("PATCH", f"/plans/{third.uid}/following", {"values": {"place": "工場"}})
    assert said(changed)["place"] == "工場"
    assert Plan.plain.filter(place="工場").count() == 7
    aoyama.post(f"/plans/{third.uid}/cancel_following", {"reason": "契約の終わり"})
    assert Plan.plain.filter(state="cancelled").count() == 7
    again = aoyama.post(f"/plans/{third.uid}/cancel_following", {"reason": "契約の終わり"})
    assert (again.status_code, problem(again)["code"]) == (409, "closed")
