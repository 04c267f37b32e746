"""On which devices somebody is signed in, under a name that he recognises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.staff.models import Person

# The first that fits counts: Edge calls itself Chrome as well, Chrome calls itself Safari as well.
BROWSERS = (
    ("Edge", r"\bEdg(e|A|iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"(\bCriOS|Chrome|Chromium)/"),
    ("Safari", r"\bSafari/"),
)
SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("Mac", r"\bMacintosh\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Linux", r"\bLinux\b"),
)


@dataclass(frozen=True)
class Device:
    session: UserSession
    name: str
    handheld: bool
    current: bool
    seen_at: datetime


def devices_of(person: Person, current_key: str | None = None) -> list[Device]:
    """The devices whose session still lives, this one first, then the one used last."""
    rows = list(UserSession.objects.filter(user_id=person.pk))
    alive = set(
        Session.objects.filter(
            session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    devices = [
        Device(
            session=row,
            name=name_of(row.user_agent),
            handheld="Mobi" in row.user_agent,
            current=row.session_key == current_key,
            seen_at=row.last_seen_at,
        )
        for row in rows
        if row.session_key in alive
    ]
    return sorted(devices, key=lambda device: (not device.current, -device.seen_at.timestamp()))


def name_of(user_agent: str) -> str:
    """ "Windows · Edge" out of what the browser says about itself."""
    known = [_first(SYSTEMS, user_agent), _first(BROWSERS, user_agent)]
    return " · ".join(word for word in known if word) or _("不明な端末")


def _first(words: tuple[tuple[str, str], ...], text: str) -> str:
    return next((word for word, pattern in words if re.search(pattern, text)), "")
