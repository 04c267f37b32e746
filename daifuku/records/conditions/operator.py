"""An operator: what it is called, what it asks for, how it is put to the database and to one record in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, cast

from django.db.models import Expression, F, Q
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Refused
from daifuku.staff.models import Company
from daifuku.staff.viewer import Viewer

MOST_VALUES = 500


class Takes(StrEnum):
    """How many values an operator wants beside the field."""

    NOTHING = "nothing"
    ONE = "one"
    MANY = "many"
    TWO = "two"
    PERIOD = "period"


@dataclass(frozen=True)
class Asked:
    """Who asks, and on which day: "me" and "this month" mean something else for everybody and every day."""

    viewer: Viewer
    today: date

    @property
    def fiscal_start(self) -> int:
        memo = self.viewer.memo
        if "fiscal_start" not in memo:
            months = Company.objects.values_list("fiscal_start_month", flat=True)
            memo["fiscal_start"] = months.first() or 4
        return cast("int", memo["fiscal_start"])


@dataclass(frozen=True)
class Target:
    """The field as SQL reads it; `folded` where it has a column without regard to kana, width and company form."""

    field: Field
    expression: Expression | F
    folded: F | None = None

    def known(self, value: Any) -> Any:
        """The value as it stands in the database: a custom field keeps days and instants as text."""
        return self.field.type.to_json(value) if self.field.custom else value

    def missing(self) -> Q:
        return Q(IsNull(self.expression, True))


@dataclass(frozen=True)
class Held:
    """The same field of one record in memory."""

    value: Any
    folded: str | None = None


@dataclass(frozen=True)
class Rule:
    """The two spellings of one meaning; a test with random records keeps them equal."""

    q: Callable[[Target, Any, Asked], Q]
    holds: Callable[[Held, Any, Asked], bool]

    def reversed(self) -> Rule:
        """True where this one is not; an empty field counts as not."""
        return Rule(
            lambda target, value, asked: target.missing() | ~self.q(target, value, asked),
            lambda held, value, asked: not self.holds(held, value, asked),
        )


@dataclass(frozen=True)
class Operator:
    """`label` stands in the editor's list, `sentence` has the placeholders %(field)s and %(value)s."""

    key: str
    label: Any
    sentence: Any
    takes: Takes
    rule: Rule = dataclass_field(compare=False)


class Family:
    """The operators of a kind of field, and how their values are read, kept and said."""

    operators: ClassVar[tuple[Operator, ...]] = ()
    joint: ClassVar[Any] = _(" または ")

    def __init__(self, field: Field) -> None:
        self.field = field

    def find(self, key: str) -> Operator | None:
        """The operator, if the kind of field offers it."""
        if key not in self.field.type.operators:
            return None
        return next(
            (operator for operator in (*self.operators, *self.emptiness()) if operator.key == key), None
        )

    def offered(self) -> list[Operator]:
        found = (self.find(key) for key in self.field.type.operators)
        return [operator for operator in found if operator]

    def emptiness(self) -> tuple[Operator, ...]:
        empty = Rule(self.empty_q, lambda held, value, asked: self.is_empty(held.value))
        filled = Rule(
            lambda target, value, asked: ~self.empty_q(target, value, asked),
            lambda held, value, asked: not self.is_empty(held.value),
        )
        return (
            Operator("empty", _("が空欄"), _("%(field)sが空欄"), Takes.NOTHING, empty),
            Operator("filled", _("が入力済み"), _("%(field)sが入力済み"), Takes.NOTHING, filled),
        )

    def empty_q(self, target: Target, value: Any, asked: Asked) -> Q:
        return target.missing()

    def is_empty(self, value: Any) -> bool:
        return self.field.type.is_empty(value)

    def expression(self, prefix: str) -> Expression | F:
        return self.field.expression_at(prefix)

    def held(self, record: Any) -> Any:
        return self.field.get(record)

    def read(self, operator: Operator, raw: Any, viewer: Viewer) -> Any:
        """The clean value or values; raises Refused."""
        return READERS[operator.takes](self, raw, viewer)

    def read_one(self, raw: Any, viewer: Viewer) -> Any:
        if raw is None or raw == "":
            raise missing_value()
        return self.field.type.clean(raw, viewer)

    def write(self, value: Any) -> Any:
        """JSON of one value."""
        return self.field.type.to_json(value)

    def say(self, value: Any) -> str:
        return self.field.type.display(value)


def missing_value() -> Refused:
    return Refused(_("条件の値を入力してください。"), "required")


def _nothing(family: Family, raw: Any, viewer: Viewer) -> None:
    if raw not in (None, "", []):
        raise Refused(_("この条件に値は要りません。"), "type")


def _one(family: Family, raw: Any, viewer: Viewer) -> Any:
    return family.read_one(raw, viewer)


def _many(family: Family, raw: Any, viewer: Viewer) -> list[Any]:
    if not isinstance(raw, list):
        raise Refused(_("値をリストで指定してください。"), "type")
    if not raw:
        raise missing_value()
    if len(raw) > MOST_VALUES:
        raise Refused(_("値は%(most)s個まで指定できます。") % {"most": MOST_VALUES}, "too_many")
    return [family.read_one(item, viewer) for item in raw]


def _two(family: Family, raw: Any, viewer: Viewer) -> list[Any]:
    if not isinstance(raw, list) or len(raw) != 2:
        raise Refused(_("始まりと終わりの2つの値を指定してください。"), "type")
    return sorted(family.read_one(item, viewer) for item in raw)


def _period(family: Family, raw: Any, viewer: Viewer) -> Any:
    from daifuku.records.conditions.families.moment import read_period

    return read_period(raw)


READERS: dict[Takes, Callable[[Family, Any, Viewer], Any]] = {
    Takes.NOTHING: _nothing,
    Takes.ONE: _one,
    Takes.MANY: _many,
    Takes.TWO: _two,
    Takes.PERIOD: _period,
}
