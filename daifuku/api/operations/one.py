"""One record: read, change, put into the trash, take out of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja.params.functions import Body, Query

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import etag, object_of, record_of, wanted_version
from daifuku.api.operations.many import answering, shown, taking
from daifuku.api.representing import Presenter
from daifuku.api.routing import singles
from daifuku.foundation.errors import NotFound, Stale
from daifuku.foundation.sql.prepared import ask_ahead
from daifuku.ledger import reads
from daifuku.records import actions, scope
from daifuku.records.actions.editing import locked, stale
from daifuku.records.catalogue.object_type import ObjectType

ONE = answering("{Object}")
CHANGE = taking("{Object}Change") | ONE
GONE = {"responses": {"204": {"description": "In the trash"}}}


@singles.get("/{slug}/{uid}", operation_id="get_{object}", summary=noop("1件の読み取り"), openapi_extra=ONE)
def get_record(
    request: Asked,
    slug: str,
    uid: str,
    fields: str = Query("", description=noop("返す項目"), max_length=4000),
) -> Answer:
    """One record; its ETag is its version. Reading a person's record is a line in the ledger."""
    viewer = request.auth.viewer
    object_type = object_of(viewer, slug)
    record = record_of(viewer, object_type, uid)
    if object_type.about_person:
        reads.looked(
            object_type.event("opened"), by=request.auth.person, object=object_type.key, record_id=record.pk
        )
    return Answer(Presenter(viewer, object_type, fields).one(record), headers={"ETag": etag(record)})


@singles.patch("/{slug}/{uid}", operation_id="change_{object}", summary=noop("変更"), openapi_extra=CHANGE)
def change_record(request: Asked, slug: str, uid: str, body: dict[str, Any] = Body(...)) -> Answer:
    """Changes the fields that are sent, and no others. With If-Match nothing of somebody else is overwritten (412)."""
    object_type = object_of(request.auth.viewer, slug)
    ask_ahead(lambda: scope.questions(request.auth.viewer, object_type.key))
    record = record_of(request.auth.viewer, object_type, uid)
    try:
        saved = actions.edit(record, body, by=request.auth.person, version=wanted_version(request))
    except Stale as error:
        raise with_current(request, object_type, uid, error) from error
    return shown(request, object_type, saved)


@singles.delete(
    "/{slug}/{uid}", operation_id="delete_{object}", summary=noop("ごみ箱に入れる"), openapi_extra=GONE
)
def delete_record(request: Asked, slug: str, uid: str) -> Answer:
    """Puts the record into the trash, from which it can be restored."""
    viewer = request.auth.viewer
    object_type = object_of(viewer, slug)
    record = record_of(viewer, object_type, uid)
    version = wanted_version(request)
    held = locked(record, viewer, "delete")
    if version is not None and held.version != version:
        raise with_current(request, object_type, uid, stale(held, viewer))
    actions.trash(held, by=request.auth.person)
    return Answer(status=204)


@singles.post(
    "/{slug}/{uid}/restore",
    operation_id="restore_{object}",
    summary=noop("ごみ箱から戻す"),
    openapi_extra=ONE,
)
def restore_record(request: Asked, slug: str, uid: str) -> Answer:
    """Takes the record out of the trash; one that is not in it stays as it is."""
    object_type = object_of(request.auth.viewer, slug)
    record = record_of(request.auth.viewer, object_type, uid, trashed=True)
    return shown(request, object_type, actions.restore(record, by=request.auth.person))


def with_current(request: Asked, object_type: ObjectType, uid: str, error: Stale) -> Stale:
    """The refusal with the record as it stands now, so that the caller can compare and send again."""
    try:
        record = record_of(request.auth.viewer, object_type, uid)
    except NotFound:
        return error
    error.context["current"] = Presenter(request.auth.viewer, object_type).one(record)
    return error
