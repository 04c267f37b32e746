"""A reaction to a comment, given and taken back by one press; the comment comes back as it is then."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from daifuku.records import talk
from daifuku.records.actions import reacting
from daifuku.records.views.answering import is_fragment
from daifuku.records.views.comments import comment_on
from daifuku.records.views.finding import record_at, viewer_at


@require_POST
def react(request: HttpRequest, slug: str, uid: uuid.UUID, comment: uuid.UUID) -> HttpResponse:
    return _answered(request, slug, uid, comment, reacting.react)


@require_POST
def take_back_reaction(request: HttpRequest, slug: str, uid: uuid.UUID, comment: uuid.UUID) -> HttpResponse:
    return _answered(request, slug, uid, comment, reacting.take_back)


def _answered(
    request: HttpRequest, slug: str, uid: uuid.UUID, comment: uuid.UUID, verb: Callable[..., None]
) -> HttpResponse:
    """Only this comment comes back, so that what is being typed below it stays; the focus stays at what was pressed."""
    object_type, record = record_at(request, slug, uid)
    row, word = comment_on(record, comment), request.POST.get("word", "")
    verb(row, word, by=viewer_at(request).person)
    if not is_fragment(request):
        return redirect(f"{record.get_absolute_url()}#comment-{row.uid}")
    (said,) = talk.said([row], talk.REACTIONS(record.object_key, record.pk), viewer_at(request).pk)
    pressed = word if any(each.offer.word == word for each in said.reactions) else "menu"
    page = {"said": said, "pressed": pressed, "panel": {"may_comment": True, "offers": talk.offers()}}
    return render(
        request, "records/parts/comment.html", page | {"object_type": object_type, "record": record}
    )
