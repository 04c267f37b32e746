"""The lists behind the figures: every number opens the records of which it is made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from daifuku.forecast import sources
from daifuku.forecast.models import Target
from daifuku.forecast.reading import BEST, COMMIT, Asked, Span
from daifuku.forecast.sources import Source
from daifuku.forecast.whose import Seen
from daifuku.foundation import calendar
from daifuku.foundation.reversing import url_of

DAY = timedelta(days=1)


def address(source: Source, span: Span, owners: list[str] | None, group: str | None = None) -> str:
    """`owners` are uids; an empty list means what nobody keeps, None everybody's."""
    where: list[dict[str, Any]] = [
        *source.narrowed,
        {"field": source.day, "op": "after", "value": (span.begin - DAY).isoformat()},
        {"field": source.day, "op": "before", "value": (span.last_day + DAY).isoformat()},
    ]
    if owners is not None:
        where.append(
            {"field": "owner", "op": "any_of", "value": owners}
            if owners
            else {"field": "owner", "op": "empty"}
        )
    if group and source.group:
        where.append({"field": source.group, "op": "any_of", "value": [group]})
    return f"{url_of('records:list', source.list)}?{urlencode({'where': json.dumps({'all': where})})}"


def open_deals(span: Span, owners: list[str] | None, forecasts: Sequence[str] = ()) -> str:
    """The deals that may still come in, of these kinds of forecast."""
    source = sources.get(sources.OPEN_DEALS)
    said = ({"field": "forecast", "op": "any_of", "value": list(forecasts)},) if forecasts else ()
    return address(replace(source, narrowed=source.narrowed + said), span, owners)


def of_targets(rows: Sequence[Target]) -> str:
    """The targets of which a number is made: month by month those of the people, of teams, or of the firm."""
    if not rows:
        return ""
    runs: list[tuple[tuple[Any, ...], list[date]]] = []
    by_month: dict[date, list[Target]] = {}
    for row in sorted(rows, key=lambda row: row.month):
        by_month.setdefault(row.month, []).append(row)
    for month, found in by_month.items():
        whose = tuple(sorted({(str(row.owner.uid) if row.owner else "", row.team_id or 0) for row in found}))
        if runs and runs[-1][0] == whose and calendar.add_months(runs[-1][1][-1], 1) == month:
            runs[-1][1].append(month)
        else:
            runs.append((whose, [month]))
    either = [{"all": [*_months(months), *_of(whose)]} for whose, months in runs]
    group = rows[0].group
    of_group: dict[str, Any] = {"field": "group", "op": "empty"}
    if group:
        of_group = {"field": "group", "op": "any_of", "value": [group]}
    where = {"all": [of_group, {"any": either}]}
    return f"{url_of('records:list', 'targets')}?{urlencode({'where': json.dumps(where)})}"


def _months(months: Sequence[date]) -> list[dict[str, Any]]:
    span = Span(months[0], months[-1])
    return [
        {"field": "month", "op": "after", "value": (span.begin - DAY).isoformat()},
        {"field": "month", "op": "before", "value": (span.last_day + DAY).isoformat()},
    ]


def _of(whose: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    people = [uid for uid, _team in whose if uid]
    if people:
        return [{"field": "owner", "op": "any_of", "value": people}]
    teams = [str(team) for _uid, team in whose if team]
    of_team = {"field": "team", "op": "any_of", "value": teams} if teams else {"field": "team", "op": "empty"}
    return [{"field": "owner", "op": "empty"}, of_team]


def links(asked: Asked, span: Span, owners: list[str] | None, group: str | None = None) -> dict[str, str]:
    """The addresses of the actual figure, of last year's and of what is still open."""
    return {
        "actual": address(asked.basis, span, owners, group),
        "last": address(asked.basis, span.year_before(), owners, group),
        "open": open_deals(span, owners),
        "sure": open_deals(span, owners, COMMIT),
        "best": open_deals(span, owners, (*COMMIT, BEST)),
    }


def owners_of(asked: Asked, seen: Seen) -> list[str] | None:
    """Whoever is meant by the page, for a condition."""
    if asked.whose.people is None:
        return None
    return [str(person.uid) for person in seen.people if person.pk in asked.whose.people]
