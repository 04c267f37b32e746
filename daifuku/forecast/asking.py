"""What is asked of the figures: by the page, by files and by programs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.forecast import reading, whose
from daifuku.forecast.models import setting
from daifuku.forecast.reading import Asked, Span
from daifuku.forecast.whose import Seen
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.foundation.whole import whole
from daifuku.staff.viewer import Viewer

WHOLE_YEAR = "year"
FIRST, LAST = 1990, 2200


def read(sent: Mapping[str, Any], viewer: Viewer, seen: Seen, today: date) -> Asked:
    """Where nothing is said: this fiscal year, this month, as the firm counts. Raises Invalid, NotFound."""
    offered = reading.offered(viewer)
    if not offered:
        raise NotFound
    problems = []
    year = _year(str(sent.get("year") or ""), today)
    if year is None:
        problems.append(FieldProblem("year", _("年度は西暦の4桁で入力してください。例: 2026"), code="year"))
    key = str(sent.get("basis") or "") or setting().basis
    basis = next((source for source in offered if source.key == key), None)
    if basis is None and sent.get("basis"):
        problems.append(FieldProblem("basis", _("実績の基準を選び直してください。"), code="basis"))
    period = None
    if year is not None:
        period = _period(str(sent.get("month") or ""), reading.fiscal_year(year), today)
        if period is None:
            sentence = _("この年度の月を「2026-11」の形で入力してください。年度全体は「year」です。")
            problems.append(FieldProblem("month", sentence, code="month"))
    if problems or year is None or period is None:
        raise Invalid(problems)
    who = whose.read(str(sent.get("who") or ""), seen)
    return Asked(reading.fiscal_year(year), period, basis or offered[0], who, today)


def _year(raw: str, today: date) -> int | None:
    if not raw:
        return reading.year_of(today)
    number = whole(raw)
    return number if number is not None and FIRST <= number <= LAST else None


def _period(raw: str, year: Span, today: date) -> Span | None:
    """This month while its year is running; of another year the whole."""
    month = today.replace(day=1)
    if not raw:
        return Span(month, month) if month in year else year
    if raw == WHOLE_YEAR:
        return year
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", raw):
        return None
    month = date(int(raw[:4]), int(raw[5:]), 1) if int(raw[:4]) else date(1, 1, 1)
    return Span(month, month) if month in year else None
