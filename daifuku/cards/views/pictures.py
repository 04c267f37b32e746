"""The picture of a card: a JPEG that the program drew itself, for whoever may see the card or what came of it."""

from __future__ import annotations

import uuid

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from daifuku.cards.views.finding import card_shown
from daifuku.foundation.errors import NotFound
from daifuku.records.views.files import POLICY
from daifuku.records.views.finding import viewer_at


@require_safe
def picture(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    return _sent(card_shown(uid, viewer_at(request)).picture, "image/jpeg")


@require_safe
def thumb(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    return _sent(card_shown(uid, viewer_at(request)).thumb, "image/webp")


def _sent(stored: str, kind: str) -> HttpResponseBase:
    """What came in is never sent as it came: neither its type nor a script in it reaches a browser."""
    if not stored or not default_storage.exists(stored):
        raise NotFound
    response = FileResponse(default_storage.open(stored), content_type=kind)
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400"
    return response
