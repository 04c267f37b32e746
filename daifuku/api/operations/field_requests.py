"""Requests for new fields: asked for, supported, decided; what is like a field that somebody has in mind."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, paged
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, uid_of, wanted_version
from daifuku.api.operations.changing_fields import FieldChange, FieldSettings, shown_settings
from daifuku.api.routing import fixed
from daifuku.foundation.errors import NotFound
from daifuku.records.catalogue import registry
from daifuku.records.models import FieldRequest
from daifuku.records.requests import asking, deciding, similar

WORDS = noop("項目の申請")
ONE = "/field_requests/{uid}"


class RequestChange(Schema):
    model_config = ConfigDict(extra="forbid")

    label: str | None = None
    type: str | None = None
    choices: list[str] | None = None
    purpose: str | None = None
    decider: str | None = None
    enterer: str | None = None
    review_on: str | None = None


class NewRequest(RequestChange):
    """`object` is the slug; the others but `choices` are needed as well."""

    object: str
    label: str
    type: str
    purpose: str
    decider: str
    enterer: str
    review_on: str


class Declining(Schema):
    model_config = ConfigDict(extra="forbid")

    reason: str


class Making(FieldChange):
    """What shall be otherwise than it was asked for."""

    type: str | None = None
    key: str = Field("", max_length=63)


class RequestItem(Schema):
    uid: str
    object: str
    label: str
    type: str
    choices: list[str]
    purpose: str
    decider: str
    enterer: str
    review_on: str
    state: str
    reason: str
    asked_by: str
    asked_at: str
    decided_by: str | None
    decided_at: str | None
    field: str | None
    supporters: int
    version: int


class Requests(Schema):
    items: list[RequestItem]
    next: str | None


class SimilarItem(Schema):
    """`what` is field, retired or request; `key` that of the field, or the uid of the request."""

    what: str
    key: str
    label: str
    type: str
    why: str


class SimilarItems(Schema):
    items: list[SimilarItem]


@fixed.get(
    "/field_requests", operation_id="list_field_requests", summary=noop("項目の申請の一覧"), tags=[WORDS],
    response=Requests,
)  # fmt: skip
def list_requests(
    request: Asked,
    object: str = Query("", max_length=30),
    state: str = Query("", max_length=10),
    size: int = Query(50, ge=1, le=200),
    before: str = Query("", description=noop("前のページの next"), max_length=40),
) -> Answer:
    """Newest first, of the records that the caller may see; `object` is a slug."""
    rows = asking.visible_to(request.auth.viewer)
    if object:
        rows = rows.filter(object=object_of(request.auth.viewer, object).key)
    if state:
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(pk__lt=_found(request, before).pk)
    page, following = paged(rows.annotate(supporters=Count("supports")).order_by("-pk"), size)
    return Answer({"items": [_json(row) for row in page], "next": following})


@fixed.post(
    "/field_requests", operation_id="ask_for_field", summary=noop("項目の追加の申請"), tags=[WORDS],
    response={201: RequestItem},
)  # fmt: skip
def ask_for_field(request: Asked, body: NewRequest) -> Answer:
    """For whoever writes such records. Ask first what is like it."""
    sent = body.model_dump(exclude_unset=True)
    object_key = object_of(request.auth.viewer, sent.pop("object")).key
    return _shown(asking.ask_for_field(object_key, by=request.auth.person, **sent), 201)


@fixed.get(
    "/field_requests/similar", operation_id="similar_fields", summary=noop("似た項目"), tags=[WORDS],
    response=SimilarItems,
)  # fmt: skip
def similar_fields(
    request: Asked,
    object: str = Query("accounts", max_length=30),
    label: str = Query("", max_length=200),
    choices: list[str] = Query([], max_length=100),
) -> Answer:
    """Fields and open requests with a name or choices like these; `object` is a slug."""
    object_key = object_of(request.auth.viewer, object).key
    found = similar.similar_to(request.auth.viewer, object_key, label, choices)
    items = [
        {"what": each.what, "key": each.key, "label": each.name, "type": each.type, "why": each.why}
        for each in found
    ]
    return Answer({"items": items})


@fixed.get(
    ONE, operation_id="get_field_request", summary=noop("項目の申請"), tags=[WORDS], response=RequestItem
)
def get_request(request: Asked, uid: str) -> Answer:
    """Its ETag is its version."""
    return _shown(_found(request, uid))


@fixed.patch(
    ONE, operation_id="change_field_request", summary=noop("項目の申請の変更"), tags=[WORDS],
    response=RequestItem,
)  # fmt: skip
def change_request(request: Asked, uid: str, body: RequestChange) -> Answer:
    """Only one's own, while nobody has decided."""
    row, version = _found(request, uid), wanted_version(request)
    sent = body.model_dump(exclude_unset=True)
    return _shown(asking.change_request(row, sent, by=request.auth.person, version=version))


