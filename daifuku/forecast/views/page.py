"""The page of the figures: by month, person, team and product group, and how the forecast moved."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daifuku.forecast import asking, booking, drawing, keeping, opening, reading, showing, sources, whose
from daifuku.forecast.reading import Asked, Figures, Span, Told
from daifuku.forecast.whose import Seen
from daifuku.foundation import calendar
from daifuku.foundation.errors import Invalid, NotFound
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer

LONG_AGO = date(2000, 1, 1)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    viewer, today = viewer_at(request), timezone.localdate()
    if not viewer.may("target", "view"):
        raise NotFound
    seen = whose.seen_by(viewer)
    problems: list[Any] = []
    try:
        asked = asking.read(request.GET, viewer, seen, today)
    except Invalid as error:
        problems = list(error.problems)
        asked = asking.read({}, viewer, seen, today)
    told = reading.read(asked, viewer, seen)
    context = _context(asked, told, viewer, seen) | {"problems": problems}
    return render(request, "forecast/page.html", context, status=422 if problems else 200)


def _context(asked: Asked, told: Told, viewer: Viewer, seen: Seen) -> dict[str, Any]:
    weeks = keeping.weeks(asked, viewer)
    span = asked.period
    earlier, later = asked.year.begin.year - 1, asked.year.begin.year + 1
    people, teams = showing.people(told, asked, seen), showing.teams(told, asked, viewer, seen)
    return {
        "asked": asked, "year": showing.year_name(asked.year), "period": showing.period_name(asked),
        "earlier": showing.query(asked, year=str(earlier), month=""),
        "later": showing.query(asked, year=str(later), month=""),
        "choices": whose.choices(seen), "offered": reading.offered(viewer), "query": showing.query(asked),
        "cards": _cards(asked, told, seen), "months": showing.months(told, asked, seen),
        "people": people if len(people) > 1 else [], "teams": teams if asked.whose.person is None else [],
        "groups": showing.groups(told, asked, seen), "weeks": weeks, "picture": drawing.weeks(weeks),
        "overdue": told.overdue, "overdue_address": _overdue(asked, seen), "coming": span.end >= asked.month,
        "unfilled": booking.unfilled(), "may_edit": viewer.may("target", "edit"), "chosen": _chosen(asked),
        "empty": _empty(told),
    }  # fmt: skip


def _cards(asked: Asked, told: Told, seen: Seen) -> list[dict[str, Any]]:
    """The period, the year up to now, and the whole year."""
    owners = opening.owners_of(asked, seen)
    spans = [(showing.period_name(asked), asked.period)]
    if asked.period != asked.year and asked.month in asked.year:
        spans.append((_("期首から今月まで"), Span(asked.year.begin, asked.month)))
    if asked.period != asked.year:
        spans.append((showing.year_name(asked.year), asked.year))
    return [_card(name, told.of_span(span), span, asked, owners) for name, span in spans]


def _card(name: str, figures: Figures, span: Span, asked: Asked, owners: list[str] | None) -> dict[str, Any]:
    return {
        "name": name, "figures": figures, "links": opening.links(asked, span, owners),
        "aims": opening.of_targets(figures.targets), "coming": span.end >= asked.month,
    }  # fmt: skip


def _overdue(asked: Asked, seen: Seen) -> str:
    """Open deals whose expected day has passed: they land in no month until somebody says a new one."""
    span = Span(LONG_AGO, calendar.add_months(asked.month, -1))
    return opening.address(sources.get(sources.OPEN_DEALS), span, opening.owners_of(asked, seen))


def _chosen(asked: Asked) -> str:
    return asking.WHOLE_YEAR if asked.period == asked.year else f"{asked.period.begin:%Y-%m}"


def _empty(told: Told) -> bool:
    return all(figures == Figures() for figures in told.months.values()) and not told.overdue.deals
