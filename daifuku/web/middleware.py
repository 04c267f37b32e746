"""What every request passes: safe headers, the person's language, his viewer, and clear sentences for refusals."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from daifuku.foundation.errors import DomainError, NotFound
from daifuku.ledger import phone_time
from daifuku.ledger.channel import through
from daifuku.ledger.remembering import remembering
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of
from daifuku.web.refusals import bad_request, refusal_page

Answer = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def security_headers(get_response: Answer) -> Answer:
    """Nothing runs that does not come from this server as a file; a view may set a stricter policy of its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def language_of_the_person(get_response: Answer) -> Answer:
    """The language that the person chose; before the sign-in what the browser asks for, Japanese where it is open."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        language = (
            user.language if isinstance(user, Person) else translation.get_language_from_request(request)
        )
        with translation.override(language):
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def viewer(get_response: Answer) -> Answer:
    """`request.viewer` is who looks; made anew for every request, so that a change of rights works at once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person):
            request.viewer = viewer_of(request.user)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def ledger_channel(get_response: Answer) -> Answer:
    """Tells the ledger through which door the person came in, and when a phone without signal was typed into."""

    def middleware(request: HttpRequest) -> HttpResponse:
        entered = phone_time.told(request.headers, timezone.now())
        with through(_door(request), entered_at=entered), remembering():
            return get_response(request)

    return middleware


def _door(request: HttpRequest) -> str:
    if request.path.startswith("/api/"):
        return "api"
    by_phone = request.path.startswith("/phone/") or "Mobi" in request.headers.get("User-Agent", "")
    return "phone" if by_phone else "page"


def clear_sentences(get_response: Answer) -> Answer:
    """What a verb refuses becomes a page or a short note with the right status, never a bare error."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.path.startswith("/api/"):
            return None
        if isinstance(exception, DomainError):
            return refusal_page(request, exception)
        if type(exception).__name__ == "Http404":
            return refusal_page(request, NotFound())
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def readable_addresses(get_response: Answer) -> Answer:
    """A NUL in an address means nothing to anybody, and PostgreSQL takes it for no text: the page is not asked at all.

    In forms every field refuses it by itself, so that what was typed stays.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/") and _has_nul(request):
            return bad_request(request)
        return get_response(request)

    return middleware


def _has_nul(request: HttpRequest) -> bool:
    texts = (text for name, values in request.GET.lists() for text in (name, *values))
    return "\0" in request.path or any("\0" in text for text in texts)
