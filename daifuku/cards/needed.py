"""What the firm's rules ask of a lead that comes from a card (会社名, 住所, 電話番号 ...), told while one types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from daifuku.cards.fields import NAMES
from daifuku.customers.models import Lead
from daifuku.rules.rulings import rulings_of
from daifuku.rules.words import sentence_of
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Needed:
    """A field that a rule wants filled; `refuses` where it cannot be finished without it."""

    key: str
    label: Any
    filled: bool
    refuses: bool


def needed(values: Mapping[str, str], viewer: Viewer) -> tuple[list[Needed], list[str]]:
    """The fields in the order of the card, and the rules as sentences."""
    draft = Lead(source="card")
    applying = [ruling for ruling in rulings_of("lead") if ruling.applies(draft)]
    strict = {field.key for ruling in applying if ruling.refuses for field in ruling.required}
    fields = {field.key: field for ruling in applying for field in ruling.required}
    rows = [
        Needed(name, fields[name].name, bool(values.get(name)), name in strict)
        for name in NAMES
        if name in fields
    ]
    return rows, [sentence_of(ruling.rule) for ruling in applying]
