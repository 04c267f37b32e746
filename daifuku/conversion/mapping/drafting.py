"""What would become of one lead: its values where they go, and what would be lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from daifuku.conversion.mapping import fitting
from daifuku.conversion.mapping.rules import APPEND, OBJECTS, Book, Rule
from daifuku.customers.models import Lead
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Refused


@dataclass(frozen=True)
class Piece:
    """One value on its way. `cut` says that its end would be missing."""

    rule: Rule
    source: Field
    target: Field
    value: Any
    cut: bool = False

    @property
    def text(self) -> str:
        return str(self.target.type.display(self.value))

    @property
    def append(self) -> bool:
        return self.rule.how == APPEND


@dataclass(frozen=True)
class Lost:
    """A filled field of the lead of which nothing arrives (all of it), and why."""

    source: Field
    text: str
    why: str


@dataclass
class Draft:
    """By object and key of the target, what goes there; then what is lost."""

    pieces: dict[str, dict[str, Piece]] = field(default_factory=lambda: {each: {} for each in OBJECTS})
    lost: list[Lost] = field(default_factory=list)

    def values(self, object_key: str) -> dict[str, Any]:
        return {key: piece.value for key, piece in self.pieces[object_key].items()}


def draft(lead: Lead, book: Book, into: Collection[str] = OBJECTS) -> Draft:
    """`into` are those of account, contact and deal that there will be."""
    fields, found = vocabulary.fields_of("lead"), Draft()
    why: dict[str, str] = {}
    whole: set[str] = set()
    for rule in book.rules:
        if rule.broken:
            continue
        source, target = fields[rule.source], vocabulary.fields_of(rule.object)[rule.target]
        value = source.get(lead)
        if rule.object not in into or not fitting.fits(source, target):
            why.setdefault(rule.source, _nowhere(rule, into))
            continue
        try:
            clean = fitting.carried(rule, source, target, value)
        except Refused as error:
            why[rule.source] = str(error.message)
            continue
        if target.type.is_empty(clean):
            continue
        cut = isinstance(clean, fitting.Cut)
        piece = Piece(rule, source, target, str(clean) if cut else clean, cut)
        found.pieces[rule.object].setdefault(rule.target, piece)
        if not cut:
            whole.add(rule.source)
        else:
            why[rule.source] = _("「%(target)s」に入りきらない部分があります。") % {"target": target.name}
    found.lost = list(_lost(lead, fields, book, whole, why))
    return found


def _lost(
    lead: Lead, fields: dict[str, Field], book: Book, whole: set[str], why: dict[str, str]
) -> Iterator[Lost]:
    """Filled and nowhere whole; what stays with the lead on purpose is not lost."""
    for key, source in fields.items():
        if key == "owner" or key in book.stays or not source.editable or source.momentary:
            continue
        value = source.get(lead)
        if source.type.is_empty(value) or key in whole:
            continue
        sentence = why.get(key) or _("写す先が決まっていません。")
        yield Lost(source, str(source.type.display(value)), sentence)


def _nowhere(rule: Rule, into: Collection[str]) -> str:
    if rule.object not in into:
        from daifuku.records.catalogue import registry

        return _("%(object)sを作らないため、写す先がありません。") % {
            "object": registry.get(rule.object).name
        }
    return _("種類が違うため写せません。")
