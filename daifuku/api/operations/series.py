"""Plans that come again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.activities.actions.series import cancel_following, change_following, repeat_plan
from daifuku.activities.models import Plan
from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.operations.many import answering, shown
from daifuku.api.operations.plans import Reason
from daifuku.api.operations.tasks import Repetition
from daifuku.api.routing import fixed

PLAN = answering("Plan")


class Changes(Schema):
    model_config = ConfigDict(extra="forbid")

    values: dict[str, Any] = Field(
        ..., description=noop("subject、started_at、ended_at、method、place、text、owner のうち変えるもの")
    )


@fixed.post(
    "/plans/{uid}/repeat", operation_id="repeat_plan", summary=noop("予定の繰り返し"), openapi_extra=PLAN
)
def repeat(request: Asked, uid: str, body: Repetition) -> Answer:
    """Those of the next sixty days are made at once, the others night by night."""
    return _shown(request, repeat_plan(_plan(request, uid), body.dict(), by=request.auth.person))


@fixed.patch(
    "/plans/{uid}/following", operation_id="change_following_plan", summary=noop("これ以降の予定の変更"),
    openapi_extra=PLAN,
)  # fmt: skip
def change(request: Asked, uid: str, body: Changes) -> Answer:
    """This one and all after it; the day of each stays."""
    return _shown(request, change_following(_plan(request, uid), body.values, by=request.auth.person))


@fixed.post(
    "/plans/{uid}/cancel_following", operation_id="cancel_following_plan", summary=noop("これ以降の予定の中止"),
    openapi_extra=PLAN,
)  # fmt: skip
def cancel(request: Asked, uid: str, body: Reason) -> Answer:
    """This one and all after it; no more are made."""
    return _shown(request, cancel_following(_plan(request, uid), body.reason, by=request.auth.person))


def _plan(request: Asked, uid: str) -> Plan:
    plan: Plan = record_of(request.auth.viewer, object_of(request.auth.viewer, "plans"), uid)
    return plan


def _shown(request: Asked, plan: Plan) -> Answer:
    return shown(request, object_of(request.auth.viewer, "plans"), plan)
