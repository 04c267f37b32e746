"""The lists of operations, and what each of them passes: known parameters only, written once, answered as JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router

from daifuku.api.answers import Answer
from daifuku.api.auth import SAFE
from daifuku.api.door import unreadable_query
from daifuku.api.once import Once

# Addresses with a word of their own come first, then those that name a kind of record; last those that name a record,
# because its number may look like any word.
fixed = Router()
records = Router()
singles = Router()


def in_steps(view: Callable[..., Any]) -> Callable[..., Any]:
    """For what is long: it keeps its own steps, each in a short transaction, instead of one around all."""
    view.in_steps = True  # type: ignore[attr-defined]
    return view


def _answered(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """Writes are done once and in one transaction; what comes back becomes a response."""

    @wraps(view)
    def answered(request: HttpRequest, **values: Any) -> HttpResponseBase:
        if request.method in SAFE or hasattr(view, "in_steps"):
            answer = view(request, **values)
            return answer.response() if isinstance(answer, Answer) else answer
        return Once(request).whole(lambda: view(request, **values))

    return answered


def _known_only(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A misspelt parameter that is passed over would look like a filter that finds everything."""
    operation: Any = run.__self__  # type: ignore[attr-defined]
    known = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }

    @wraps(run)
    def checked(request: HttpRequest, **values: Any) -> HttpResponseBase:
        for name in request.GET:
            if name not in known:
                raise unreadable_query(name)
        return run(request, **values)

    return checked


for router in (fixed, records, singles):
    router.add_decorator(_answered, mode="operation")
    router.add_decorator(_known_only, mode="view")
