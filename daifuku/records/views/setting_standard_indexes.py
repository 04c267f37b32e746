"""Of the fields that come with the program: which have an index, what one takes, and the switch for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.foundation.sql.index_report import IndexFact
from daifuku.records import index_report
from daifuku.records.actions.standard_indexes import index_standard
from daifuku.records.catalogue import registry
from daifuku.records.views import telling
from daifuku.staff.views.finding import with_power


@require_POST
def switch_index(request: HttpRequest, object: str, key: str) -> HttpResponse:
    by, on = with_power(request, "settings"), request.POST.get("on") == "1"
    index_standard(object, key, on=on, by=by)
    sentence = _("索引を作っています。") if on else _("索引を外しています。")
    telling.done(request, sentence, telling.written())
    return redirect("records:setting_indexes")


def objects_with_fields(facts: Mapping[str, IndexFact]) -> list[dict[str, Any]]:
    """For each kind of record its fields that may have an index."""
    found = []
    for object_type in registry.every():
        rows = index_report.report(object_type, facts)
        found.append({"object": object_type, "rows": rows, "open": any(row.wanted for row in rows)})
    return found
