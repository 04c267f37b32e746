"""The rules in force, read once and kept until the vocabulary changes: a save asks the database nothing about them.

Every change of a rule makes the vocabulary another one (`vocabulary.changed()`), so every process reads them anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from daifuku.ledger.channel import moment
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.conditions import Condition, parse_leniently
from daifuku.records.formulas.rolling import House
from daifuku.rules.models import Missing, Moment, Rule


@dataclass(frozen=True)
class Ruling:
    """A rule that was understood. One whose condition or fields are gone rests: it asks for nothing and says so."""

    rule: Rule
    condition: Condition
    required: tuple[Field, ...]
    emptied: tuple[Field, ...]

    @property
    def refuses(self) -> bool:
        return self.rule.missing == Missing.REFUSE

    @cached_property
    def watched(self) -> frozenset[str]:
        """The fields by which a record comes to meet the rule or to break it."""
        asked = {test.path.key.partition(".")[0] for test in self.condition.tests()}
        return frozenset(asked | {field.key for field in (*self.required, *self.emptied)})

    def concerns(self, changed: frozenset[str], *, new: bool) -> bool:
        """An old record is asked about only where the change is about what the rule is about."""
        return new or (self.rule.moment == Moment.ALWAYS and bool(changed & self.watched))

    def applies(self, record: Any) -> bool:
        return self.condition.matches(record, House(), timezone.localdate(moment()))

    def lacking(self, record: Any) -> list[Field]:
        return [field for field in self.required if field.type.is_empty(field.get(record))]

    def too_much(self, record: Any) -> list[Field]:
        return [field for field in self.emptied if not field.type.is_empty(field.get(record))]


_known: tuple[int, dict[str, list[Ruling]]] = (-1, {})


def rulings_of(object_key: str, *, at_hand: bool = True) -> list[Ruling]:
    """Those in force for this kind of record. `at_hand`: the vocabulary was asked for a moment ago in the same verb."""
    global _known
    number = vocabulary.number_at_hand() if at_hand else vocabulary.number()
    kept, table = _known
    if kept != number:
        table = {}
        for rule in Rule.objects.in_force():
            if (ruling := read(rule)) is not None:
                table.setdefault(rule.object, []).append(ruling)
        _known = (number, table)
    return table.get(object_key, [])


def read(rule: Rule) -> Ruling | None:
    """None where it cannot be asked (any more)."""
    known = _fields_of(rule.object)
    required, emptied = (
        tuple(known[key] for key in keys if key in known) for keys in (rule.required, rule.emptied)
    )
    condition = parse_leniently(whole_condition(rule), rule.object, House()) if known else None
    if condition is None or condition.problems or len(required) + len(emptied) == 0:
        return None
    return Ruling(rule, condition, required, emptied)


def trouble_of(rule: Rule) -> list[str]:
    """Why it rests, or what of it is passed over, for the administrator."""
    known = _fields_of(rule.object)
    gone = [key for key in (*rule.required, *rule.emptied) if key not in known]
    condition = parse_leniently(whole_condition(rule), rule.object, House()) if known else None
    return gone + ([each.message for each in condition.problems] if condition else [])


def whole_condition(rule: Rule) -> dict[str, Any]:
    """The condition together with the stage from which on it counts, in the condition language."""
    parts: list[Any] = [rule.condition] if rule.condition else []
    if rule.stage_field:
        keys = stages_from(_fields_of(rule.object), rule.stage_field, rule.stage_from)
        parts.append({"field": rule.stage_field, "op": "any_of", "value": keys or [rule.stage_from]})
    return {"all": parts}


def stages_from(fields: Mapping[str, Field], stage_field: str, stage_from: str) -> list[str]:
    """The choices from this one on, as the administrator has ordered them."""
    field = fields.get(stage_field)
    keys = [option.key for option in getattr(field.type, "options", ())] if field else []
    return keys[keys.index(stage_from) :] if stage_from in keys else []


def _fields_of(object_key: str) -> dict[str, Field]:
    try:
        return vocabulary.fields_of(object_key)
    except KeyError:
        return {}
