"""What a person's page says of his tokens, so that they can be revoked with his other keys."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from daifuku.api.models import ApiToken
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer


def tokens(person: Person, _viewer: Viewer) -> dict[str, Any] | None:
    """Those that still open something."""
    alive = list(ApiToken.objects.alive(timezone.now()).filter(person=person))
    return {"tokens": alive} if alive else None
