"""A page of records, and a new record."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja.params.functions import Body, Query

from daifuku.api import parsing
from daifuku.api.answers import Answer
from daifuku.api.auth import Asked, Caller
from daifuku.api.finding import etag, object_of
from daifuku.api.representing import Presenter
from daifuku.api.routing import records
from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.ledger import reads
from daifuku.ledger.models import Event
from daifuku.records import actions, conditions, listing, saved_views
from daifuku.records.actions.cleaning import Cleaner
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.listing import Listing, Page
from daifuku.records.listing.cursor import NoSuchPlace
from daifuku.staff.viewer import Viewer

SHAPES = "#/components/schemas/"


def answering(schema: str, status: str = "200", words: str = "OK") -> dict[str, Any]:
    """The answer of an operation on records, whose shape the document fills in."""
    return {
        "responses": {
            status: {
                "description": words,
                "content": {"application/json": {"schema": {"$ref": f"{SHAPES}{schema}"}}},
            }
        }
    }


def taking(schema: str) -> dict[str, Any]:
    return {"requestBody": {"content": {"application/json": {"schema": {"$ref": f"{SHAPES}{schema}"}}}}}


LIST = answering("{Object}List")
CREATE = taking("{Object}New") | answering("{Object}", "201", "Created")


@records.get("/{slug}", operation_id="list_{object}", summary=noop("一覧"), openapi_extra=LIST)
def list_records(
    request: Asked,
    slug: str,
    view: str = Query("", description=noop("ビューのキー（/views で分かる）"), max_length=40),
    where: str = Query("", description=noop("条件のJSON（一覧の条件と同じ形）"), max_length=20_000),
    q: str = Query("", description=noop("検索する言葉"), max_length=200),
    sort: str = Query(
        "",
        description=noop("並び順の項目。先頭の - は降順。省略するとビューの順、なければ更新の新しい順"),
        max_length=80,
    ),
    fields: str = Query("", description=noop("返す項目をコンマで区切って"), max_length=4000),
    size: int = Query(50, ge=1, le=200, description=noop("1ページの件数")),
    after: str = Query("", description=noop("前のページの next"), max_length=2000),
    count: bool = Query(False, description=noop("件数も返す（1,000件まで数える）")),
) -> Answer:
    """A page of what the caller may see; `next` is where the following page begins.

    `view` brings its condition, to which `where` is added, and its order.
    """
    viewer = request.auth.viewer
    object_type = object_of(viewer, slug)
    presenter = Presenter(viewer, object_type, fields)
    kept = saved_views.find(viewer, object_type.key, view) if view else None
    found = listing.query(
        object_type.key, viewer, condition=condition_of(kept, _given(where), object_type, viewer), search=q,
        sort=sort or (kept.sort if kept else "") or "-updated_at", today=timezone.localdate(), columns=(),
    )  # fmt: skip
    page = _page(request, found, after, size)
    items = presenter.many(page.rows)
    if items and object_type.about_person:
        # Rows are not logged singly: one line for the person and the kind of record, which has no number.
        reads.looked("api.listed", by=request.auth.person, object=object_type.key, record_id=0)
    body: dict[str, Any] = {"items": items, "next": page.next or None, "previous": page.previous or None}
    if count:
        number, more = found.count()
        body |= {"count": number, "more": more}
    return Answer(body, headers=_links(request, page.next))


def _page(request: Asked, found: Listing, after: str, size: int) -> Page:
    """What is no place in this list is refused with the address of the same list's first page as `first`."""
    try:
        return found.page(after=after, size=size)
    except NoSuchPlace as error:
        sentence = _(
            "after に使えるのは、同じ一覧を同じ並び順で読んだ答えの next か previous だけです。"
            "after を外して（first のアドレス）、最初のページから読み直してください。"
        )
        refused = NoSuchPlace("after", sentence)
        rest = urlencode({name: value for name, value in request.GET.items() if name != "after"})
        refused.context["first"] = f"{request.path}?{rest}" if rest else request.path
        raise refused from error


