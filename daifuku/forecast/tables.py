"""The figures as a table for files and programs: one row for each month, person, team and product group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from daifuku.forecast import reading, showing
from daifuku.forecast.reading import Asked, Figures
from daifuku.forecast.whose import Seen
from daifuku.staff.viewer import Viewer


def rows(asked: Asked, viewer: Viewer, seen: Seen) -> Iterator[tuple[str, str, str, Figures]]:
    """(what it is, its name, the period, its figures)."""
    told = reading.read(asked, viewer, seen)
    for line in showing.months(told, asked, seen):
        yield _("月"), line.name, showing.year_name(asked.year), line.figures
    period = showing.period_name(asked)
    for kind, lines in (
        (_("チーム"), showing.teams(told, asked, viewer, seen)),
        (_("担当者"), showing.people(told, asked, seen)),
        (_("商品グループ"), showing.groups(told, asked, seen)),
    ):
        for line in lines:
            yield kind, line.name, period, line.figures


def headings() -> list[str]:
    return [
        _("区分"), _("名前"), _("期間"), _("目標"), _("実績"), _("達成率（%）"), _("着地見込み"), _("目標との差"),
        _("確実な分まで"), _("最良の場合"), _("前年"), _("前年との差"),
    ]  # fmt: skip


def cells(kind: str, name: str, period: str, figures: Figures) -> list[Any]:
    return [
        kind, name, period, figures.target, figures.actual, figures.rate, figures.landing, figures.gap,
        figures.committed, figures.best_case, figures.last, figures.difference,
    ]  # fmt: skip
