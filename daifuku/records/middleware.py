"""Reads the vocabulary once a request, and answers open pages before anything is looked up for them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from daifuku.records.catalogue import vocabulary

Answer = Callable[[HttpRequest], HttpResponse]
LIVE = "/live/"


def live_first(get_response: Answer) -> Answer:
    """Hundreds of open pages ask every few seconds whether anything happened; they get as far as here."""
    from daifuku.records.views.live import anything_new

    def middleware(request: HttpRequest) -> HttpResponse:
        return anything_new(request) if request.path == LIVE else get_response(request)

    return middleware


def steady_vocabulary(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        with vocabulary.steady():
            return get_response(request)

    return middleware