def _given(where: str) -> dict[str, Any] | None:
    given = parsing.read(where) if where else None
    if given is not None and not isinstance(given, dict):
        raise Invalid([FieldProblem("where", _("条件はJSONのオブジェクトで書いてください。"), code="type")])
    return given


def condition_of(
    kept: Any, where: dict[str, Any] | None, object_type: ObjectType, viewer: Viewer
) -> conditions.Condition | None:
    """What the view asks for and `where`, strictly: a view that names a deleted field would otherwise find too much.

    Raises Invalid.
    """
    parts = [kept.condition] if kept and kept.condition else []
    if where is not None:
        parts.append(json.loads(json.dumps(where, default=str)))
    if not parts:
        return None
    return conditions.parse(parts[0] if len(parts) == 1 else {"all": parts}, object_type.key, viewer)


def _links(request: Asked, following: str) -> dict[str, str]:
    if not following:
        return {}
    query = urlencode({**request.GET.dict(), "after": following})
    return {"Link": f'<{request.path}?{query}>; rel="next"'}


@records.post("/{slug}", operation_id="create_{object}", summary=noop("登録"), openapi_extra=CREATE)
def create_record(request: Asked, slug: str, body: dict[str, Any] = Body(...)) -> Answer:
    """Registers a record; an own `uid` makes sending it again harmless."""
    object_type = object_of(request.auth.viewer, slug)
    record, fresh = create_once(object_type, body, request.auth)
    return shown(request, object_type, record, status=201 if fresh else 200)


def create_once(object_type: ObjectType, body: Mapping[str, Any], caller: Caller) -> tuple[Any, bool]:
    """The new record, or the one that the same content made before under the same uid. Raises Conflict."""
    values = {key: value for key, value in body.items() if key != "uid"}
    uid = own_uid(body)
    try:
        with transaction.atomic():
            return actions.create(object_type.key, values, by=caller.person, uid=uid), True
    except Conflict as error:
        if error.code != "uid_taken":
            raise
        return _same(object_type, uid, values, caller, error), False
    except IntegrityError as error:
        taken = Conflict(_("この番号の記録はすでにあります。"), code="uid_taken", field="uid")
        if uid is None:
            raise
        return _same(object_type, uid, values, caller, taken, because=error), False


def own_uid(body: Mapping[str, Any]) -> uuid.UUID | None:
    given = body.get("uid")
    if given is None:
        return None
    try:
        return uuid.UUID(given) if isinstance(given, str) else uuid.UUID(int=-1)
    except ValueError as error:
        raise Invalid([FieldProblem("uid", _("uid はUUIDの形で書いてください。"), code="type")]) from error


def _same(
    object_type: ObjectType, uid: uuid.UUID | None, values: Mapping[str, Any], caller: Caller, taken: Conflict,
    because: Exception | None = None,
) -> Any:  # fmt: skip
    """A retry brings what it brought before; anything else is another record under a used number."""
    record = object_type.model.objects.visible_to(caller.viewer).filter(uid=uid).first()
    if record is None:
        raise taken from because
    made = Event.objects.filter(
        kind=object_type.event("created"), subjects__object=object_type.key, subjects__record_id=record.pk,
        actor=caller.person,
    ).first()  # fmt: skip
    cleaner = Cleaner(object_type, caller.viewer)
    brought = {key: cleaner.fields[key].type.to_json(value) for key, value in cleaner.new(values).items()}
    before = {key: new for key, (_old, new) in made.changes.items()} if made else None
    if before is None or any(before.get(key) != value for key, value in brought.items()):
        raise taken from because
    return record


def shown(request: Asked, object_type: ObjectType, record: Any, *, status: int = 200) -> Answer:
    """The record as the caller sees it, with its version and its address."""
    headers = {"ETag": etag(record)}
    if status == 201:
        headers["Location"] = f"/api/v1/{object_type.slug}/{record.uid}"
    return Answer(Presenter(request.auth.viewer, object_type).one(record), status, headers)
