"""The rules by which a lead's fields are carried, as they stand now or stood in an older version."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import Any

from daifuku.conversion.mapping.shipped import RULES, STAYS
from daifuku.conversion.models import Mapping
from daifuku.records.catalogue import vocabulary

OBJECTS = ("account", "contact", "deal")
# How a value is changed on its way.
PLAIN, FIRST_LINE, WORDS, APPEND = "", "first_line", "words", "append"


@dataclass(frozen=True)
class Rule:
    """`source` of the lead goes into `target` of `object`. `values` says for each choice which one it becomes ("" for
    none); `default` is taken where the lead has nothing; `words` stand around the value where `how` says so."""

    source: str
    object: str
    target: str
    how: str = PLAIN
    words: str = ""
    default: str = ""
    values: AnyMapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        written = {"source": self.source, "object": self.object, "target": self.target}
        more = {"how": self.how, "words": self.words, "default": self.default, "values": dict(self.values)}
        return written | {name: value for name, value in more.items() if value}

    @property
    def broken(self) -> bool:
        """One of its fields was deleted: it carries nothing until somebody mends it."""
        return self.source not in vocabulary.fields_of("lead") or self.target not in vocabulary.fields_of(
            self.object
        )


@dataclass(frozen=True)
class Book:
    """One version of the whole."""

    number: int
    rules: tuple[Rule, ...]
    stays: frozenset[str]

    def of(self, source: str) -> dict[str, Rule]:
        """Where this field of the lead goes, by object."""
        return {rule.object: rule for rule in self.rules if rule.source == source}

    @property
    def broken(self) -> list[Rule]:
        return [rule for rule in self.rules if rule.broken]

    @property
    def spoken_of(self) -> set[str]:
        """The lead's fields of which the firm has said what becomes of them."""
        return {rule.source for rule in self.rules if not rule.broken} | self.stays


def current() -> Book:
    row = Mapping.objects.order_by("-number").first()
    return shipped() if row is None else _read(row)


def version(number: int) -> Book | None:
    row = Mapping.objects.filter(number=number).first()
    if row is None:
        return shipped() if number == 1 else None
    return _read(row)


def shipped() -> Book:
    pairs = [(source, *target.split(".", 1)) for source, *targets in RULES for target in targets]
    rules = tuple(Rule(source, object_key, target) for source, object_key, target in pairs)
    return Book(1, rules, frozenset(STAYS))


def read_rules(written: Iterable[AnyMapping[str, Any]]) -> tuple[Rule, ...]:
    """What is kept; what a newer program wrote beside it is passed over."""
    known = ("source", "object", "target", "how", "words", "default", "values")
    return tuple(
        Rule(**{name: each[name] for name in known if name in each})
        for each in written
        if each.get("object") in OBJECTS
    )


def _read(row: Mapping) -> Book:
    return Book(row.number, read_rules(row.rules), frozenset(row.stays))
