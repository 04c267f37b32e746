"""The first visit: a link that only the terminal shows opens the page where a new firm enters itself."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from daifuku.staff.models import Company

_SALT = "daifuku.staff.setup"
LINK_HOURS = 24


def setup_link() -> str | None:
    """The whole address of the page, good for a day; nothing once there is a company."""
    if Company.objects.exists():
        return None
    token = signing.TimestampSigner(salt=_SALT).sign("setup").split(":", 1)[1]
    return settings.BASE_URL + reverse("staff:setup", args=[token])


def is_setup_token(token: str) -> bool:
    """Whether the terminal of this very installation showed this link during the last day."""
    try:
        signing.TimestampSigner(salt=_SALT).unsign(f"setup:{token}", max_age=LINK_HOURS * 3600)
    except signing.BadSignature:
        return False
    return True
