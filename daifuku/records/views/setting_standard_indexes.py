"""Of the fields that come with the program: which have an index, what one takes, and the switch for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Avg, F, TextField
from django.db.models.functions import Cast, Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.foundation.sql.index_report import IndexFact
from daifuku.foundation.sql.time_limit import TookTooLong, at_most
from daifuku.records import index_upkeep, standard_indexes
from daifuku.records.actions.standard_indexes import index_standard
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.models import StandardIndex
from daifuku.records.views import telling
from daifuku.staff.views.finding import with_power

PATIENCE = 1.0
LOOKED_AT = 1000
OF_AN_ENTRY = 32  # bytes that an entry takes besides its value, with the moment and the key, roughly


@require_POST
def switch_index(request: HttpRequest, object: str, key: str) -> HttpResponse:
    by, on = with_power(request, "settings"), request.POST.get("on") == "1"
    index_standard(object, key, on=on, by=by)
    sentence = _("索引を作っています。") if on else _("索引を外しています。")
    telling.done(request, sentence, telling.written())
    return redirect("records:setting_indexes")


def objects_with_fields(facts: Mapping[str, IndexFact], found: Mapping[str, int]) -> list[dict[str, Any]]:
    """For each kind of record its fields that may have an index."""
    kept = {(row.object, row.key): row for row in StandardIndex.objects.all()}
    return [_object(each, kept, facts, found) for each in registry.every()]


def _object(
    object_type: ObjectType,
    kept: Mapping[tuple[str, str], StandardIndex],
    facts: Mapping[str, IndexFact],
    found: Mapping[str, int],
) -> dict[str, Any]:
    fields = standard_indexes.offered(object_type)
    estimates = _estimates(object_type, fields)
    rows = []
    for field, estimate in zip(fields, estimates, strict=True):
        row = kept.get((object_type.key, field.key))
        fact = facts.get(standard_indexes.name_of(row)) if row else None
        measured = filesizeformat(fact.size) if fact and fact.size is not None else ""
        rows.append({
            "field": field, "state": index_upkeep.state_of(row, found) if row else "none",
            "wanted": bool(row and row.wanted), "fact": fact,
            "size": measured or (filesizeformat(estimate) if estimate is not None else ""),
            "estimated": not measured,
        })  # fmt: skip
    return {"object": object_type, "rows": rows, "open": any(row["wanted"] for row in rows)}


def _estimates(object_type: ObjectType, fields: list[Field]) -> list[int | None]:
    """About how many bytes an index of each would take: from the number of records and the newest thousand of them."""
    words = {f"w_{n}": Length(Cast(F(each.attribute), TextField())) for n, each in enumerate(fields)}
    rows = object_type.model.plain.filter(trashed_at__isnull=True)
    try:
        with at_most(PATIENCE):
            total = rows.count()
            newest = rows.order_by("-pk").annotate(**words).values(*words)[:LOOKED_AT]
            averages = newest.aggregate(**{f"a_{n}": Avg(f"w_{n}") for n in range(len(fields))})
    except TookTooLong:
        return [None] * len(fields)
    return [int(total * (float(averages[f"a_{n}"] or 0) + OF_AN_ENTRY)) for n in range(len(fields))]
