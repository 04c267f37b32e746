"""The page of one record: who is this, where do we stand, what happened last, who is responsible."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from daifuku.foundation.sql.prepared import Told, ask_ahead
from daifuku.ledger import reads
from daifuku.records import live, scope, timeline
from daifuku.records.absorbing import survivor_of
from daifuku.records.actions.marking import saw
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.arranging import COLUMNS
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.scope import sees
from daifuku.records.showing import Shown, show
from daifuku.records.views.finding import may_edit, record_at, viewer_at
from daifuku.records.views.neighbours import neighbours
from daifuku.staff.viewer import Viewer


@require_safe
def record_page(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """In the panel at the side (htmx) the same parts without the frame."""
    object_type, record = record_at(request, slug, uid, trashed=True)
    viewer = viewer_at(request)
    if (
        record.trashed_at is not None
        and (into := survivor_of(record)) is not None
        and sees(viewer, into, "view")
    ):
        return redirect(into)
    if object_type.about_person:
        reads.looked(
            object_type.event("opened"), by=viewer.person, object=object_type.key, record_id=record.pk
        )
    saw(record, by=viewer.person)
    context = page_context(object_type, record, viewer)
    if request.headers.get("HX-Target") == "sheet":
        return render(request, "records/parts/sheet.html", context)
    context |= neighbours(request, object_type, record)
    return render(request, "records/record.html", context)


def page_context(object_type: ObjectType, record: Any, viewer: Viewer) -> dict[str, Any]:
    ask_ahead(lambda: _questions(object_type, record, viewer))
    lines, further = timeline.entries(record, viewer)
    return {
        "object_type": object_type,
        "record": record,
        **name_context(object_type, record, viewer),
        "may_edit": may_edit(viewer, record),
        "may_throw": record.trashed_at is None and sees(viewer, record, "delete"),
        "entries": lines,
        "further": further,
        "groups": timeline.group_words(),
        "live": live.of_page(viewer, record, lines[0].event.pk if lines else 0),
        **values_context(object_type, record, viewer),
        **panels_context(object_type, record, viewer),
    }


def _questions(object_type: ObjectType, record: Any, viewer: Viewer) -> Iterator[Told]:
    yield from scope.questions(viewer, object_type.key)
    yield from timeline.questions(record, viewer)
    for panel in object_type.panels:
        if panel.ahead:
            yield from panel.ahead(record, viewer)


def name_context(object_type: ObjectType, record: Any, viewer: Viewer) -> dict[str, Any]:
    return {
        "subtitle": object_type.subtitle(record, viewer),
        "kana": kana_of(record, viewer),
        "way": object_type.way(record, viewer),
    }


def kana_of(record: Any, viewer: Viewer) -> str:
    """How the name is read: a firm's kana, or family and given name's."""
    seen = vocabulary.fields_for(viewer, record.object_key)
    parts = [getattr(record, name) for name in ("kana", "family_kana", "given_kana") if name in seen]
    return " ".join(part for part in parts if part)


def values_context(object_type: ObjectType, record: Any, viewer: Viewer) -> dict[str, Any]:
    """The head's values, and the sections with theirs; whole empty sections stand behind 「空欄の項目」."""
    editable = vocabulary.editable_for(viewer, object_type.key) if may_edit(viewer, record) else {}
    shown = {
        key: show(field, record, viewer, editable=key in editable)
        for key, field in vocabulary.fields_for(viewer, object_type.key).items()
        if not field.type.in_panel
    }
    head = [shown[key] for key in object_type.headline if key in shown]
    columns: dict[str, list[tuple[str, str, list[Shown]]]] = {column: [] for column in COLUMNS}
    for section, keys in vocabulary.layout_of(object_type.key).with_fields(shown):
        columns[section.column].append((section.key, section.name, [shown[key] for key in keys]))
    main, side = columns["main"], columns["side"]
    return {
        "head": head, "sections": columns["fields"], "main_sections": main, "side_sections": side, "shown": shown,
    }  # fmt: skip


def panels_context(object_type: ObjectType, record: Any, viewer: Viewer) -> dict[str, Any]:
    panels: dict[str, list[Any]] = {"head": [], "main": [], "side": []}
    places = dict(vocabulary.layout_of(object_type.key).panels)
    order = list(places)
    by_order = sorted(object_type.panels, key=lambda each: each.order)
    for panel in sorted(by_order, key=lambda each: order.index(each.key) if each.key in places else -1):
        content = panel.context(record, viewer)
        if content is not None:
            panels[places.get(panel.key, panel.place)].append((panel, content))
    return {f"{place}_panels": found for place, found in panels.items()}
