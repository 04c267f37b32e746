"""Everybody of the firm: who works here, in which team, with which roles."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.staff.absence import is_absent
from daifuku.staff.actions import open_invitations
from daifuku.staff.models import Person
from daifuku.staff.second_factor import STEPS
from daifuku.staff.views.finding import with_power


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """`?left=1` shows those who left, `?q=` finds by name, kana or address."""
    with_power(request)
    left, query = request.GET.get("left") == "1", request.GET.get("q", "").strip()[:60]
    rows = Person.objects.filter(is_active=not left).prefetch_related("roles", "teams")
    if query:
        found = Q(email__icontains=query)
        for name in ("family_name", "given_name", "family_kana", "given_kana", "title"):
            found |= Q(**{f"{name}__icontains": query})
        rows = rows.filter(found)
    protected = set(Authenticator.objects.filter(type__in=STEPS).values_list("user_id", flat=True).distinct())
    today = timezone.localdate()
    context = {
        "rows": [(person, is_absent(person, today), person.pk in protected) for person in rows],
        "left": left,
        "query": query,
        "invited": open_invitations().count(),
        "gone": Person.objects.filter(is_active=False).count(),
    }
    return render(request, "staff/people.html", context)
