"""The reference page: everything that the API can do for whoever reads it, without scripts and foreign hosts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from daifuku.api.document import document
from daifuku.api.rates import PER_MINUTE
from daifuku.api.reading import Reader
from daifuku.staff import second_factor
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

STATUSES = (400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429, 500, 503, 507)


@require_safe
@login_required
def reference(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    if second_factor.is_required() and not second_factor.is_set_up(request.user):
        return redirect("mfa_index")
    reader = Reader(document(viewer_of(request.user)), settings.BASE_URL)
    shown = {
        "sections": reader.sections(), "schemas": reader.schemas(), "host": reader.host, "rate": PER_MINUTE,
        "statuses": STATUSES,
    }  # fmt: skip
    return render(request, "api/reference.html", shown)
