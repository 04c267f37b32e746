"""Through here comes every request to the API: language, early refusals, and whatever happens leaves as a problem."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from daifuku.api import problems, rates
from daifuku.api.errors import NotAllowed, Unreadable
from daifuku.api.parsing import refuse_broken
from daifuku.foundation.errors import NotFound
from daifuku.ledger.channel import through

View = Callable[..., HttpResponseBase]


def door(view: View) -> View:
    """Cookies are checked by the API's own session door, hence the exemption from the general check."""

    @csrf_exempt
    @wraps(view)
    def entered(request: HttpRequest, /, *arguments: Any, **words: Any) -> HttpResponseBase:
        asked = request.method or ""
        language = language_of(request)
        with translation.override(language), through("api"):
            if asked == "HEAD":
                request.method = "GET"
            response = _answered(view, request, *arguments, **words)
            if response.status_code == 405:
                response = _not_allowed(request, asked, response["Allow"])
        response["Content-Language"] = language
        response["Vary"] = "Authorization, Accept-Language, Cookie"
        response["X-Content-Type-Options"] = "nosniff"
        if hasattr(request, "api_left"):
            response["RateLimit-Limit"] = str(rates.PER_MINUTE)
            response["RateLimit-Remaining"] = str(request.api_left)
        return _bare(response) if asked == "HEAD" else response

    return entered


def _answered(view: View, request: HttpRequest, /, *arguments: Any, **words: Any) -> HttpResponseBase:
    try:
        for text in (request.path, *(part for pair in request.GET.lists() for part in (pair[0], *pair[1]))):
            refuse_broken(text)
        return view(request, *arguments, **words)
    except Exception as exception:
        return problems.answer(request, exception)


def _not_allowed(request: HttpRequest, asked: str, allow: str) -> HttpResponse:
    methods = {name.strip() for name in allow.split(",")} | {"OPTIONS"}
    if "GET" in methods:
        methods.add("HEAD")
    response = HttpResponse(status=204) if asked == "OPTIONS" else problems.answer(request, NotAllowed())
    response["Allow"] = ", ".join(sorted(methods))
    return response


def _bare(response: HttpResponseBase) -> HttpResponseBase:
    """The headers of GET without its body."""
    bare = HttpResponse(status=response.status_code, headers=dict(response.items()))
    if isinstance(response, HttpResponse):
        bare["Content-Length"] = str(len(response.content))
    # Not close(): that would also tell Django that the request is over.
    for close in response._resource_closers:  # type: ignore[attr-defined]
        close()
    return bare


def language_of(request: HttpRequest) -> str:
    """What the program asks for; Japanese where it asks for nothing that we speak."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()[:500]):
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return "ja"


def nowhere(request: HttpRequest) -> HttpResponse:
    """An address that leads nowhere looks like a record that one may not see."""
    return problems.answer(request, NotFound())


def unreadable_query(name: str) -> Unreadable:
    sentence = translation.gettext("「%(name)s」という指定はありません。") % {"name": name[:60]}
    return Unreadable(sentence, code="unknown_parameter", field=name[:60])
