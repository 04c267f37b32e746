"""The lists behind the figures: every number opens the records of which it is made."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from daifuku.forecast import sources
from daifuku.forecast.reading import Asked, Span
from daifuku.forecast.sources import Source
from daifuku.forecast.whose import Seen
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


def links(asked: Asked, span: Span, owners: list[str] | None, group: str | None = None) -> dict[str, str]:
    """The addresses of the actual figure, of last year's and of what is still open."""
    return {
        "actual": address(asked.basis, span, owners, group),
        "last": address(asked.basis, span.year_before(), owners, group),
        "open": address(sources.get(sources.OPEN_DEALS), span, owners),
    }


def owners_of(asked: Asked, seen: Seen) -> list[str] | None:
    """Whoever is meant by the page, for a condition."""
    if asked.whose.people is None:
        return None
    return [str(person.uid) for person in seen.people if person.pk in asked.whose.people]
