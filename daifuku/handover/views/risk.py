"""知識の偏り: what would be lost if somebody left tomorrow."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.duties.whose import people_seen
from daifuku.foundation.errors import NotFound
from daifuku.handover.risk import KEYS, risk_of
from daifuku.records.views.finding import viewer_at
from daifuku.staff.models import Person


@require_safe
def risk_page(request: HttpRequest) -> HttpResponse:
    """Of oneself, or of whom one leads."""
    viewer, only = viewer_at(request), request.GET.get("only", "")
    seen = people_seen(viewer)
    people = [each for each in Person.objects.all() if seen is None or each.pk in seen]
    wanted = request.GET.get("person", str(viewer.person.uid))
    person = next((each for each in people if str(each.uid) == wanted), None)
    if person is None:
        raise NotFound
    page = {
        "people": people, "only": only if only in KEYS else "",
        "risk": risk_of(person, viewer, timezone.localdate(), only),
    }  # fmt: skip
    return render(request, "handover/risk.html", page)
