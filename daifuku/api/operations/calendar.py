"""One's own calendar at a secret address, to which telephones and other programs subscribe."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.debug import sensitive_variables
from ninja import Schema

from daifuku.activities.actions.feeding import close_feed, open_feed
from daifuku.activities.models import Feed
from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.once import Tell, told_once
from daifuku.api.routing import fixed, in_steps
from daifuku.foundation.errors import Conflict

WORDS = noop("予定")


class Calendar(Schema):
    """`address` is there in the answer that made it and never again; `read_at` is when a program asked last."""

    open: bool
    made_at: datetime | None
    read_at: datetime | None
    address: str | None = None


@fixed.get(
    "/me/calendar",
    operation_id="get_calendar",
    summary=noop("カレンダー連携"),
    tags=[WORDS],
    response=Calendar,
)
def get_calendar(request: Asked) -> Answer:
    """Whether one's plans are to be read at a secret address, since when, and when they were last."""
    return _shown(request)


@fixed.post(
    "/me/calendar", operation_id="open_calendar", summary=noop("アドレスを作る"), tags=[WORDS],
    response={201: Calendar},
)  # fmt: skip
@in_steps
@sensitive_variables("secret", "address")
def open_calendar(request: Asked) -> HttpResponse:
    """The address is told this once: the same request again answers without it, because it is kept nowhere. The one
    before opens nothing any more. In a browser the page asks for the password instead, for the address outlives the
    sign-in."""
    if request.auth.token is None:
        raise Conflict(
            _("アドレスは、「カレンダー連携」の画面でパスワードを確かめてから作ってください。"),
            code="by_page",
        )

    def act() -> tuple[Answer, Tell]:
        secret = open_feed(by=request.auth.person)
        address = f"{settings.BASE_URL}{reverse('activities:feed_file', args=[secret])}"
        return _shown(request, 201), lambda: {"address": address}

    return told_once(request, act)


@fixed.delete(
    "/me/calendar",
    operation_id="close_calendar",
    summary=noop("公開を止める"),
    tags=[WORDS],
    response=Calendar,
)
def close_calendar(request: Asked) -> Answer:
    """From now on the address opens nothing; a second time changes nothing."""
    close_feed(by=request.auth.person)
    return _shown(request)


def _shown(request: Asked, status: int = 200) -> Answer:
    feed = Feed.objects.filter(person=request.auth.person).first()
    shown = {
        "open": feed is not None,
        "made_at": feed and feed.made_at,
        "read_at": feed and feed.read_at,
        "address": None,
    }
    return Answer(shown, status)
