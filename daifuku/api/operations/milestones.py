"""Milestones ahead, whole sets of them for a deal or an order, and the sets themselves."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.routing import fixed
from daifuku.foundation.errors import NotFound
from daifuku.milestones import ahead, plans
from daifuku.milestones.actions import lay_out, save_plan
from daifuku.milestones.plans import Plan
from daifuku.records.actions.powers import need_settings


class MilestoneAhead(Schema):
    uid: str
    name: str
    due_on: str
    days_late: int
    account: str | None
    of: str | None = Field(..., description=noop("商談か受注"))
    owner: str | None
    tells: list[str] = Field(..., description=noop("知らせる役割と人"))


class MilestonesAhead(Schema):
    milestones: list[MilestoneAhead]


class MilestoneStep(Schema):
    model_config = ConfigDict(extra="forbid")
    name: str
    anchor: str = Field(..., description=noop("begun、close_on（商談）、ordered_on、due_on（受注）"))
    days: int = Field(0, description=noop("その日から何日後。前はマイナス"))
    roles: list[str] = Field(default_factory=list, description=noop("知らせる役割のキー"))
    before: int = Field(7, description=noop("何日前に知らせるか"))


class MilestonePlanValues(Schema):
    model_config = ConfigDict(extra="forbid")
    name: str
    of: str = Field(..., description=noop("deal か order"))
    process: str = ""
    active: bool = True
    steps: list[MilestoneStep]


class MilestonePlanShown(MilestonePlanValues):
    key: str


class MilestonePlans(Schema):
    plans: list[MilestonePlanShown]


class Chosen(Schema):
    model_config = ConfigDict(extra="forbid")
    plan: str = Field(..., description=noop("節目のひな型のキー"))


class Laid(Schema):
    event: int = Field(..., description=noop("まとめて元に戻すときの、履歴の番号"))


@fixed.get(
    "/milestones/ahead",
    operation_id="milestones_ahead",
    summary=noop("これからの節目"),
    response=MilestonesAhead,
)
def milestones_ahead(request: Asked, whose: str = "mine") -> Answer:
    """Open ones in the order of their days."""
    viewer, today = request.auth.viewer, timezone.localdate()
    object_of(viewer, "milestones")
    lines = ahead.lines_of(viewer, today, ahead.ALL if whose == ahead.ALL else ahead.MINE)
    return Answer({"milestones": [_line(line) for line in lines]})


def _line(line: ahead.Line) -> dict[str, Any]:
    milestone = line.milestone
    return {
        "uid": str(milestone.uid), "name": milestone.name, "due_on": milestone.due_on.isoformat(),
        "days_late": line.late,
        "account": str(line.account) if line.account else None, "of": str(line.of) if line.of else None,
        "owner": str(milestone.owner) if milestone.owner else None, "tells": [str(name) for name in line.names],
    }  # fmt: skip


@fixed.post(
    "/orders/{uid}/milestones", operation_id="lay_milestones_order", summary=noop("受注の節目をひな型から作る"),
    response=Laid,
)  # fmt: skip
def lay_order(request: Asked, uid: str, body: Chosen) -> Answer:
    """What has the same name there already is left out."""
    return _lay(request, "orders", uid, body)


@fixed.post(
    "/deals/{uid}/milestones", operation_id="lay_milestones_deal", summary=noop("商談の節目をひな型から作る"),
    response=Laid,
)  # fmt: skip
def lay_deal(request: Asked, uid: str, body: Chosen) -> Answer:
    """What has the same name there already is left out."""
    return _lay(request, "deals", uid, body)


def _lay(request: Asked, slug: str, uid: str, body: Chosen) -> Answer:
    record = record_of(request.auth.viewer, object_of(request.auth.viewer, slug), uid)
    plan = next((each for each in plans.for_record(record) if each.key == body.plan), None)
    if plan is None:
        raise NotFound
    event = lay_out(record, plan, by=request.auth.person, today=timezone.localdate())
    return Answer({"event": event.pk})


@fixed.get(
    "/milestone_plans",
    operation_id="list_milestone_plans",
    summary=noop("節目のひな型の一覧"),
    response=MilestonePlans,
)
def list_plans(request: Asked) -> Answer:
    """The shipped ones, until somebody changes one."""
    object_of(request.auth.viewer, "milestones")
    return Answer({"plans": [_shown(plan) for plan in plans.every()]})


@fixed.put(
    "/milestone_plans/{key}", operation_id="put_milestone_plan", summary=noop("節目のひな型の登録・変更"),
    response=MilestonePlanShown,
)  # fmt: skip
def put_plan(request: Asked, key: str, body: MilestonePlanValues) -> Answer:
    """By this key: a new one, where there is none."""
    need_settings(request.auth.person)
    save_plan(key[:40], body.dict(), by=request.auth.person)
    found = plans.get(key[:40])
    assert found is not None
    return Answer(_shown(found))


def _shown(plan: Plan) -> dict[str, Any]:
    return {
        "key": plan.key, "name": plan.name, "of": plan.of, "process": plan.process, "active": plan.active,
        "steps": [step.json() for step in plan.steps],
    }  # fmt: skip
