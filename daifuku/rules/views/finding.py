"""The rule that an address names, for whoever keeps the rules; nobody else learns that there are such pages."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from daifuku.foundation.errors import NotFound
from daifuku.rules.models import Edition, Rule
from daifuku.staff.views.finding import with_power


def rule_at(request: HttpRequest, uid: UUID) -> Rule:
    with_power(request, "settings")
    found = Rule.objects.kept().select_related("person", "substitute").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def edition_at(number: int) -> Edition:
    found = Edition.objects.select_related("by").filter(number=number).first() if number < 2**31 else None
    if found is None:
        raise NotFound
    return found
