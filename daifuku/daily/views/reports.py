"""One press on a report: read it, take it back to write it anew."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.daily import unread
from daifuku.daily.actions import read, reopen
from daifuku.daily.models import habits
from daifuku.daily.views.common import today_of
from daifuku.records.views import telling
from daifuku.records.views.finding import record_at, viewer_at


@require_POST
def reopen_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    _object_type, report = record_at(request, "daily-reports", uid)
    report = reopen(report, by=viewer_at(request).person)
    telling.done(
        request,
        _("書き直せるようにしました。もう一度締めるまで、前の内容が見えています。"),
        telling.written(report),
    )
    return redirect(f"{reverse('daily:mine')}?day={report.day.isoformat()}")


@require_POST
def read_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Goes on with the next one that waits."""
    _object_type, report = record_at(request, "daily-reports", uid)
    viewer = viewer_at(request)
    read(report, by=viewer.person)
    following = unread.unread(viewer, today_of(habits())).first()
    telling.done(request, _("「%(report)s」の日報を確認しました。") % {"report": report})
    return redirect(following.get_absolute_url() if following else reverse("daily:all"))
