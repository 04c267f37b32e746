"""The administrator's report of indexes: what those of his own fields cost, and all others with their size and use."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Avg, F
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_safe

from daifuku.foundation.sql import JsonText
from daifuku.foundation.sql.index_report import IndexFact, indexes, seconds_of_an_entry
from daifuku.foundation.sql.time_limit import TookTooLong, at_most
from daifuku.records import indexing
from daifuku.records.actions.retyping import count_values
from daifuku.records.catalogue import registry
from daifuku.records.models import CustomField
from daifuku.staff.views.finding import with_power

PATIENCE = 2.0
OF_AN_ENTRY = 16  # bytes that an entry takes besides its value, roughly


@require_safe
def indexes_page(request: HttpRequest) -> HttpResponse:
    with_power(request, "settings")
    facts = {fact.name: fact for fact in indexes()}
    rows = [row for row in CustomField.objects.filter(retired_at__isnull=True) if row.type in indexing.TYPES]
    own = [_shown(row, facts.get(indexing.name_of(row))) for row in rows]
    names = {indexing.name_of(row) for row in rows}
    rest = [fact for fact in facts.values() if fact.name not in names]
    page: dict[str, Any] = {
        "own": own, "rest": [(fact, _size(fact)) for fact in rest],
        "counted": any(fact.uses is not None for fact in facts.values()), "cost": _milliseconds(),
    }  # fmt: skip
    return render(request, "records/settings/indexes.html", page)


def _shown(row: CustomField, fact: IndexFact | None) -> dict[str, Any]:
    """`size` is measured where the engine tells it, else worked out from the values (`estimated`)."""
    filled, estimate = _values(row)
    measured = _size(fact) if fact else ""
    return {
        "row": row, "object": registry.get(row.object), "filled": filled, "fact": fact,
        "size": measured or (filesizeformat(estimate) if estimate is not None else ""), "estimated": not measured,
    }  # fmt: skip


def _values(row: CustomField) -> tuple[int | None, int | None]:
    """How many records have a value, and about how many bytes an index of them takes; None where it takes long."""
    text = JsonText(F("custom"), row.key)
    try:
        with at_most(PATIENCE):
            filled = count_values(row)
            model = registry.get(row.object).model
            average = model.plain.annotate(word=text).aggregate(length=Avg(Length("word")))["length"]
    except TookTooLong:
        return None, None
    return filled, int(filled * (float(average or 0) + OF_AN_ENTRY))


def _size(fact: IndexFact) -> str:
    return "" if fact.size is None else filesizeformat(fact.size)


@cache
def _milliseconds() -> float:
    """Measured once by each process: it is a property of the machine."""
    return round(seconds_of_an_entry() * 1000, 4)
