"""The administrator's report of fields: how much each is used, and which should be looked at again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation.errors import DomainError
from daifuku.foundation.whole import whole
from daifuku.records.actions.custom_fields import known_object
from daifuku.records.catalogue import registry
from daifuku.records.requests import reporting, reviewing, usage
from daifuku.records.views import telling
from daifuku.records.views.setting_fields import field_at
from daifuku.staff.views.finding import with_power


@require_safe
def usage_page(request: HttpRequest, object: str = "") -> HttpResponse:
    with_power(request, "settings")
    object_type = known_object(object) if object else registry.every()[0]
    days = whole(request.GET.get("days", "")) or reporting.USUAL_DAYS
    days = days if days in reporting.DAYS else reporting.USUAL_DAYS
    page = {
        "objects": registry.every(), "object_type": object_type, "days": days, "choices": reporting.DAYS,
        "report": reporting.report(object_type.key, timezone.localdate(), days),
    }  # fmt: skip
    return render(request, "records/settings/usage.html", page)


@require_POST
def count_usage(request: HttpRequest) -> HttpResponse:
    by = with_power(request, "settings")
    return redirect("jobs:job", usage.count_anew(by=by).uid)


@require_POST
def review_field(request: HttpRequest, object: str, key: str) -> HttpResponse:
    """Sets the day on which the field is looked at again."""
    by, row = with_power(request, "settings"), field_at(object, key)
    try:
        reviewing.review_field(row, request.POST.get("review_on", ""), by=by)
        telling.done(
            request, _("項目「%(name)s」の見直し日を保存しました。") % {"name": row.label}, telling.written()
        )
    except DomainError as error:
        if not error.mendable:
            raise
        messages.error(request, error.message)
    return redirect("records:field_usage_of", object)
