"""The day of a colleague of whom there is no report yet; where there is one, its page tells more."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.daily import days, who
from daifuku.daily.compiling import day_of
from daifuku.daily.models import Report, habits
from daifuku.daily.views.common import day_in, tabs, today_of, viewer_of_reports
from daifuku.foundation.errors import NotFound
from daifuku.staff.models import Person


@require_safe
def person_page(request: HttpRequest, uid: uuid.UUID, day: str) -> HttpResponse:
    viewer, rules = viewer_of_reports(request), habits()
    today = today_of(rules)
    when = day_in(day, today)
    person = Person.objects.filter(uid=uid).first()
    if person is None or not who.may_read(viewer, person.pk):
        raise NotFound
    report = Report.objects.visible_to(viewer).filter(owner=person, day=when).first()
    if report is not None:
        return redirect(report.get_absolute_url())
    return render(request, "daily/of_person.html", {
        "tabs": tabs(viewer, "", rules),
        "person": person,
        "day": day_of(person, when, viewer, timezone.now(), rules),
        "today": today,
        "before": when - days.ONE,
        "after": when + days.ONE if when < today else None,
        "share": False,
    })  # fmt: skip
