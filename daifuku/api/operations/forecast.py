"""The figures of 予実, and targets of many months at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.routing import fixed
from daifuku.forecast import asking, keeping, reading, showing, whose
from daifuku.forecast.actions import Cell, enter_targets
from daifuku.forecast.reading import Figures
from daifuku.forecast.whose import TEAM, Seen
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.staff.models import Person, Team


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class ForecastLine(Schema):
    key: str = Field(..., description=noop("月、社員の uid、team- とチームの番号、商品グループのキー"))
    name: str
    target: int | None
    actual: int
    rate: int | None = Field(..., description=noop("達成率（%、切り捨て）"))
    landing: int = Field(..., description=noop("着地見込み: 実績と、進行中の商談の金額×確度"))
    gap: int | None = Field(..., description=noop("着地見込みと目標の差"))
    committed: int = Field(..., description=noop("実績と、ヨミが「確実」の商談の金額"))
    best_case: int = Field(..., description=noop("さらに「最良の場合」の商談の金額"))
    open_deals: int
    last_year: int
    difference: int = Field(..., description=noop("前年との差"))


class ForecastWeek(Schema):
    taken_on: str
    actual: int
    landing: int
    committed: int


class Forecast(Schema):
    year: int
    period: str
    basis: str
    who: str
    months: list[ForecastLine]
    teams: list[ForecastLine]
    people: list[ForecastLine]
    groups: list[ForecastLine]
    weeks: list[ForecastWeek]


class TargetCell(Strict):
    month: str = Field(..., description=noop("「2026-11」の形"))
    amount: str = Field(..., description=noop("円。空にすると目標をなくします"))
    person: str = Field("", description=noop("社員の uid"))
    team: str = Field("", description=noop("team- とチームの番号。person も team も省くと会社全体"))
    group: str = Field("", description=noop("商品グループのキー"))


class TargetCells(Strict):
    targets: list[TargetCell]


class TargetsEntered(Schema):
    changed: int
    event: int | None = Field(..., description=noop("まとめて元に戻すときの、履歴の番号"))


@fixed.get("/forecast", operation_id="get_forecast", summary=noop("予実"), response=Forecast)
def get_forecast(request: Asked, year: str = "", month: str = "", basis: str = "", who: str = "") -> Answer:
    """By month, and for the period by team, person and product group."""
    viewer = request.auth.viewer
    if not viewer.may("target", "view"):
        raise NotFound
    seen = whose.seen_by(viewer)
    sent = {"year": year, "month": month, "basis": basis, "who": who}
    asked = asking.read(sent, viewer, seen, timezone.localdate())
    told = reading.read(asked, viewer, seen)
    return Answer({
        "year": asked.year.begin.year, "basis": asked.basis.key, "who": asked.whose.key,
        "period": asking.WHOLE_YEAR if asked.period == asked.year else f"{asked.period.begin:%Y-%m}",
        "months": [_line(f"{month:%Y-%m}", f"{month:%Y-%m}", each) for month, each in told.months.items()],
        "teams": [_line(each.key, each.name, each.figures) for each in showing.teams(told, asked, viewer, seen)],
        "people": [_line(each.key, each.name, each.figures) for each in showing.people(told, asked, seen)],
        "groups": [_line(each.key, each.name, each.figures) for each in showing.groups(told, asked, seen)],
        "weeks": [
            {"taken_on": w.taken_on.isoformat(), "actual": w.actual, "landing": w.landing, "committed": w.committed}
            for w in keeping.weeks(asked, viewer)
        ],
    })  # fmt: skip


def _line(key: str, name: str, figures: Figures) -> dict[str, Any]:
    return {
        "key": key, "name": name, "target": figures.target, "actual": figures.actual, "rate": figures.rate,
        "landing": figures.landing, "gap": figures.gap, "committed": figures.committed,
        "best_case": figures.best_case, "open_deals": figures.deals, "last_year": figures.last,
        "difference": figures.difference,
    }  # fmt: skip


@fixed.post(
    "/targets/enter",
    operation_id="enter_targets",
    summary=noop("目標をまとめて入力"),
    response=TargetsEntered,
)
def enter_many(request: Asked, body: TargetCells) -> Answer:
    """All of them or, where one is wrong, none."""
    seen, cells, problems = whose.seen_by(request.auth.viewer), [], []
    for number, each in enumerate(body.targets):
        name = f"targets.{number}"
        month, (owner, team) = _month(each.month), _whose(each, seen)
        if month is None:
            sentence = _("月は「2026-11」の形で入力してください。")
            problems.append(FieldProblem(f"{name}.month", sentence, code="month"))
        elif owner is None and team is None and (each.person or each.team):
            sentence = _("この人・チームの目標を決める権限がありません。")
            problems.append(
                FieldProblem(f"{name}.{'person' if each.person else 'team'}", sentence, code="unknown")
            )
        else:
            cells.append(Cell(name, month, each.amount, owner, team, each.group))
    if problems:
        raise Invalid(problems)
    entered = enter_targets(cells, by=request.auth.person)
    return Answer({"changed": entered.count, "event": entered.event.pk if entered.event else None})


def _month(raw: str) -> date | None:
    try:
        return date.fromisoformat(f"{raw}-01")
    except ValueError:
        return None


def _whose(each: TargetCell, seen: Seen) -> tuple[Person | None, Team | None]:
    owner = next((person for person in seen.people if each.person and str(person.uid) == each.person), None)
    team = next((team for team in seen.teams if each.team and f"{TEAM}{team.pk}" == each.team), None)
    return owner, team
