"""A person's own marks: records that he follows, keeps among the favourites, looked at last."""

from __future__ import annotations

from typing import Any, Literal

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.routing import fixed, records
from daifuku.records.actions import marking
from daifuku.records.catalogue import registry
from daifuku.records.models import Mark
from daifuku.records.presenting.links import address


class Marks(Schema):
    follow: bool
    favourite: bool
    followers: list[dict[str, Any]]


class MarkedItem(Schema):
    object: str
    slug: str
    uid: str
    label: str
    url: str


class MarkedRecords(Schema):
    items: list[MarkedItem]


@fixed.get(
    "/marks/{kind}", operation_id="list_marked", summary=noop("印を付けた記録"), tags=[noop("自分")],
    response=MarkedRecords,
)  # fmt: skip
def list_marked(
    request: Asked, kind: Literal["follow", "favourite", "seen"], size: int = Query(50, ge=1, le=200)
) -> Answer:
    """`follow`, `favourite`, or `seen` (looked at last), the latest first."""
    rows = marking.marked(request.auth.viewer, kind, limit=size)
    return Answer(
        {
            "items": [
                {
                    "object": record.object_key, "slug": registry.of(record).slug, "uid": str(record.uid),
                    "label": str(record), "url": address(record),
                }
                for record in rows
            ]
        }
    )  # fmt: skip


@records.get("/{slug}/{uid}/marks", operation_id="marks_{object}", summary=noop("自分の印"), response=Marks)
def get_marks(request: Asked, slug: str, uid: str) -> Answer:
    """Whether the caller follows it or keeps it among the favourites, and who else follows."""
    return _marks(request, _record(request, slug, uid))


@records.put("/{slug}/{uid}/follow", operation_id="follow_{object}", summary=noop("フォロー"), response=Marks)
def follow(request: Asked, slug: str, uid: str) -> Answer:
    """From now on the caller is told what happens with it."""
    record = _record(request, slug, uid)
    marking.follow(record, by=request.auth.person)
    return _marks(request, record)


@records.delete(
    "/{slug}/{uid}/follow", operation_id="unfollow_{object}", summary=noop("フォローをやめる"), response=Marks
)
def unfollow(request: Asked, slug: str, uid: str) -> Answer:
    """What happens with it is no longer told."""
    record = _record(request, slug, uid)
    marking.unfollow(record, by=request.auth.person)
    return _marks(request, record)


@records.put(
    "/{slug}/{uid}/favourite",
    operation_id="favour_{object}",
    summary=noop("お気に入りに入れる"),
    response=Marks,
)
def add_favourite(request: Asked, slug: str, uid: str) -> Answer:
    """Only the caller sees it."""
    record = _record(request, slug, uid)
    marking.add_favourite(record, by=request.auth.person)
    return _marks(request, record)


@records.delete(
    "/{slug}/{uid}/favourite", operation_id="unfavour_{object}", summary=noop("お気に入りから外す"),
    response=Marks,
)  # fmt: skip
def remove_favourite(request: Asked, slug: str, uid: str) -> Answer:
    """One that is not among them stays away."""
    record = _record(request, slug, uid)
    marking.remove_favourite(record, by=request.auth.person)
    return _marks(request, record)


def _record(request: Asked, slug: str, uid: str) -> Any:
    return record_of(request.auth.viewer, object_of(request.auth.viewer, slug), uid)


def _marks(request: Asked, record: Any) -> Answer:
    mine = marking.marks_on(record, request.auth.person)
    followers = [named(person) for person in marking.followers_of(record)]
    return Answer(
        {
            "follow": Mark.Kind.FOLLOW in mine,
            "favourite": Mark.Kind.FAVOURITE in mine,
            "followers": followers,
        }
    )
