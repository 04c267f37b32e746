"""A list taken out into a file, written in the background and fetched when it is ready."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponseBase
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, uid_of
from daifuku.api.operations.many import condition_of
from daifuku.api.representing import chosen_fields
from daifuku.api.routing import fixed, records
from daifuku.foundation.attachment import attachment
from daifuku.foundation.errors import NotFound
from daifuku.records import saved_views
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.listing import sorting
from daifuku.staff.viewer import Viewer
from daifuku.transfers.exporting.wish import TYPES, Wish
from daifuku.transfers.jobs import enqueue_export
from daifuku.transfers.models import Export

WORDS = noop("書き出し")


class NewExport(Schema):
    """Which rows (as in a list), which columns, in which form."""

    model_config = ConfigDict(extra="forbid")

    view: str = Field("all", max_length=40, description=noop("ビューのキー"))
    where: dict[str, Any] | None = Field(None, description=noop("条件。ビューの条件に加わる"))
    q: str = Field("", max_length=100, description=noop("検索する言葉"))
    sort: str = Field("", max_length=80)
    fields: list[str] = Field([], max_length=60, description=noop("書き出す項目。省略するとビューの列"))
    columns: str = Field("view", description=noop("view（ビューか fields の列）、all（すべての項目）"))
    form: str = Field("csv", description="csv, xlsx")
    encoding: str = Field("utf-8-sig", description=noop("utf-8-sig, utf-8, cp932（CSVのとき）"))
    again: bool = Field(False, description=noop("直して取り込み直すための形（記録番号が付く）"))


class ExportItem(Schema):
    uid: str
    object: str
    slug: str
    name: str
    ready: bool
    rows: int
    unsayable: str
    job: str | None
    created_at: str
    finished_at: str | None


@records.post(
    "/{slug}/exports",
    operation_id="export_{object}",
    summary=noop("ファイルへの書き出し"),
    response={201: ExportItem},
)
def start_export(request: Asked, slug: str, body: NewExport) -> Answer:
    """Begins it; `job` says how far it is, and once `ready` is true the file can be fetched. The ledger tells of it."""
    viewer = request.auth.viewer
    object_type = object_of(viewer, slug)
    wish = Wish(
        object_type.key, query=_query(object_type, viewer, body), form=body.form, encoding=body.encoding,
        columns=body.columns, again=body.again,
    )  # fmt: skip
    export = enqueue_export(wish, by=request.auth.person)
    return Answer(_shown(export), 201, {"Location": f"/api/v1/exports/{export.uid}"})


def _query(object_type: ObjectType, viewer: Viewer, body: NewExport) -> str:
    """The address of the list that is taken out; what the page would pass over is refused here."""
    kept = saved_views.find(viewer, object_type.key, body.view)
    chosen = {"view": kept.key, "q": body.q}
    condition = condition_of(kept, body.where, object_type, viewer)
    if condition is not None:
        chosen["where"] = json.dumps(condition.to_json(), ensure_ascii=False)
    if body.sort:
        chosen["sort"] = sorting.read(body.sort, object_type, viewer).written
    if body.fields:
        chosen["cols"] = ",".join(chosen_fields(viewer, object_type, ",".join(body.fields)))
    return urlencode({name: value for name, value in chosen.items() if value})


@fixed.get(
    "/exports/{uid}",
    operation_id="get_export",
    summary=noop("書き出しの状態"),
    tags=[WORDS],
    response=ExportItem,
)
def get_export(request: Asked, uid: str) -> Answer:
    """One's own. `unsayable` names characters that the encoding does not have; they are written as another sign."""
    return Answer(_shown(_export(request, uid)))


@fixed.get(
    "/exports/{uid}/file", operation_id="get_export_file", summary=noop("書き出したファイル"), tags=[WORDS]
)
def get_export_file(request: Asked, uid: str) -> HttpResponseBase:
    """The bytes; 404 as long as it is not ready."""
    export = _export(request, uid)
    if not export.file or not default_storage.exists(export.file):
        raise NotFound
    kind = TYPES[export.wish.get("form", "csv")]
    return attachment(FileResponse(default_storage.open(export.file), content_type=kind), export.name)


def _export(request: Asked, uid: str) -> Export:
    found: Export = Export.objects.find(request.auth.viewer, uid_of(uid))
    return found


def _shown(export: Export) -> dict[str, Any]:
    return {
        "uid": str(export.uid), "object": export.object, "slug": registry.get(export.object).slug,
        "name": export.name, "ready": bool(export.file), "rows": export.rows, "unsayable": export.unsayable,
        "job": str(export.job) if export.job else None, "created_at": export.at,
        "finished_at": export.finished_at,
    }  # fmt: skip
