"""What the caller was told in the app: the notices, how many are unread, and marking them as read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query
from pydantic import ConfigDict

from daifuku.api.answers import Answer, paged
from daifuku.api.auth import Asked
from daifuku.api.finding import uid_of
from daifuku.api.routing import fixed
from daifuku.foundation.errors import NotFound
from daifuku.messages import notices
from daifuku.messages.models import Notice
from daifuku.messages.sharing import groups
from daifuku.staff.models import Person

WORDS = noop("お知らせ")


class NoticeItem(Schema):
    uid: str
    kind: str
    sentence: str
    details: str
    reason: str
    timing: str
    due_at: str | None
    url: str
    at: str
    read_at: str | None


class NoticePage(Schema):
    items: list[NoticeItem]
    next: str | None
    unread: int


class Unread(Schema):
    unread: int


class Seen(Schema):
    """The newest notice that the person has seen; without it all of them."""

    model_config = ConfigDict(extra="forbid")

    up_to: str | None = None


class Marked(Unread):
    read: int


@fixed.get(
    "/notices", operation_id="list_notices", summary=noop("お知らせの一覧"), tags=[WORDS],
    response=NoticePage,
)  # fmt: skip
def list_notices(
    request: Asked,
    unread: bool = Query(False, description=noop("まだ読んでいないものだけ")),
    group: str = Query("", description=noop("mine、followed、shared、rest のどれか"), max_length=20),
    size: int = Query(50, ge=1, le=200),
    before: str = Query("", description=noop("前のページの next"), max_length=40),
) -> Answer:
    """One's own, newest first. Reading them here marks nothing as read."""
    person = request.auth.person
    rows = groups.narrowed(Notice.objects.filter(person=person), group)
    if before:
        rows = rows.filter(pk__lt=_notice(person, before).pk)
    page, following = paged(rows.unread() if unread else rows, size)
    items = [_shown(notice) for notice in page]
    return Answer({"items": items, "next": following, "unread": notices.unread_count(person)})


@fixed.get(
    "/notices/unread", operation_id="count_unread_notices", summary=noop("読んでいないお知らせの数"), tags=[WORDS],
    response=Unread,
)  # fmt: skip
def count_unread(request: Asked) -> Answer:
    """Up to a hundred."""
    return Answer({"unread": notices.unread_count(request.auth.person)})


@fixed.post(
    "/notices/read", operation_id="read_all_notices", summary=noop("お知らせをすべて既読にする"), tags=[WORDS],
    response=Marked,
)  # fmt: skip
def read_all(request: Asked, body: Seen | None = None) -> Answer:
    """All, or with `up_to` those up to the newest that was shown: what came in since stays unread."""
    person, up_to = request.auth.person, body.up_to if body else None
    newest = _notice(person, up_to).uid if up_to else None
    read = notices.read_all(person, up_to=newest)
    return Answer({"read": read, "unread": notices.unread_count(person)})


@fixed.post(
    "/notices/{uid}/read", operation_id="read_notice", summary=noop("お知らせを既読にする"), tags=[WORDS],
    response=NoticeItem,
)  # fmt: skip
def read_one(request: Asked, uid: str) -> Answer:
    """One that was read before keeps its time."""
    return Answer(_shown(notices.read(request.auth.person, uid_of(uid))))


def _notice(person: Person, uid: str) -> Notice:
    found: Notice | None = Notice.objects.filter(person=person, uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _shown(notice: Notice) -> dict[str, Any]:
    return {
        "uid": str(notice.uid), "kind": notice.kind, "sentence": notice.sentence, "details": notice.details,
        "reason": notice.reason, "timing": notice.timing, "due_at": notice.due_at, "url": notice.url,
        "at": notice.at, "read_at": notice.read_at,
    }  # fmt: skip
