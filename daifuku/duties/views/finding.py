"""The duty that an address names, if this person may know of it; the frame of all pages around duties."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from daifuku.duties.models import Duty
from daifuku.duties.tabs import tabs_for
from daifuku.foundation.errors import NotFound
from daifuku.foundation.reversing import url_of
from daifuku.records.views.finding import viewer_at


def duty_at(request: HttpRequest, uid: uuid.UUID) -> Duty:
    rows = Duty.objects.visible_to(viewer_at(request)).select_related(
        "owner", "substitute", "done_by", "excused_by"
    )
    found: Duty | None = rows.filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def framed(request: HttpRequest, tab: str, context: dict[str, Any]) -> dict[str, Any]:
    return {"tabs": tabs_for(viewer_at(request)), "tab": tab, **context}


class Back:
    """Where a verb's page leads back to, as it asks a record for it."""

    def __init__(self, name: str, words: Any, *arguments: Any) -> None:
        self._address, self._words = url_of(name, *arguments), words

    def get_absolute_url(self) -> str:
        return self._address

    def __str__(self) -> str:
        return str(self._words)
