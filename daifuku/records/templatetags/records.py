"""The values of a record in its page's head, in its sections, or one alone, what a line of its history changed, and the
cards of a board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from daifuku.records import rows
from daifuku.records.cards import Cards
from daifuku.records.catalogue import registry
from daifuku.records.list_state import ListState
from daifuku.records.showing import Shown
from daifuku.records.timeline import Entry
from daifuku.records.value_rows import Values, draw_changes, draw_folded

register = template.Library()


@register.simple_tag(takes_context=True)
def refused_records(context: Context, job: Any, refused: Sequence[tuple[int, str]]) -> list[tuple[Any, str]]:
    """The records that a job left as they were, each with the reason; None for one that the person may not see."""
    rows = registry.get(job.payload["object"]).model.objects.visible_to(context["request"].viewer)
    seen = rows.in_bulk([key for key, _sentence in refused])
    return [(seen.get(key), sentence) for key, sentence in refused]


@register.simple_tag
def changes_of(entry: Entry, history: str) -> SafeString | str:
    """`history` is the address of the record's history, from where folded changes come."""
    if entry.folded:
        return SafeString(draw_folded(len(entry.fields), f"{history}?line={entry.event.pk}"))
    return SafeString(draw_changes(entry.changes)) if entry.changes else ""


@register.simple_tag
def value_of(record: Any, shown: Shown, everywhere: bool = False) -> SafeString:
    return SafeString(Values(record).value(shown, everywhere=everywhere))


@register.simple_tag
def head_values(record: Any, values: Iterable[Shown]) -> SafeString:
    return SafeString(Values(record).in_head(values))


@register.simple_tag
def section_values(record: Any, values: Iterable[Shown]) -> SafeString:
    return SafeString(Values(record).in_section(values))


@register.simple_tag
def draw_headings(state: ListState, up: SafeString, down: SafeString) -> SafeString:
    return rows.draw_headings(state, up, down)


@register.simple_tag
def draw_cards(cards: dict[str, Any], records: Iterable[Any], picture: SafeString) -> SafeString:
    return Cards(**cards, more=picture).draw(records)


@register.simple_tag
def draw_card(cards: dict[str, Any], record: Any, picture: SafeString) -> SafeString:
    return SafeString(Cards(**cards, more=picture).card(record))


@register.simple_tag
def list_verbs(object_type: Any, viewer: Any) -> list[Any]:
    """What areas above offer for the rows that are chosen in a list."""
    from daifuku.records.views.many import offered

    return offered(object_type.key, viewer)
