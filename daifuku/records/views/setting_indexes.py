"""The administrator's report of indexes: what those of his own fields cost, and all others with their size and use."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Avg, F
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation.sql import JsonText
from daifuku.foundation.sql.index_report import IndexFact, indexes
from daifuku.foundation.sql.time_limit import TookTooLong, at_most
from daifuku.records import index_upkeep, indexing, standard_indexes
from daifuku.records.actions.retyping import count_values
from daifuku.records.catalogue import registry
from daifuku.records.index_report import milliseconds
from daifuku.records.models import CustomField, StandardIndex
from daifuku.records.views.setting_fields import field_at
from daifuku.records.views.setting_standard_indexes import objects_with_fields
from daifuku.staff.views.finding import with_power

PATIENCE = 2.0
OF_AN_ENTRY = 16  # bytes that an entry takes besides its value, roughly


@require_safe
def indexes_page(request: HttpRequest) -> HttpResponse:
    with_power(request, "settings")
    facts, found = {fact.name: fact for fact in indexes()}, index_upkeep.there()
    rows = [row for row in CustomField.objects.filter(retired_at__isnull=True) if row.type in indexing.TYPES]
    own = [_shown(row, facts.get(indexing.name_of(row)), found) for row in rows]
    names = {indexing.name_of(row) for row in rows}
    names |= {standard_indexes.name_of(row) for row in StandardIndex.objects.all()}
    rest = [fact for fact in facts.values() if fact.name not in names]
    page: dict[str, Any] = {
        "own": own, "rest": [(fact, _size(fact)) for fact in rest],
        "counted": any(fact.uses is not None for fact in facts.values()), "cost": milliseconds(),
        "standard": objects_with_fields(facts), "twice": 2 * milliseconds(),
    }  # fmt: skip
    return render(request, "records/settings/indexes.html", page)


@require_POST
def index_again(request: HttpRequest, object: str, key: str) -> HttpResponse:
    by, row = with_power(request, "settings"), field_at(object, key)
    indexing.try_again(row, by=by)
    messages.success(request, _("項目「%(name)s」の索引を作り直しています。") % {"name": row.label})
    return redirect("records:setting_indexes")


def _shown(row: CustomField, fact: IndexFact | None, found: dict[str, int]) -> dict[str, Any]:
    """`size` is measured where the engine tells it, else worked out from the values (`estimated`)."""
    filled, estimate = _values(row)
    measured = _size(fact) if fact else ""
    return {
        "row": row, "object": registry.get(row.object), "filled": filled, "fact": fact,
        "state": index_upkeep.state_of(row, found),
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
