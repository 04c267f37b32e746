"""Sets of milestones, as the administrator writes them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.deals import processes
from daifuku.foundation.errors import Invalid, NotFound
from daifuku.foundation.whole import whole
from daifuku.milestones import plans
from daifuku.milestones.actions import save_plan
from daifuku.milestones.anchors import ANCHORS, LABELS
from daifuku.milestones.plans import Plan
from daifuku.records.views import telling
from daifuku.staff.models import Role
from daifuku.staff.views.finding import with_power

BLANK_ROWS, MOST_ROWS = 3, 40
PARTS = ("name", "anchor", "days", "before")


@require_safe
def plans_page(request: HttpRequest) -> HttpResponse:
    with_power(request, "settings")
    rows = [(plan, _of_words(plan)) for plan in plans.every()]
    return render(request, "milestones/plans.html", {"rows": rows})


def _of_words(plan: Plan) -> str:
    if plan.of == "order":
        return _("受注")
    process = processes.process(plan.process)
    return _("商談（%(process)s）") % {"process": process.label} if process else _("商談")


@require_http_methods(["GET", "HEAD", "POST"])
def plan_page(request: HttpRequest, key: str = "") -> HttpResponse:
    """One of them, or without a key a new one."""
    by = with_power(request, "settings")
    plan = plans.get(key) if key else Plan("", "", "order")
    if plan is None:
        raise NotFound
    if request.method != "POST":
        values: dict[str, Any] = {
            "name": plan.name, "of": plan.of, "process": plan.process, "active": plan.active,
            "steps": [step.json() for step in plan.steps],
        }  # fmt: skip
        return _page(request, plan, values, {})
    values = _sent(request.POST)
    try:
        save_plan(
            key or f"p{secrets.token_hex(4)}", values, by=by, version=whole(request.POST.get("version", ""))
        )
    except Invalid as error:
        return _page(
            request, plan, values, {each.field: str(each.message) for each in error.problems}, status=422
        )
    telling.done(request, _("ひな型を保存しました。"), telling.written())
    return redirect("milestones:plans")


def _sent(post: Any) -> dict[str, Any]:
    count = min(whole(post.get("rows", "")) or 0, MOST_ROWS + BLANK_ROWS)
    steps = []
    for number in range(count):
        step = {part: post.get(f"s{number}-{part}", "") for part in PARTS}
        steps.append({**step, "roles": post.getlist(f"s{number}-roles")})
    return {
        "name": post.get("name", ""), "of": post.get("of", ""), "process": post.get("process", ""),
        "active": "active" in post, "steps": steps,
    }  # fmt: skip


def _page(
    request: HttpRequest, plan: Plan, values: Mapping[str, Any], errors: Mapping[str, str], status: int = 200
) -> HttpResponse:
    blank: dict[str, Any] = {
        "name": "",
        "anchor": "due_on" if values["of"] == "order" else "close_on",
        "days": 0,
        "before": 7,
        "roles": [],
    }
    named = [step for step in values["steps"] if str(step["name"]).strip() or status != 200]
    steps = [*named, *(dict(blank) for each in range(BLANK_ROWS))][: MOST_ROWS + BLANK_ROWS]
    rows = [
        (number, step, [message for field, message in errors.items() if field.startswith(f"steps.{number}.")])
        for number, step in enumerate(steps)
    ]
    context = {
        "plan": plan, "values": values, "rows": rows, "errors": [m for f, m in errors.items() if f.count(".") < 2],
        "anchors": [(of, key, LABELS[key]) for of, anchors in ANCHORS.items() for key, _label, _attribute in anchors],
        "roles": [(role.key, role.name) for role in Role.objects.all()], "refused": bool(errors),
        "processes": [(each.key, each.label) for each in processes.book().offered], "version": plan.version,
    }  # fmt: skip
    return render(request, "milestones/plan.html", context, status=status)
