"""Roll-ups: how many records link here, and the sum, smallest, largest, average or latest of one of their fields."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.db.models import Avg, Count, Expression, F, Max, Min, Q, Sum, Value
from django.db.models.lookups import GreaterThan, In, IsNull
from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Percent, RecordLink, Text
from daifuku.records.catalogue.types.kept import read_kept
from daifuku.records.formulas.functions import Now
from daifuku.records.formulas.sources import kind_of, value_of
from daifuku.records.formulas.syntax import Kind
from daifuku.staff.viewer import Reach, Viewer

HOW: dict[str, Any] = {
    "count": _("件数"), "sum": _("合計"), "min": _("最小"), "max": _("最大"), "average": _("平均"), "latest": _("最新"),
}  # fmt: skip
ADDING: dict[str, Any] = {"sum": Sum, "min": Min, "max": Max, "average": Avg}
NUMBERS = frozenset({"sum", "average"})


class House(Viewer):
    """Reads conditions for the firm: a roll-up is one and the same for everybody who may see it."""

    def __init__(self) -> None:
        self.memo = {}

    pk = 0
    roles = (SimpleNamespace(key=""),)  # type: ignore[assignment]
    team_ids = tree_ids = frozenset()

    def may(self, object: str, action: str) -> bool:
        return True

    def reach(self, object: str, action: str) -> Reach:
        return Reach(everyone=True)

    def field_rule(self, object: str, field: str) -> str:
        return ""

    def hidden_fields(self, object: str) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True)
class Roll:
    """The records of the kind `of` whose field `link` names this one; of these `how` of the field `key`."""

    object: str
    of: str
    link: str
    how: str
    key: str = ""
    condition: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @classmethod
    def read(cls, object_key: str, options: Mapping[str, Any]) -> Roll:
        key = "" if options.get("how") == "count" else options.get("field", "")
        return cls(
            object_key, options.get("of", ""), options.get("link", ""), options.get("how", ""), key,
            options.get("condition") or {},
        )  # fmt: skip

    @cached_property
    def watched(self) -> tuple[str, ...]:
        """The fields whose change may change the result."""
        tested = sorted(_fields_in(self.condition))
        return tuple(dict.fromkeys([self.link, *([self.key] if self.key else []), *tested]))

    def fits(self, fields: Mapping[str, Mapping[str, Field]]) -> bool:
        of = fields.get(self.of)
        if of is None or self.how not in HOW or any(key not in of for key in self.watched):
            return False
        link = of[self.link].type
        if not isinstance(link, RecordLink) or link.target != self.object:
            return False
        return self.how == "count" or (bool(self.key) and can(self.how, of[self.key]))

    def values(self, keys: Collection[int], now: Now) -> dict[int, Any]:
        """The result for each of these records; none for those to which nothing links."""
        from daifuku.records import conditions
        from daifuku.records.catalogue import registry, vocabulary

        house, fields = House(), vocabulary.fields_of(self.of)
        link, rows = fields[self.link], registry.get(self.of).model.plain.filter(trashed_at__isnull=True)
        at = link_of(link)
        # Its owner keeps it to a few, and the result is seen by everybody.
        rows = rows.filter(leads_to(link, keys), privacy="")
        if self.condition:
            rows = rows.filter(conditions.parse_leniently(self.condition, self.of, house).q(house, now.today))
        rows = rows.order_by().annotate(_at=at).values("_at")
        if self.how == "count":
            return {row["_at"]: Decimal(row["_n"]) for row in rows.annotate(_n=Count("pk"))}
        read = fields[self.key]
        if self.how == "latest":
            return self._latest(rows.filter(present(read)), read)
        found = rows.annotate(_n=ADDING[self.how](read.expression))
        return {row["_at"]: self._plain(read, row["_n"]) for row in found}

    def _latest(self, rows: Any, read: Field) -> dict[int, Any]:
        """Of the record that was registered last, of those that have a value."""
        from daifuku.records.catalogue import registry

        newest = {row["_n"]: row["_at"] for row in rows.annotate(_n=Max("pk"))}
        records = registry.get(self.of).model.plain.in_bulk(list(newest))
        return {newest[key]: value_of(read, read.get(record)) for key, record in records.items()}

    def _plain(self, read: Field, value: Any) -> Any:
        """As it stands in formulas; SQLite adds what stands in JSON as floating numbers."""
        from daifuku.records.grouping import exact

        if value is None:
            return None
        if not read.type.numeric:
            return value_of(read, read_kept(read.type, value) if read.custom else value)
        number = exact(read, value, "avg" if self.how == "average" else "sum")
        return number / 100 if isinstance(read.type, Percent) else number


def can(how: str, read: Field) -> bool:
    """Words have no sum and no largest, but a latest."""
    kind = kind_of(read)
    if how in NUMBERS:
        return kind is Kind.NUMBER
    return kind in {Kind.NUMBER, Kind.DAY} if how in {"min", "max"} else kind is not None


def link_of(link: Field) -> Expression | F:
    """The key of the linked record, as the database reads it."""
    return link.expression if link.custom else F(f"{link.attribute}_id")


def leads_to(link: Field, keys: Any) -> Q:
    """`keys` may be numbers or a question for them; in JSON a number must be compared as one."""
    from daifuku.records.conditions.families.number import numeral

    if isinstance(keys, set | frozenset | list):
        keys = [numeral(link, key) for key in sorted(keys)]
    return Q(In(link_of(link), keys))


def present(read: Field) -> Q:
    filled = Q(IsNull(read.expression, False))
    return filled & Q(GreaterThan(read.expression, Value(""))) if isinstance(read.type, Text) else filled


def _fields_in(condition: Any) -> set[str]:
    if isinstance(condition, Mapping):
        found = {condition["field"]} if isinstance(condition.get("field"), str) else set()
        return found.union(*(_fields_in(each) for each in condition.values() if isinstance(each, list)))
    if isinstance(condition, list):
        return set().union(*(_fields_in(each) for each in condition)) if condition else set()
    return set()
