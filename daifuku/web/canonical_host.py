"""One machine, one name: whoever types 127.0.0.1 is led to localhost, because passkeys belong to a name."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

PROGRAMS = ("/healthz", "/api/")
NUMBERS = {"127.0.0.1", "[::1]"}


def canonical_host(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    own_name = urlsplit(settings.BASE_URL).hostname

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            own_name != "localhost"
            or request.method not in {"GET", "HEAD"}
            or request.path.startswith(("/healthz", "/api/"))
        ):
            return get_response(request)
        name, colon, port = _split(request.get_host())
        if name not in NUMBERS:
            return get_response(request)
        return HttpResponseRedirect(f"{request.scheme}://localhost{colon}{port}{request.get_full_path()}")

    return middleware


def _split(host: str) -> tuple[str, str, str]:
    """Name, colon and port; the colons inside [::1] are none of them."""
    name, colon, port = host.rpartition(":")
    return (name, colon, port) if port.isdigit() else (host, "", "")
