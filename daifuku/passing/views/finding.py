"""One hand-over by its address: unknown and out of sight look the same."""

from __future__ import annotations

import uuid

from django.http import HttpRequest

from daifuku.foundation.errors import NotFound
from daifuku.passing.models import Handing
from daifuku.passing.who import seen_by
from daifuku.records.views.finding import viewer_at


def handing_at(request: HttpRequest, uid: uuid.UUID) -> Handing:
    rows = seen_by(viewer_at(request)).filter(uid=uid)
    found: Handing | None = rows.select_related("lead", "person", "team", "by", "before").first()
    if found is None:
        raise NotFound
    return found
