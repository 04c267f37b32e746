"""Old daily reports in an import: cut into talks for each customer, and what nobody was found for assigned."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.operations.imports import WORDS, ImportDetail, import_of, shown_import
from daifuku.api.routing import fixed
from daifuku.transfers.reports.splitting import assign, split_reports


class SplitWish(Schema):
    model_config = ConfigDict(extra="forbid")

    column: int | None = Field(
        None, ge=0, description=noop("日報の文章の列（0から）。なければ詳細に対応させた列")
    )


class Assignment(Schema):
    model_config = ConfigDict(extra="forbid")

    heading: str = Field(..., description=noop("split.unmatched にある見出し"))
    account: str = Field(..., description=noop("取引先の番号"))


@fixed.post(
    "/imports/{uid}/split", operation_id="split_import", summary=noop("日報をお客様ごとに分ける"), tags=[WORDS],
    response=ImportDetail,
)  # fmt: skip
def split_import(request: Asked, uid: str, body: SplitWish) -> Answer:
    """A file with a row for each person and day becomes one with a row for each talk; `split` says what came of it."""
    imported = import_of(request, uid)
    return shown_import(split_reports(imported, body.column, by=request.auth.person), request.auth.viewer)


@fixed.post(
    "/imports/{uid}/assign", operation_id="assign_import", summary=noop("見出しへの取引先の割り当て"), tags=[WORDS],
    response=ImportDetail,
)  # fmt: skip
def assign_import(request: Asked, uid: str, body: Assignment) -> Answer:
    """All parts under this heading tell of this customer."""
    imported, viewer = import_of(request, uid), request.auth.viewer
    account = record_of(viewer, object_of(viewer, "accounts"), body.account)
    return shown_import(assign(imported, body.heading, account, by=request.auth.person), viewer)
