"""The plan that an address names, for whoever may change it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest

from daifuku.activities.actions.turning import need_open
from daifuku.activities.models import Plan
from daifuku.records.views.finding import record_at


def open_plan_at(request: HttpRequest, uid: uuid.UUID) -> Plan:
    """Of one that is over the form is not even shown; what was typed before it was over, the verb refuses."""
    plan: Plan = record_at(request, "plans", uid, action="edit")[1]
    if request.method != "POST":
        need_open(plan)
    return plan
