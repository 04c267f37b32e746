"""A browser whose person signed out, here or from afar, is told to throw away whatever it keeps for him."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse

from daifuku.staff.session_limits import ENDED_BY_AGE

Answer = Callable[[HttpRequest], HttpResponse]
CLEAR = '"cache", "storage"'


def clear_when_signed_out(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if was_ended(request):
            response.headers["Clear-Site-Data"] = CLEAR
        return response

    return middleware


def was_ended(request: HttpRequest) -> bool:
    """Did somebody end the session that this browser brings? One that just grew old has not been ended: what its person
    typed without signal waits until he signs in again."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key or request.user.is_authenticated or getattr(request, ENDED_BY_AGE, False):
        return False
    return not Session.objects.filter(session_key=key).exists()
