"""What people of the firm say about a record."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of, uid_of
from daifuku.api.routing import records
from daifuku.foundation.errors import NotFound
from daifuku.records import talk
from daifuku.records.actions import commenting, reacting
from daifuku.records.models import Comment


class NewComment(Schema):
    model_config = ConfigDict(extra="forbid")

    text: str
    uid: uuid.UUID | None = None
    quotes: uuid.UUID | None = None


class ChangedComment(Schema):
    model_config = ConfigDict(extra="forbid")

    text: str


class QuotedComment(Schema):
    """Of a removed comment only who wrote it."""

    uid: str
    author: dict[str, Any]
    text: str
    removed: bool


class ReactionItem(Schema):
    word: str
    label: str
    count: int
    people: list[dict[str, Any]]


class CommentItem(Schema):
    uid: str
    text: str
    author: dict[str, Any]
    quotes: QuotedComment | None
    reactions: list[ReactionItem]
    mentions: list[dict[str, Any]]
    written_at: str
    edited_at: str | None
    version: int


class Comments(Schema):
    items: list[CommentItem]


@records.get(
    "/{slug}/{uid}/comments",
    operation_id="comments_{object}",
    summary=noop("コメント一覧"),
    response=Comments,
)
def list_comments(request: Asked, slug: str, uid: str) -> Answer:
    """Oldest first."""
    rows = commenting.comments_on(_record(request, slug, uid)).prefetch_related("reactions__person")
    return Answer({"items": [_shown(comment) for comment in rows]})


@records.post(
    "/{slug}/{uid}/comments",
    operation_id="comment_{object}",
    summary=noop("コメントを書く"),
    response={201: CommentItem},
)
def write_comment(request: Asked, slug: str, uid: str, body: NewComment) -> Answer:
    """Whoever sees the record may write; `@姓 名` tells a colleague, `quotes` is the comment that is answered."""
    record = _record(request, slug, uid)
    by = request.auth.person
    comment = commenting.write_comment(record, body.text, by=by, uid=body.uid, quotes=body.quotes)
    return Answer(_shown(comment), 201)


@records.patch(
    "/{slug}/{uid}/comments/{comment}", operation_id="change_comment_{object}", summary=noop("コメントの変更"),
    response=CommentItem,
)  # fmt: skip
def change_comment(request: Asked, slug: str, uid: str, comment: str, body: ChangedComment) -> Answer:
    """Only one's own."""
    found = _comment(_record(request, slug, uid), comment)
    return Answer(_shown(commenting.edit_comment(found, body.text, by=request.auth.person)))


@records.delete(
    "/{slug}/{uid}/comments/{comment}", operation_id="remove_comment_{object}", summary=noop("コメントの削除"),
    response={204: None},
)  # fmt: skip
def remove_comment(request: Asked, slug: str, uid: str, comment: str) -> Answer:
    """Only one's own; undoing its line brings it back."""
    commenting.remove_comment(_comment(_record(request, slug, uid), comment), by=request.auth.person)
    return Answer(status=204)


@records.put(
    "/{slug}/{uid}/comments/{comment}/reactions/{word}", operation_id="react_{object}",
    summary=noop("リアクションする"), response=CommentItem,
)  # fmt: skip
def react(request: Asked, slug: str, uid: str, comment: str, word: str) -> Answer:
    """Whoever sees the record may; a second time changes nothing."""
    found = _comment(_record(request, slug, uid), comment)
    reacting.react(found, word, by=request.auth.person)
    return Answer(_shown(found))


@records.delete(
    "/{slug}/{uid}/comments/{comment}/reactions/{word}", operation_id="take_back_reaction_{object}",
    summary=noop("リアクションの取り消し"), response={204: None},
)  # fmt: skip
def take_back_reaction(request: Asked, slug: str, uid: str, comment: str, word: str) -> Answer:
    """Only one's own; where there is none, nothing changes."""
    reacting.take_back(_comment(_record(request, slug, uid), comment), word, by=request.auth.person)
    return Answer(status=204)


def _record(request: Asked, slug: str, uid: str) -> Any:
    return record_of(request.auth.viewer, object_of(request.auth.viewer, slug), uid)


def _comment(record: Any, uid: str) -> Comment:
    found = commenting.comments_on(record).filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _shown(comment: Comment) -> dict[str, Any]:
    return {
        "uid": str(comment.uid), "text": comment.text, "author": named(comment.author),
        "quotes": _quote(talk.quote_in(comment)),
        "reactions": [
            {
                "word": given.offer.word, "label": given.offer.label, "count": len(given.people),
                "people": [named(person) for person in given.people],
            }
            for given in talk.given(comment.reactions.all(), 0)
        ],
        "mentions": [named(person) for person in comment.mentions.all()],
        "written_at": comment.written_at, "edited_at": comment.edited_at, "version": comment.version,
    }  # fmt: skip


def _quote(quote: talk.Quote | None) -> dict[str, Any] | None:
    if quote is None:
        return None
    told = {"uid": str(quote.uid), "author": named(quote.author)}
    return told | {"text": quote.text, "removed": quote.removed}
