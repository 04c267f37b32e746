"""A file brought in, step by step as on the pages: upload, columns, dry run, start, what was refused, undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.files import UploadedFile
from ninja.params.functions import File, Form, Query
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named, paged
from daifuku.api.auth import Asked
from daifuku.api.errors import WrongKind
from daifuku.api.finding import object_of, uid_of
from daifuku.api.once import Once
from daifuku.api.routing import fixed, in_steps, records
from daifuku.foundation.attachment import attachment
from daifuku.foundation.errors import FieldProblem, Forbidden, Invalid
from daifuku.records.catalogue import registry
from daifuku.staff.viewer import Viewer
from daifuku.transfers.actions.checking import check
from daifuku.transfers.actions.choosing import choose_columns, default_key, read_again
from daifuku.transfers.actions.uploading import keep, read_in
from daifuku.transfers.jobs import CHECKED_AT_ONCE, enqueue_check, enqueue_import, enqueue_rest, enqueue_undo
from daifuku.transfers.models import Import
from daifuku.transfers.rejected import ENCODINGS, name_of, rejected_file
from daifuku.transfers.targets import key_fields, targets_for

WORDS = noop("取り込み")
REREAD = ("encoding", "sheet", "header_line")


class ImportColumn(Schema):
    """A column of the file and the field that it fills; an empty target is passed over."""

    model_config = ConfigDict(extra="forbid")

    heading: str = ""
    target: str


class ImportChange(Schema):
    """How the file is read (first three) and what becomes of it; what is not sent stays."""

    model_config = ConfigDict(extra="forbid")

    encoding: str | None = Field(None, max_length=20)
    sheet: str | None = Field(None, max_length=120)
    header_line: int | None = Field(None, ge=1, le=1_000_000)
    columns: list[ImportColumn] | None = None
    mode: str | None = Field(None, description="create, update, both")
    key: str | None = Field(None, description=noop("突き合わせる項目（keys にあるもの）"))
    blanks: str | None = Field(None, description="keep, clear")
    doubles: str | None = Field(None, description="take, reject")
    new_choices: list[str] | None = Field(None, description=noop("選択肢を追加してよい項目"))
    constants: dict[str, str] | None = Field(None, description=noop("列のない項目に、すべての行で入れる値"))
    name: str = Field("", max_length=80, description=noop("この対応を覚えておく名前"))


class ImportItem(Schema):
    uid: str
    object: str
    slug: str
    name: str
    state: str
    rows: int
    counts: dict[str, Any]
    message: str
    job: str | None
    by: dict[str, Any]
    created_at: str
    finished_at: str | None
    undoable: bool


class ImportDetail(ImportItem):
    form: str
    encoding: str
    sheet: str
    header_line: int
    columns: list[ImportColumn]
    mode: str
    key: str
    blanks: str
    doubles: str
    new_choices: list[str]
    constants: dict[str, str]
    split: dict[str, Any]
    differences: list[dict[str, Any]]
    targets: list[dict[str, str]]
    keys: list[dict[str, str]]


class Imports(Schema):
    items: list[ImportItem]
    next: str | None


@fixed.get(
    "/imports", operation_id="list_imports", summary=noop("取り込み一覧"), tags=[WORDS], response=Imports
)
def list_imports(
    request: Asked,
    size: int = Query(50, ge=1, le=200),
    before: str = Query("", description=noop("前のページの next"), max_length=40),
) -> Answer:
    """One's own, newest first; whoever edits the settings sees everybody's."""
    viewer = request.auth.viewer
    if not viewer.has_power("import"):
        raise Forbidden
    rows = Import.objects.visible_to(viewer).select_related("by").defer("differences", "headers", "targets")
    if before:
        rows = rows.filter(pk__lt=import_of(request, before).pk)
    page, following = paged(rows, size)
    return Answer({"items": [_item(imported, request.auth.viewer) for imported in page], "next": following})


@records.post(
    "/{slug}/imports", operation_id="import_{object}", summary=noop("ファイルの取り込み（1. 送る）"),
    response={201: ImportDetail},
)  # fmt: skip
@in_steps
def upload_import(
    request: Asked, slug: str, file: UploadedFile = File(...), encoding: str = Form("", max_length=20),
    sheet: str = Form("", max_length=120),
) -> HttpResponseBase:  # fmt: skip
    """CSV or Excel, as `multipart/form-data`. The answer proposes a field for each column; nothing is registered."""
    if request.content_type != "multipart/form-data":
        raise WrongKind("multipart/form-data")
    object_type, once = object_of(request.auth.viewer, slug), Once(request)
    if given := once.before():
        return given
    made = read_in(file, by=request.auth.person, object_key=object_type.key, encoding=encoding, sheet=sheet)
    return once.whole(lambda: shown_import(keep(made), request.auth.viewer, 201))


@fixed.get(
    "/imports/{uid}",
    operation_id="get_import",
    summary=noop("取り込みの状態"),
    tags=[WORDS],
    response=ImportDetail,
)
def getimport_of(request: Asked, uid: str) -> Answer:
    """`state`: uploaded, checking, checked, running, done, cancelled, failed, undoing, undone.

    `targets` are the fields that columns can fill, `keys` those by which rows find records that are there already.
    """
    return shown_import(import_of(request, uid), request.auth.viewer)


@fixed.patch(
    "/imports/{uid}", operation_id="change_import", summary=noop("取り込み方（2. 列の対応）"), tags=[WORDS],
    response=ImportDetail,
)  # fmt: skip
def changeimport_of(request: Asked, uid: str, body: ImportChange) -> Answer:
    """Chooses columns and options until it was started. With another encoding, sheet or heading line the columns are
    proposed anew, so send those first."""
    imported, by = import_of(request, uid), request.auth.person
    sent = body.model_dump(exclude_unset=True, exclude_none=True)
    again = {name: sent.pop(name) for name in REREAD if name in sent}
    if again:
        imported = read_again(imported, by=by, **again)
    if sent:
        imported = _chosen(imported, sent, request)
    return shown_import(imported, request.auth.viewer)


def _chosen(imported: Import, sent: dict[str, Any], request: Asked) -> Import:
    """What is not sent stays as it is. Raises Invalid with the numbers of the columns as they were sent."""
    targets = [each["target"] for each in sent["columns"]] if "columns" in sent else imported.targets
    mode = sent.get("mode", imported.mode)
    key = sent.get("key", imported.key)
    if not key and mode != Import.Mode.CREATE:
        imported.targets = list(targets)
        key = default_key(imported, request.auth.viewer)
    try:
        return choose_columns(
            imported, targets, by=request.auth.person, mode=mode, key=key,
            blanks=sent.get("blanks", imported.blanks), doubles=sent.get("doubles", imported.doubles),
            new_choices=sent.get("new_choices", imported.new_choices), name=sent.get("name", ""),
            constants=sent.get("constants"),
        )  # fmt: skip
    except Invalid as error:
        raise Invalid(_renamed(error.problems)) from error


def _renamed(problems: Sequence[FieldProblem]) -> list[FieldProblem]:
    """`target-3` is `columns.3` here."""
    return [
        FieldProblem(
            each.field.replace("target-", "columns.").replace("targets", "columns")
            .replace("constant-", "constants."), each.message, code=each.code,
        )
        for each in problems
    ]  # fmt: skip


@fixed.post(
    "/imports/{uid}/check", operation_id="check_import", summary=noop("取り込みの確認（3. 試す）"), tags=[WORDS],
    response=ImportDetail,
)  # fmt: skip
@in_steps
def checkimport_of(request: Asked, uid: str) -> HttpResponseBase:
    """The dry run: `counts` says what would happen, `differences` shows the first rows. Nothing is registered.

    A long file is checked in the background: `state` is checking, `job` says how far it is.
    """
    imported, once = import_of(request, uid), Once(request)
    if imported.rows > CHECKED_AT_ONCE:
        return once.whole(lambda: _begun(imported, enqueue_check, request))
    if given := once.before():
        return given
    found = check(imported, by=request.auth.person)
    return once.whole(lambda: shown_import(found, request.auth.viewer))


@fixed.post(
    "/imports/{uid}/start", operation_id="start_import", summary=noop("取り込みの開始（4. 登録する）"), tags=[WORDS],
    response=ImportDetail,
)  # fmt: skip
def startimport_of(request: Asked, uid: str) -> Answer:
    """Goes on in the background; `job` says how far it is. Rows that are refused do not stop the others."""
    return _begun(import_of(request, uid), enqueue_import, request)


@fixed.post(
    "/imports/{uid}/resume", operation_id="resume_import", summary=noop("止めた取り込みの再開"), tags=[WORDS],
    response=ImportDetail,
)  # fmt: skip
def resumeimport_of(request: Asked, uid: str) -> Answer:
    """Goes on behind the last row that came in before the job was cancelled."""
    return _begun(import_of(request, uid), enqueue_rest, request)


@fixed.post(
    "/imports/{uid}/undo", operation_id="undo_import", summary=noop("取り込みの取り消し"), tags=[WORDS],
    response=ImportDetail,
)  # fmt: skip
def undoimport_of(request: Asked, uid: str) -> Answer:
    """New records go into the trash, changed ones become as they were; what somebody worked with since stays."""
    return _begun(import_of(request, uid), enqueue_undo, request)


@fixed.get(
    "/imports/{uid}/rejected", operation_id="rejected_rows", summary=noop("取り込めなかった行"), tags=[WORDS]
)
def rejected_rows(
    request: Asked, uid: str, encoding: str = Query(ENCODINGS[0], description="utf-8-sig, cp932")
) -> HttpResponseBase:
    """As CSV with the reason in front of each row; mended it can be brought in again."""
    imported = import_of(request, uid)
    if encoding not in ENCODINGS:
        words = ", ".join(ENCODINGS)
        raise Invalid([FieldProblem("encoding", words, code="choice")])
    response = StreamingHttpResponse(rejected_file(imported, encoding), content_type="text/csv")
    return attachment(response, name_of(imported))


def import_of(request: Asked, uid: str) -> Import:
    found: Import = Import.objects.find(request.auth.viewer, uid_of(uid))
    return found


def _begun(imported: Import, enqueue: Any, request: Asked) -> Answer:
    enqueue(imported, by=request.auth.person)
    return shown_import(imported, request.auth.viewer)


def shown_import(imported: Import, viewer: Viewer, status: int = 200) -> Answer:
    headers = {"Location": f"/api/v1/imports/{imported.uid}"} if status == 201 else {}
    return Answer(_detail(imported, viewer), status, headers)


def _item(imported: Import, viewer: Viewer) -> dict[str, Any]:
    return {
        "uid": str(imported.uid), "object": imported.object, "slug": registry.get(imported.object).slug,
        "name": imported.name, "state": str(imported.state), "rows": imported.rows,
        "counts": imported.counts_for(viewer), "message": imported.message,
        "job": str(imported.job) if imported.job else None, "by": named(imported.by), "created_at": imported.at,
        "finished_at": imported.finished_at, "undoable": imported.may_be_undone,
    }  # fmt: skip


def _detail(imported: Import, viewer: Viewer) -> dict[str, Any]:
    columns = zip(imported.headers, imported.targets, strict=True)
    targets = targets_for(viewer, imported.object).values()
    keys = key_fields(viewer, imported.object).items()
    return {
        **_item(imported, viewer), "form": imported.form, "encoding": imported.encoding, "sheet": imported.sheet,
        "header_line": imported.header_line,
        "columns": [{"heading": heading, "target": target} for heading, target in columns],
        "mode": imported.mode, "key": imported.key, "blanks": imported.blanks, "doubles": imported.doubles,
        "new_choices": imported.new_choices, "constants": imported.constants, "split": imported.split,
        "differences": imported.preview_for(viewer),
        "targets": [{"key": target.key, "label": target.label} for target in targets],
        "keys": [{"key": key, "label": label} for key, label in keys],
    }  # fmt: skip
