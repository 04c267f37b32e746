"""Old reports that were cut into talks: what came of it, and customers for headings that nobody was found for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.foundation.errors import DomainError, NotFound
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.transfers.finding import Ambiguous, Finder, ambiguous, not_found
from daifuku.transfers.reports.splitting import assign
from daifuku.transfers.views.finding import import_at, person_at


@require_http_methods(["GET", "HEAD", "POST"])
def split_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    imported = import_at(request, uid)
    if not imported.split:
        raise NotFound
    page: dict[str, Any] = {"imported": imported}
    if request.method == "POST":
        heading, typed = request.POST.get("heading", ""), request.POST.get("account", "").strip()
        found = Finder("account", viewer_at(request)).find([typed]).get(typed)
        label = str(_("取引先"))
        try:
            if typed and (found is None or found is Ambiguous):
                sentence = not_found(label, typed) if found is None else ambiguous(label, typed)
                page |= {"problem": sentence, "heading": heading, "typed": typed}
            else:
                assign(imported, heading, found, by=person_at(request))
                telling.done(request, _("割り当てました。"))
                return redirect("transfers:split", imported.uid)
        except DomainError as error:
            if error.status != 422:
                raise
            page |= {"problem": error.message, "heading": heading, "typed": typed}
    return render(request, "transfers/split.html", page, status=422 if "problem" in page else 200)
