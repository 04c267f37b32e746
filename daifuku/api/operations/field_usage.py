"""How much the fields of a kind of record are used, and the days on which they are looked at again."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query
from pydantic import ConfigDict

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.operations.changing_fields import (
    FieldSettings,
    field_of,
    object_for_settings,
    shown_settings,
)
from daifuku.api.operations.jobs import JobItem, shown_job
from daifuku.api.routing import fixed, records
from daifuku.records.actions.powers import need_settings
from daifuku.records.requests import reporting, reviewing, usage
from daifuku.records.requests.reporting import FieldReport


class UsageItem(Schema):
    """`filled` is null where nobody has counted yet, `entered_at` where no line that was read tells of a value."""

    key: str
    label: str
    custom: bool
    filled: int | None
    percent: float | None
    entered_at: str | None
    views: int
    formulas: list[str]
    review_on: str | None
    overdue: bool
    why: list[str]


class Usage(Schema):
    """`counted_at` is null for what was counted just now; the ledger was read back to `read_back_to` (null: all)."""

    total: int | None
    counted_at: str | None
    read_back_to: str | None
    items: list[UsageItem]


class Review(Schema):
    model_config = ConfigDict(extra="forbid")

    on: str | None


@records.get(
    "/{slug}/field_usage", operation_id="field_usage_{object}", summary=noop("項目の利用状況"), response=Usage
)
def field_usage(request: Asked, slug: str, days: int = Query(reporting.USUAL_DAYS, ge=1, le=3650)) -> Answer:
    """Of every field; `why` says why one should be looked at again, unused for so many `days`."""
    object_type = object_for_settings(request, slug)
    found = reporting.report(object_type.key, timezone.localdate(), days)
    figures = found.figures
    return Answer(
        {
            "total": figures.total, "counted_at": figures.counted_at,
            "read_back_to": figures.entries.back_to,
            "items": [_json(each) for each in (*found.own, *found.standard)],
        }
    )  # fmt: skip


@fixed.post(
    "/field_usage", operation_id="count_field_usage", summary=noop("項目の利用状況を数える"), tags=[noop("項目")],
    response={202: JobItem},
)  # fmt: skip
def count_usage(request: Asked) -> Answer:
    """A job counts what takes long, for all kinds of records."""
    need_settings(request.auth.person)
    return Answer(shown_job(usage.count_anew(by=request.auth.person)), 202)


@records.put(
    "/{slug}/fields/{field}/review", operation_id="review_field_{object}", summary=noop("項目の見直し日"),
    response=FieldSettings,
)  # fmt: skip
def review_field(request: Asked, slug: str, field: str, body: Review) -> Answer:
    """The field is looked at again on that day to come; with null on none."""
    row = field_of(request, slug, field)
    return shown_settings(reviewing.review_field(row, body.on, by=request.auth.person))


def _json(each: FieldReport) -> dict[str, Any]:
    review_on = each.row.review_on if each.row else None
    return {
        "key": each.field.key, "label": each.field.name, "custom": each.field.custom, "filled": each.filled,
        "percent": each.percent, "entered_at": each.entered, "views": each.views,
        "formulas": each.computed, "review_on": review_on, "overdue": each.overdue, "why": each.why,
    }  # fmt: skip
