"""Reads the vocabulary once a request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from daifuku.records.catalogue import vocabulary


def steady_vocabulary(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        with vocabulary.steady():
            return get_response(request)

    return middleware
