"""入力率, and the items behind each of its numbers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.duties import groups, kinds, rate_page
from daifuku.duties.actions.snoozing import day_from
from daifuku.duties.models import Duty, State
from daifuku.duties.models.policy import policy
from daifuku.duties.rate import in_state
from daifuku.duties.showing import lines_of
from daifuku.duties.views.finding import framed
from daifuku.foundation.whole import whole
from daifuku.records.views.finding import viewer_at

PAGE = 100


@require_safe
def rate_page_(request: HttpRequest) -> HttpResponse:
    viewer, now, rules = viewer_at(request), timezone.now(), policy()
    group = groups.read(request.GET.get("who", ""), viewer)
    span = rate_page.span_of(request.GET.get("span", ""), timezone.localdate(now), rules)
    context = {
        "page": rate_page.Page(group, span, rules, now), "group": group, "span": span, "rules": rules,
        "periods": rate_page.named(rate_page.PERIODS, span.key), "choices": groups.choices(viewer),
    }  # fmt: skip
    return render(request, "duties/rate.html", framed(request, "rate", context))


@require_safe
def items_page(request: HttpRequest) -> HttpResponse:
    """What was counted: in order of time, a hundred at once."""
    viewer, now = viewer_at(request), timezone.now()
    asked = request.GET
    group = groups.read(asked.get("who", ""), viewer)
    today = timezone.localdate(now)
    since, until = day_from(asked.get("since", "")) or today, day_from(asked.get("until", "")) or today
    state = asked.get("state", "") if asked.get("state", "") in State.values else ""
    rows: Any = Duty.objects.visible_to(viewer).filter(
        owner__in=[person.pk for person in group.people], due_on__gte=since, due_on__lte=until, weight__gt=0
    )
    kind = asked.get("kind", "")
    rows = rows.filter(kind=kind) if kind else rows
    rows = in_state(rows, state, now) if state else in_state(rows, "", now).exclude(state=State.EXCUSED)
    if (after := whole(asked.get("after"))) is not None:
        rows = rows.filter(pk__gt=after)
    found = list(rows.select_related("owner", "substitute").order_by("id")[: PAGE + 1])
    more = asked.copy()
    if len(found) > PAGE:
        more["after"] = str(found[PAGE - 1].pk)
    context = {
        "lines": lines_of(found[:PAGE], viewer, now), "group": group, "since": since, "until": until,
        "state": State(state) if state else None, "kind": kinds.get(kind) if kind else None,
        "more": more.urlencode() if len(found) > PAGE else "",
    }  # fmt: skip
    return render(request, "duties/items.html", framed(request, "rate", context))
