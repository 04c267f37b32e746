"""How a panel answers: the fragment anew with a note at the foot, or, without htmx, the record's page again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from daifuku.foundation import toast
from daifuku.foundation.errors import DomainError
from daifuku.ledger.models import Event
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at


def is_fragment(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def panel_again(
    request: HttpRequest, object_type: ObjectType, record: Any, template: str, context: dict[str, Any],
    sentence: str = "", event: Event | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """`context` is what the panel shows as `panel`."""
    if not is_fragment(request):
        if sentence:
            telling.done(request, sentence, event)
        return redirect(record.get_absolute_url())
    page = {"panel": context, "record": record, "object_type": object_type, "viewer": viewer_at(request)}
    response = render(request, template, page, status=status)
    if sentence and event:
        return toast.undoable(response, sentence, event)
    return toast.said(response, sentence) if sentence else response


def refused_again(
    request: HttpRequest, object_type: ObjectType, record: Any, template: str, context: dict[str, Any],
    error: DomainError,
) -> HttpResponse:  # fmt: skip
    """What was typed stays, with the reason beside it; without htmx the reason stands on the record's page."""
    if error.status not in {409, 412, 413, 422}:
        raise error
    if not is_fragment(request):
        messages.error(request, error.message)
        return redirect(record.get_absolute_url())
    return panel_again(
        request, object_type, record, template, context | {"problem": error.message}, status=422
    )
