"""A list as a chart, with the same figures as a table beneath it; each leads to the records behind it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from daifuku.foundation.sql.time_limit import TookTooLong, at_most
from daifuku.records import look
from daifuku.records.catalogue import vocabulary
from daifuku.records.chart_drawing import colour_of, draw
from daifuku.records.charting import Charted, charted, most_of
from daifuku.records.list_state import ListState
from daifuku.records.views.list_frame import ASKED_FOR, AT_ONCE, frame, list_of
from daifuku.staff.viewer import Viewer

NAMES = ("layout", "chart", "x", "step", "value", "stack")


def fill(state: ListState, viewer: Viewer, listed: Any, seconds: float = AT_ONCE) -> dict[str, Any]:
    """What the page of a list shows instead of rows; `slow` where it takes longer than a page may."""
    chart = state.look.chart
    assert chart is not None
    page = {"shown": True, "charted": True, **_choices(state, viewer)}
    try:
        with at_most(seconds):
            found = charted(listed, chart, viewer, timezone.localdate())
    except TookTooLong:
        return {**page, "slow": True, "late": seconds > AT_ONCE}
    if not found.bars:
        return {**page, "shown": False}
    return {**page, **_shown(state, found, viewer)}


def answer(request: HttpRequest, state: ListState, viewer: Viewer) -> HttpResponse:
    """For whoever is ready to wait; without htmx the whole page with it."""
    listed = list_of(state, viewer)
    filled = fill(state, viewer, listed, ASKED_FOR)
    if request.headers.get("HX-Request"):
        page = {"state": state, "object_type": state.object_type, **filled}
        return render(request, "records/list/chart.html", page)
    return render(request, "records/list.html", {**frame(state, viewer, listed), **filled})


def _shown(state: ListState, found: Charted, viewer: Viewer) -> dict[str, Any]:
    def opened(*tests: dict[str, Any] | None) -> str:
        if any(test is None for test in tests):
            return ""
        whole = tests[0] if len(tests) == 1 else {"all": list(tests)}
        return state.opened(whole, viewer)

    bars = [opened(bar.test) for bar in found.bars]
    parts = [[opened(bar.test, each.test) for bar in found.bars] for each in found.series]
    rows = [
        {
            "bar": bar, "address": bars[place], "value": found.said(bar.value),
            "colour": colour_of(found, place) if found.chart.kind == "pie" else "",
            "parts": [
                (found.said(each.values[place] or None), parts[number][place])
                for number, each in enumerate(found.series)
            ],
        }
        for place, bar in enumerate(found.bars)
    ]  # fmt: skip
    return {
        "rows_of_chart": rows, "series": [(each, colour_of(found, n)) for n, each in enumerate(found.series)],
        "picture": draw(found, lambda bar, series: bars[bar] if series is None else parts[series][bar]),
        "rest": found.rest, "most": most_of(found.chart),
    }  # fmt: skip


def _choices(state: ListState, viewer: Viewer) -> dict[str, Any]:
    """What the form above the chart offers."""
    fields = vocabulary.fields_for(viewer, state.object_type.key)
    chart = state.look.chart
    assert chart is not None
    return {
        "chart": chart, "kinds": look.CHARTS.items(), "steps": look.STEPS.items(), "dated": look.dated(chart.x),
        "groupable": look.charts_of(fields), "numbers": [each for each in fields.values() if each.type.numeric],
        "value": chart.written()["value"], "kept": state.kept(*NAMES),
        "stackable": [each for each in look.charts_of(fields) if each.key != chart.x.key],
    }  # fmt: skip
