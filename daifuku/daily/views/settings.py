"""The firm's habits: who writes, who reads, when the business day switches, when the morning mail goes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.daily.actions import edit_habits
from daifuku.daily.actions.habits import LATEST_SWITCH
from daifuku.daily.models import habits
from daifuku.foundation.errors import Invalid
from daifuku.messages import mail
from daifuku.records.views import telling
from daifuku.staff.models import Role
from daifuku.staff.views.finding import with_power


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    by = with_power(request, "settings")
    rules = habits()
    values: dict[str, Any] = {
        "switches_at": rules.switches_at, "due_at": rules.due_at.strftime("%H:%M"), "writers": rules.writers,
        "readers": rules.readers, "mails": rules.mails, "mails_at": rules.mails_at.strftime("%H:%M"),
    }  # fmt: skip
    wrong: dict[str, str] = {}
    if request.method == "POST":
        values = {
            "switches_at": request.POST.get("switches_at", ""), "due_at": request.POST.get("due_at", ""),
            "writers": request.POST.getlist("writers"), "readers": request.POST.getlist("readers"),
            "mails": request.POST.get("mails") == "on", "mails_at": request.POST.get("mails_at", ""),
        }  # fmt: skip
        try:
            edit_habits(values, by=by)
        except Invalid as error:
            wrong = {problem.field: str(problem.message) for problem in error.problems}
        else:
            telling.done(request, _("日報の設定を保存しました。"), telling.written())
            return redirect(request.path)
    context = {
        "values": values, "wrong": wrong, "roles": list(Role.objects.all()), "hours": range(LATEST_SWITCH + 1),
        "has_server": mail.has_server(),
    }  # fmt: skip
    return render(request, "daily/settings.html", context, status=422 if wrong else 200)
