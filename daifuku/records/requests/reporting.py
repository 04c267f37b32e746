"""The report of fields: what each is worth, and which of them should be looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.ledger.models import Event, Subject
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.models import CustomField, FieldRequest
from daifuku.records.requests import usage, uses
from daifuku.records.requests.usage import Figures

DAYS = (30, 90, 180, 365)
USUAL_DAYS = 90


@dataclass(frozen=True)
class FieldReport:
    """`row` is None for a field that the program brings. `filled` is None where it was not counted, `entered` where no
    line of the ledger that was read tells of a value. `why` says why it should be looked at again."""

    field: Field
    row: CustomField | None
    filled: int | None
    percent: float | None
    entered: datetime | None
    views: int
    computed: list[str]
    request: FieldRequest | None
    overdue: bool
    why: list[str]


@dataclass(frozen=True)
class Report:
    figures: Figures
    own: list[FieldReport]
    standard: list[FieldReport]

    @property
    def proposed(self) -> list[FieldReport]:
        return [each for each in self.own if each.why]


def report(object_key: str, today: date, days: int = USUAL_DAYS) -> Report:
    """Of one kind of record; unused is what nobody has entered for so many `days`."""
    figures = usage.figures(object_key)
    rows = {row.key: row for row in CustomField.objects.filter(object=object_key, retired_at__isnull=True)}
    made, asked = _made(rows), _requests(rows)
    views = uses.in_views()
    found: list[FieldReport] = []
    for key, field in vocabulary.fields_of(object_key).items():
        row = rows.get(key) if field.custom else None
        if not usage.can_be_counted(field) or (field.custom and row is None):
            continue
        filled = figures.filled.get(key)
        each = FieldReport(
            field, row, filled, _percent(filled, figures.total), figures.entries.found.get(key),
            views[(object_key, key)], uses.in_computed(object_key, key), asked.get(row.pk) if row else None,
            bool(row and row.review_on and row.review_on <= today), [],
        )  # fmt: skip
        if row is not None:
            each = replace(each, why=list(_why(each, figures, made.get(row.pk), days)))
        found.append(each)
    own = [each for each in found if each.row]
    own.sort(key=lambda each: (not each.why, not each.overdue))
    return Report(figures, own, [each for each in found if not each.row])


def _percent(filled: int | None, total: int | None) -> float | None:
    return round(100 * filled / total, 1) if filled is not None and total else None


def _why(each: FieldReport, figures: Figures, made: datetime | None, days: int) -> Iterator[str]:
    if each.overdue:
        yield _("見直し日を過ぎています")
    since = timezone.now() - timedelta(days=days)
    if each.field.computed or (made is not None and made > since):
        return
    if each.filled == 0:
        yield _("一度も入力されていません") if each.entered is None else _("値のある記録がありません")
    elif not each.views and not each.computed and _not_entered(each, figures, since):
        yield _("%(days)s日以上、入力されていません") % {"days": days}


def _not_entered(each: FieldReport, figures: Figures, since: datetime) -> bool:
    """Only where the ledger was read that far back."""
    if each.entered is not None:
        return each.entered < since
    return figures.entries.back_to is None or figures.entries.back_to < since


def _made(rows: dict[str, CustomField]) -> dict[int, datetime]:
    """When each field was added; one that was there before the ledger told of it is not named."""
    about = Subject.objects.filter(
        object="field", record_id__in=[row.pk for row in rows.values()], event__kind="vocabulary.edited"
    )
    found: dict[int, datetime] = {}
    for key, at in about.order_by("event_id").values_list("record_id", "event__at"):
        found.setdefault(key, at)
    return found


def _requests(rows: dict[str, CustomField]) -> dict[int, FieldRequest]:
    """From which request each field came."""
    asked = FieldRequest.objects.filter(field__in=[row.pk for row in rows.values()]).select_related(
        "asked_by"
    )
    return {each.field_id: each for each in asked.order_by("pk") if each.field_id}


def to_be_reviewed(today: date) -> list[tuple[CustomField, Event]]:
    """Every field whose day has come, with the line that set it."""
    found = []
    for row in CustomField.objects.filter(retired_at__isnull=True, review_on__lte=today):
        line = (
            Event.objects.filter(
                kind="vocabulary.review_set", subjects__object="field", subjects__record_id=row.pk
            )
            .order_by("-pk")
            .first()
        )
        if line is not None:
            found.append((row, line))
    return found
