"""文例: what people pick from on the phone, for every method and content; the administrator writes it."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.foundation.errors import DomainError
from daifuku.phone import wordings
from daifuku.phone.actions import keep_wordings, ship_wordings
from daifuku.records.views import telling
from daifuku.staff.views.finding import with_power


@require_http_methods(["GET", "HEAD", "POST"])
def wordings_page(request: HttpRequest) -> HttpResponse:
    by = with_power(request, "settings")
    wrong: dict[str, str] = {}
    if request.method == "POST":
        method, content = request.POST.get("method", ""), request.POST.get("content", "")
        try:
            if request.POST.get("do") == "ship":
                ship_wordings(method, content, by=by)
                telling.done(request, _("最初の文例に戻しました。"), telling.written())
            else:
                keep_wordings(method, content, request.POST.get("lines", "").splitlines(), by=by)
                telling.done(request, _("文例を保存しました。"), telling.written())
            return redirect(f"{request.path}#{method}-{content}")
        except DomainError as error:
            if not error.mendable:
                raise
            wrong = {"at": f"{method}-{content}", "sentence": error.message,
                     "lines": request.POST.get("lines", "")}  # fmt: skip
    groups = [
        (method, list(offers))
        for method, offers in groupby(wordings.offered(), key=lambda offer: offer.method)
    ]
    context = {"groups": groups, "wrong": wrong}
    return render(request, "phone/wordings.html", context, status=422 if wrong else 200)
