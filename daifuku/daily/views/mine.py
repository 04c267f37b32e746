"""自分の日報: what the day was, what is still to be entered, a remark, and one button that closes the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.daily import days, unread, who
from daifuku.daily.actions import close_day, keep_draft
from daifuku.daily.compiling import day_of
from daifuku.daily.models import Draft, Report, habits
from daifuku.daily.models.habit import Habits
from daifuku.daily.objects.report import WRITTEN
from daifuku.daily.views.common import day_in, tabs, today_of, viewer_of_reports
from daifuku.foundation.errors import DomainError
from daifuku.foundation.whole import whole
from daifuku.records.views import telling
from daifuku.staff.viewer import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
def mine_page(request: HttpRequest) -> HttpResponse:
    """POST closes the day with what stands in the form."""
    viewer, rules = viewer_of_reports(request), habits()
    day = day_in(request.POST.get("day", "") or request.GET.get("day", ""), today_of(rules))
    if request.method != "POST":
        return render(request, "daily/mine.html", context(viewer, day, rules))
    said = {name: request.POST.get(name, "") for name in WRITTEN}
    try:
        report = close_day(day, said, by=viewer.person)
    except DomainError as error:
        if not error.mendable:
            raise
        page = context(viewer, day, rules) | {"typed": said, "problem": error.message}
        return render(request, "daily/mine.html", page, status=422)
    sentence = _("%(month)s月%(day)s日の日報を締めました。おつかれさまでした。")
    telling.done(request, sentence % {"month": day.month, "day": day.day}, telling.written(report))
    return redirect(f"{reverse('daily:mine')}?day={day.isoformat()}")


@require_POST
def keep_draft_page(request: HttpRequest) -> HttpResponse:
    """What is typed is kept while it is typed; answers the version that stands now."""
    viewer, rules = viewer_of_reports(request), habits()
    day = day_in(request.POST.get("day", ""), today_of(rules))
    said = {name: request.POST.get(name, "") for name in WRITTEN}
    version = whole(request.POST.get("version", ""))
    try:
        draft = keep_draft(day, said, by=viewer.person, version=version)
    except DomainError as error:
        if error.status not in {412, 422}:
            raise
        return JsonResponse({"sentence": error.message}, status=error.status)
    return JsonResponse({"version": draft.version})


def context(viewer: Viewer, day: date, rules: Habits) -> dict[str, Any]:
    today, now = today_of(rules), timezone.now()
    report = (
        Report.objects.visible_to(viewer).filter(owner=viewer.pk, day=day).select_related("owner").first()
    )
    draft = Draft.objects.filter(person=viewer.pk, day=day).first()
    source = draft or report
    closed = report is not None and report.is_closed
    return {
        "tabs": tabs(viewer, "mine", rules),
        "day": day_of(viewer.person, day, viewer, now, rules, report.closed_at if report else None),
        "today": today,
        "is_today": day == today,
        "before": day - days.ONE,
        "after": day + days.ONE if day < today else None,
        "report": report,
        "closed": closed,
        "readings": unread.readers_of(report) if report is not None else [],
        "typed": {name: getattr(source, name) if source else "" for name in WRITTEN},
        "version": draft.version if draft else 0,
        "may_write": viewer.may(who.OBJECT, "create"),
        "share": False,
    }
