"""A browser whose person signed out, here or from afar, is told to throw away whatever it keeps for him."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from daifuku.foundation.reversing import url_of
from daifuku.staff import credentials

Answer = Callable[[HttpRequest], HttpResponse]
CLEAR = '"cache", "storage"'


def clear_when_signed_out(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if was_signed_out(request):
            response.headers["Clear-Site-Data"] = CLEAR
        return response

    return middleware


def was_signed_out(request: HttpRequest) -> bool:
    """Did the person of this browser, or somebody else, end the session that it brings? One that just grew old has not
    been ended: what its person typed without signal waits until he signs in again."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key or request.user.is_authenticated:
        return False
    by_himself = request.method == "POST" and request.path == url_of("account_logout")
    return by_himself or credentials.was_ended(key)
