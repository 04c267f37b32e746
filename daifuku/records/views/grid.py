"""The rows of a list in a grid that one types into, and what was typed: a result for each row and each cell."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.foundation.errors import DomainError, FieldProblem, Forbidden, Invalid
from daifuku.records import list_state
from daifuku.records.actions.grid import GridRow, save_rows
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.grid import MOST, Cells
from daifuku.records.list_state import ListState
from daifuku.records.listing import Listing
from daifuku.records.views.finding import object_at, viewer_at
from daifuku.records.views.list_frame import list_of
from daifuku.staff.viewer import Viewer

BLANK, BLANKS_OF_NEW = 1, 10
LONGEST_BODY = 8_000_000


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: HttpRequest, slug: str) -> HttpResponse:
    """All rows of the list, at most five hundred, or the ones that were ticked; with `new` only empty ones."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    may = {action: viewer.may(object_type.key, action) for action in ("edit", "create")}
    if not any(may.values()):
        raise Forbidden
    state = list_state.read(object_type, viewer, request.POST if request.method == "POST" else request.GET)
    cells = _cells(state.object_type, [column.field for column in state.columns], viewer)
    records, more = ([], False) if "new" in request.GET else _records(request, state, viewer, cells.fields)
    blanks = (BLANKS_OF_NEW if "new" in request.GET else BLANK) if may["create"] else 0
    columns = [
        {"field": each, "kind": cells.kind(each), "place": place, "open": each.key in cells.editable}
        for place, each in enumerate(cells.fields, 2)
    ]
    page: dict[str, Any] = {
        "object_type": object_type, "state": state, "columns": columns, "rows": cells.draw(records),
        "blank": cells.blank(), "blanks": range(blanks), "lists": cells.lists().items(), "more": more,
        "most": MOST, "count": len(records), "may_create": may["create"],
        "sentences": json.dumps(_words(), ensure_ascii=False),
    }  # fmt: skip
    return render(request, "records/grid.html", page)


@require_POST
def save_grid(request: HttpRequest, slug: str) -> HttpResponse:
    """JSON in and out: `{"columns": [...], "rows": [{"row", "uid", "version", "values"}]}`."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    keys, rows = _read(request)
    fields = vocabulary.fields_for(viewer, object_type.key)
    cells = Cells([fields[key] for key in keys if key in fields], (), viewer)
    saved = save_rows(object_type.key, rows, by=viewer.person)
    shown = [_result(row, saved.results[row.number], object_type, cells, viewer) for row in rows]
    done = sum(1 for each in shown if each["status"] < 300)
    answer: dict[str, Any] = {"results": shown, "done": done, "refused": len(shown) - done}
    if saved.event:
        sentence = ngettext("%(n)s行を保存しました。", "%(n)s行を保存しました。", done) % {"n": done}
        answer |= {"sentence": sentence, "undo": reverse("records:undo", args=[saved.event.pk])}
    return JsonResponse(answer)


def _words() -> dict[str, str]:
    """What the grid itself says."""
    return {
        "cell": _("%(column)s %(row)s行目"),
        "empty": _("空欄"),
        "closed": _("変更できません"),
        "unsaved": _("未保存 %(n)sか所"),
        "wrong": _("直すところ %(n)sか所"),
        "saved": _("すべて保存されています"),
        "saving": _("保存しています…"),
        "full": _("%(n)s行までです。残りは貼り付けていません。"),
        "readonly": _("変更できないセルには入力しませんでした。"),
        "theirs": _("ほかの方が先に「%(now)s」に変更しました。もう一度保存すると上書きします。"),
    }


def _cells(object_type: ObjectType, columns: list[Field], viewer: Viewer) -> Cells:
    """The columns of the list, and behind them what a new record needs besides."""
    editable = vocabulary.editable_for(viewer, object_type.key)
    needed = [each for each in editable.values() if each.required and each not in columns]
    return Cells([*columns, *needed], editable, viewer)


def _records(request: HttpRequest, state: ListState, viewer: Viewer, fields: Any) -> tuple[list[Any], bool]:
    listed: Listing = list_of(state, viewer)
    listed.columns = fields
    keys = request.POST.getlist("keys")[:MOST] if not request.POST.get("all") else []
    if keys:
        listed = listed.narrowed(Q(uid__in=[uid for key in keys if (uid := as_uid(key))]))
    page = listed.page(size=MOST)
    return page.rows, bool(page.next)


def _read(request: HttpRequest) -> tuple[list[str], list[GridRow]]:
    """Raises Invalid for what is no such JSON, or more rows than a grid has."""
    try:
        if len(request.body) > LONGEST_BODY:
            raise ValueError
        sent = json.loads(request.body)
        keys = [str(key) for key in sent["columns"]][:100]
        rows = [
            GridRow(int(row["row"]), _values(row["values"]), _uid(row.get("uid")), _whole(row.get("version")))
            for row in sent["rows"]
        ]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise _refused(
            _("送られた内容を読み取れませんでした。画面を開き直して、もう一度お試しください。")
        ) from error
    if not 0 < len(rows) <= MOST:
        raise _refused(_("一度に保存できるのは%(most)s行までです。") % {"most": MOST})
    return keys, rows


def _values(sent: Any) -> dict[str, str]:
    return {str(key): str(text) for key, text in dict(sent).items()}


def _uid(text: Any) -> uuid.UUID | None:
    if not text:
        return None
    return uuid.UUID(str(text))


def _whole(number: Any) -> int | None:
    return None if number is None else int(number)


def _refused(sentence: str) -> Invalid:
    return Invalid([FieldProblem("rows", sentence, code="rows")])


def _result(
    row: GridRow, result: Any, object_type: ObjectType, cells: Cells, viewer: Viewer
) -> dict[str, Any]:
    if not isinstance(result, DomainError):
        status = 200 if row.uid else 201
        return {"row": row.number, "status": status, **_record(result, cells)}
    problems = {problem.field: problem.message for problem in result.problems}
    answer = {"row": row.number, "status": result.status, "sentence": result.message, "problems": problems}
    if result.status == 412:
        now = object_type.model.objects.visible_to(viewer).filter(uid=row.uid).first()
        answer |= _record(now, cells) if now else {}
    return answer


def _record(record: Any, cells: Cells) -> dict[str, Any]:
    return {
        "uid": str(record.uid), "version": record.version, "name": str(record), "address": record.get_absolute_url(),
        "cells": cells.texts(record),
    }  # fmt: skip
