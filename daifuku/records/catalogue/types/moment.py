"""Days and instants."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation import calendar
from daifuku.records.catalogue.types.base import EMPTINESS, FieldType, Refused

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer

TOKYO = ZoneInfo("Asia/Tokyo")
FIRST, LAST = date(1800, 1, 1), date(2999, 12, 31)
OUT_OF_RANGE = _("日付が正しいか確認してください。1800年から2999年までを入力できます。")


def _in_range(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise Refused(OUT_OF_RANGE, "range")
    return day


@lru_cache(maxsize=256)
def _written(moment: datetime) -> str:
    """Thousands of rows of an import are made in the same instant."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


class Date(FieldType):
    """A day; 2026/11/24, 20261124, 令和8年11月24日, R8.11.24 and 11/24 are all read."""

    key, label, widget = "date", _("日付"), "date"
    operators = ("on", "before", "after", "between", "within", *EMPTINESS)

    def clean(self, raw: Any, viewer: Viewer | None = None) -> date | None:
        if raw is None or raw == "":
            return None
        if isinstance(raw, datetime):
            raw = timezone.localtime(raw, TOKYO).date() if timezone.is_aware(raw) else raw.date()
        if isinstance(raw, date):
            return _in_range(raw)
        if not isinstance(raw, str):
            raise Refused(_("日付として読めません。例: 2026/11/24"), "type")
        try:
            return _in_range(calendar.parse_date(raw, today=timezone.localdate()))
        except ValueError as error:
            if isinstance(error, Refused):
                raise
            raise Refused(_("日付として読めません。例: 2026/11/24、令和8年11月24日")) from error

    def to_json(self, value: Any) -> Any:
        return None if value is None else value.isoformat()

    def from_json(self, value: Any) -> Any:
        return None if value is None else date.fromisoformat(value)

    def display(self, value: Any) -> str:
        return f"{value:%Y/%m/%d}"

    def form_value(self, value: Any) -> str:
        return "" if value is None else value.isoformat()

    def export(self, value: Any) -> Any:
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


class DateTime(FieldType):
    """An instant; kept in UTC, shown and read in Asia/Tokyo."""

    key, label, widget = "datetime", _("日時"), "datetime"
    operators = ("on", "before", "after", "between", "within", *EMPTINESS)

    def clean(self, raw: Any, viewer: Viewer | None = None) -> datetime | None:
        if raw is None or raw == "":
            return None
        if isinstance(raw, datetime):
            moment = raw
        elif isinstance(raw, date):
            moment = datetime.combine(raw, time())
        else:
            moment = self._read(raw)
        _in_range(moment.date())
        return moment if timezone.is_aware(moment) else moment.replace(tzinfo=TOKYO)

    def _read(self, raw: Any) -> datetime:
        sentence = _("日時として読めません。例: 2026/11/24 13:30")
        if not isinstance(raw, str):
            raise Refused(sentence, "type")
        try:
            return datetime.fromisoformat(raw.strip().replace("/", "-"))
        except ValueError:
            day, _space, clock = raw.strip().rpartition(" ")
        try:
            return datetime.combine(
                calendar.parse_date(day or clock, today=timezone.localdate()),
                time.fromisoformat(clock) if day else time(),
            )
        except ValueError as error:
            raise Refused(sentence) from error

    def to_json(self, value: Any) -> Any:
        return None if value is None else _written(value)

    def from_json(self, value: Any) -> Any:
        return None if value is None else datetime.fromisoformat(value)

    def display(self, value: Any) -> str:
        return f"{timezone.localtime(value, TOKYO):%Y/%m/%d %H:%M}"

    def form_value(self, value: Any) -> str:
        return "" if value is None else f"{timezone.localtime(value, TOKYO):%Y-%m-%dT%H:%M}"

    def export(self, value: Any) -> Any:
        return None if value is None else timezone.localtime(value, TOKYO).replace(tzinfo=None, microsecond=0)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}
