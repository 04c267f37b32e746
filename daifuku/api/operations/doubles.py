"""What may be the same as a record, and what looks alike on purpose."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.routing import records
from daifuku.customers import panels, same
from daifuku.customers.actions import join, separate
from daifuku.customers.models import Separation
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.records.catalogue.types import RecordLink, Refused
from daifuku.records.presenting.links import address

MOST = 10_000


class SameItem(Schema):
    object: str
    slug: str
    uid: str
    label: str
    url: str
    subtitle: str
    matched: list[str]
    score: float
    likely: float
    verdict: str
    reasons: list[dict[str, Any]]


class SameRecords(Schema):
    items: list[SameItem]


class NewSeparation(Schema):
    model_config = ConfigDict(extra="forbid")

    other: str
    reason: str


class SeparationItem(Schema):
    other: dict[str, Any]
    reason: str
    by: dict[str, Any]
    at: str


class Separations(Schema):
    items: list[SeparationItem]


@records.get(
    "/{slug}/{uid}/same", operation_id="same_{object}", summary=noop("同じかもしれない記録"),
    response=SameRecords,
)  # fmt: skip
def list_same(request: Asked, slug: str, uid: str) -> Answer:
    """The likeliest first; `matched` says what they have in common (number, email, person, name, phone ...), `verdict`
    is sure or perhaps, `reasons` are the sentences and points that add up to `score`."""
    record = _record(request, slug, uid)
    items = [
        {
            "object": each.object_type.key, "slug": each.object_type.slug, "uid": str(each.record.uid),
            "label": str(each.record), "url": address(each.record), "subtitle": each.subtitle,
            "matched": list(each.kinds), "score": round(each.score, 2), "likely": round(each.likely, 4),
            "verdict": each.verdict,
            "reasons": [{"text": text, "points": round(points, 2)} for text, points in each.lines],
        }
        for each in same.of_record(record, request.auth.viewer)
    ]  # fmt: skip
    return Answer({"items": items})


@records.get(
    "/{slug}/{uid}/separations", operation_id="separations_{object}", summary=noop("別々の記録とした相手"),
    response=Separations,
)  # fmt: skip
def list_separations(request: Asked, slug: str, uid: str) -> Answer:
    """Records that look like this one and are meant to stay apart."""
    return Answer({"items": _all(request, _record(request, slug, uid))})


@records.post(
    "/{slug}/{uid}/separations", operation_id="separate_{object}", summary=noop("別々の記録とする"),
    response={201: SeparationItem},
)  # fmt: skip
def add(request: Asked, slug: str, uid: str, body: NewSeparation) -> Answer:
    """With the reason; the two are never proposed as the same again."""
    record = _record(request, slug, uid)
    other = _other(request, record, body.other)
    separate(record, other, body.reason, by=request.auth.person)
    found = next(item for item in _all(request, record) if item["other"]["uid"] == str(other.uid))
    return Answer(found, 201)


@records.delete(
    "/{slug}/{uid}/separations/{other}", operation_id="join_{object}", summary=noop("別々の記録の印を外す"),
    response={204: None},
)  # fmt: skip
def remove(request: Asked, slug: str, uid: str, other: str) -> Answer:
    """The two may be proposed as the same again."""
    record = _record(request, slug, uid)
    second = _record(request, slug, other)
    first, last = sorted((record.pk, second.pk))
    if not Separation.objects.filter(object=record.object_key, first_id=first, second_id=last).exists():
        raise NotFound
    join(record, second, by=request.auth.person)
    return Answer(status=204)


def _record(request: Asked, slug: str, uid: str) -> Any:
    return record_of(request.auth.viewer, object_of(request.auth.viewer, slug), uid)


def _other(request: Asked, record: Any, text: str) -> Any:
    """The other record, named as in links. Raises Invalid."""
    try:
        found = RecordLink(record.object_key).clean(text, request.auth.viewer)
    except Refused as error:
        raise Invalid([FieldProblem("other", error.message, code=error.code)]) from error
    if found is None:
        raise Invalid([FieldProblem("other", _("同じ種類の、別の記録を選んでください。"), code="required")])
    return found


def _all(request: Asked, record: Any) -> list[dict[str, Any]]:
    return [
        {
            "other": named(other), "reason": row.reason, "at": row.at,
            "by": named(row.by),
        }
        for row, other in panels.apart(record, request.auth.viewer, MOST)
    ]  # fmt: skip
