"""What becomes of a plan: its result, another day, or nothing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.activities.actions import cancel, finish, move, postpone
from daifuku.activities.models import Plan
from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.operations.many import answering, own_uid, shown
from daifuku.api.routing import fixed

PLAN, TALK = answering("Plan"), answering("Talk", "201", "Created")


class Result(Schema):
    model_config = ConfigDict(extra="forbid")

    uid: str | None = Field(None, description=noop("取引履歴の番号。自分で決めるとき"))
    values: dict[str, Any] = Field(
        ..., description=noop("取引履歴の項目。書かないものは予定から引き継ぎます")
    )
    next: dict[str, Any] | None = Field(
        None, description=noop("次の予定の項目。取引先などは予定から引き継ぎます")
    )


class Reason(Schema):
    model_config = ConfigDict(extra="forbid")

    reason: str = Field(..., description=noop("理由"))


class OtherDay(Reason):
    started_at: str = Field(..., description=noop("新しい日時"))


class Time(Schema):
    model_config = ConfigDict(extra="forbid")

    started_at: str = Field(..., description=noop("新しい日時"))


@fixed.post("/plans/{uid}/finish", operation_id="finish_plan", summary=noop("結果の記録"), openapi_extra=TALK)
def finish_plan(request: Asked, uid: str, body: Result) -> Answer:
    """The plan becomes the talk that is returned; one undo takes both and the next plan back."""
    plan, person = _plan(request, uid), request.auth.person
    talk = finish(plan, body.values, by=person, uid=own_uid({"uid": body.uid}), following=body.next)
    return shown(request, object_of(request.auth.viewer, "talks"), talk, status=201)


@fixed.post("/plans/{uid}/cancel", operation_id="cancel_plan", summary=noop("予定の中止"), openapi_extra=PLAN)
def cancel_plan(request: Asked, uid: str, body: Reason) -> Answer:
    """It stays in the list, with its reason."""
    return _shown(request, cancel(_plan(request, uid), body.reason, by=request.auth.person))


@fixed.post(
    "/plans/{uid}/postpone", operation_id="postpone_plan", summary=noop("予定の延期"), openapi_extra=PLAN
)
def postpone_plan(request: Asked, uid: str, body: OtherDay) -> Answer:
    """The day that did not hold stays in `postponed_from`."""
    plan = postpone(_plan(request, uid), body.started_at, body.reason, by=request.auth.person)
    return _shown(request, plan)


@fixed.post("/plans/{uid}/move", operation_id="move_plan", summary=noop("予定の移動"), openapi_extra=PLAN)
def move_plan(request: Asked, uid: str, body: Time) -> Answer:
    """Its end moves along; nothing was put off, so there is no reason."""
    return _shown(request, move(_plan(request, uid), body.started_at, by=request.auth.person))


def _plan(request: Asked, uid: str) -> Plan:
    plan: Plan = record_of(request.auth.viewer, object_of(request.auth.viewer, "plans"), uid)
    return plan


def _shown(request: Asked, plan: Plan) -> Answer:
    return shown(request, object_of(request.auth.viewer, "plans"), plan)
