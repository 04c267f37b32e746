"""The page on which a hand-over is arranged: from whom, to whom, from which day; what moves is shown first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.foundation.errors import DomainError
from daifuku.handover import movers
from daifuku.handover.actions import arrange
from daifuku.handover.preview import preview
from daifuku.handover.views.form import HandoverForm, kinds_of
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at


@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """The first press shows what will move, the second arranges it."""
    viewer, today = viewer_at(request), timezone.localdate()
    sent = request.POST if request.method == "POST" else None
    start = {"giver": request.GET.get("giver", str(viewer.person.uid)), "both_days": "30"}
    form = HandoverForm(viewer, sent, initial=start)
    if sent is not None and form.is_valid():
        try:
            values = form.values()
            if sent.get("do") == "arrange":
                handover = arrange(values, by=viewer.person, today=today)
                words = {"giver": handover.giver}
                telling.done(request, _("%(giver)sさんの引き継ぎを登録しました。") % words, telling.written())
                return redirect(handover)
            found = preview(values, by=viewer.person, today=today)
            return show_form(request, form, {"found": found, "excluded": sent.getlist("excluded")})
        except DomainError as error:
            form.tell(error)
    return show_form(request, form, {})


def show_form(request: HttpRequest, form: HandoverForm, more: dict[str, Any]) -> HttpResponse:
    sent: Any = form.data if form.is_bound else None
    page = {
        "form": form, "movers": movers.every(), "kinds": kinds_of(sent),
        "kept": {name: sent.getlist(name) for name in ("excluded", "chosen")} if sent is not None else {},
    }  # fmt: skip
    return render(request, "handover/new.html", page | more, status=422 if form.errors else 200)
