"""How long a device stays signed in, and when it was last seen.

A session that nobody uses ends by its own date; one that is used ends after DAIFUKU_SESSION_DAYS all the same. Pages
read; so the time of the last look is written at most every ten minutes, behind the answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from daifuku.foundation import behind
from daifuku.foundation.sql import write_transaction
from daifuku.staff.sessions import note

Answer = Callable[[HttpRequest], HttpResponse]
BEGAN, SEEN = "signed_in_at", "seen_at"
SEEN_EVERY_SECONDS = 600


def begin(request: HttpRequest) -> None:
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def limit_sessions(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(BEGAN, now) > settings.SESSION_LONGEST_SECONDS:
                logout(request)
            elif now - request.session.get(SEEN, 0) > SEEN_EVERY_SECONDS:
                _note(request, now)
        return get_response(request)

    return middleware


def _note(request: HttpRequest, now: int) -> None:
    key, ip = str(request.session.session_key), get_adapter().get_client_ip(request)
    behind.later(("seen", key), partial(_write, key, timezone.now(), ip))
    if BEGAN not in request.session:
        note(request, BEGAN, now)
    note(request, SEEN, now)


def _write(key: str, at: datetime, ip: str) -> None:
    with write_transaction():
        UserSession.objects.filter(session_key=key).update(last_seen_at=at, ip=ip)