@fixed.delete(
    ONE, operation_id="withdraw_field_request", summary=noop("項目の申請の取り下げ"), tags=[WORDS],
    response={204: None},
)  # fmt: skip
def withdraw_request(request: Asked, uid: str) -> Answer:
    """Only one's own, while nobody has decided."""
    asking.withdraw_request(_found(request, uid), by=request.auth.person)
    return Answer(status=204)


@fixed.put(
    f"{ONE}/support", operation_id="support_field_request", summary=noop("項目の申請への賛成"), tags=[WORDS],
    response={204: None},
)  # fmt: skip
def support(request: Asked, uid: str) -> Answer:
    """Those of colleagues; a second time changes nothing."""
    asking.support(_found(request, uid), by=request.auth.person)
    return Answer(status=204)


@fixed.delete(
    f"{ONE}/support", operation_id="take_field_support_back", summary=noop("賛成の取り消し"), tags=[WORDS],
    response={204: None},
)  # fmt: skip
def take_support_back(request: Asked, uid: str) -> Answer:
    """Where there is none, nothing changes."""
    asking.take_support_back(_found(request, uid), by=request.auth.person)
    return Answer(status=204)


@fixed.post(
    f"{ONE}/approve", operation_id="approve_field_request", summary=noop("項目の申請の承認"), tags=[WORDS],
    response=RequestItem,
)  # fmt: skip
def approve(request: Asked, uid: str) -> Answer:
    """For whoever edits the settings, as all that follows."""
    return _shown(deciding.approve_request(_found(request, uid), by=request.auth.person))


@fixed.post(
    f"{ONE}/decline", operation_id="decline_field_request", summary=noop("項目の申請の見送り"), tags=[WORDS],
    response=RequestItem,
)  # fmt: skip
def decline(request: Asked, uid: str, body: Declining) -> Answer:
    """Whoever asked is told the reason."""
    return _shown(deciding.decline_request(_found(request, uid), body.reason, by=request.auth.person))


@fixed.post(
    f"{ONE}/reopen", operation_id="reopen_field_request", summary=noop("申請中に戻す"), tags=[WORDS],
    response=RequestItem,
)  # fmt: skip
def reopen(request: Asked, uid: str) -> Answer:
    """One that was approved or declined waits once more."""
    return _shown(deciding.reopen_request(_found(request, uid), by=request.auth.person))


@fixed.post(
    f"{ONE}/field", operation_id="make_requested_field", summary=noop("申請された項目の追加"), tags=[WORDS],
    response={201: FieldSettings},
)  # fmt: skip
def make_field(request: Asked, uid: str, body: Making) -> Answer:
    """As it was asked for, with its choices and its day of review; the request is done."""
    row, sent = _found(request, uid), body.model_dump(exclude_unset=True)
    kind, label = sent.pop("type", None) or row.type, sent.pop("label", None) or row.label
    return shown_settings(deciding.make_field(row, kind, label, by=request.auth.person, **sent), 201)


def _found(request: Asked, uid: str) -> FieldRequest:
    row = asking.visible_to(request.auth.viewer).filter(uid=uid_of(uid)).first()
    if row is None:
        raise NotFound
    return row


def _shown(row: FieldRequest, status: int = 200) -> Answer:
    return Answer(_json(row), status, {"ETag": f'"{row.version}"'})


def _json(row: FieldRequest) -> dict[str, Any]:
    own = {name: getattr(row, name) for name in RequestChange.model_fields}
    counted = getattr(row, "supporters", None)
    return {
        **own, "uid": str(row.uid), "object": registry.get(row.object).slug, "state": row.state,
        "reason": row.reason, "review_on": row.review_on, "asked_by": str(row.asked_by.uid),
        "asked_at": row.asked_at, "decided_by": str(row.decided_by.uid) if row.decided_by else None,
        "decided_at": row.decided_at,
        "field": row.field.key if row.field else None,
        "supporters": row.supports.count() if counted is None else counted, "version": row.version,
    }  # fmt: skip
