"""Numbers: equal, larger, smaller, between."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import Q
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.sql.jsonpath import Number
from daifuku.records.catalogue.field import Field
from daifuku.records.conditions.operator import Asked, Family, Held, Operator, Rule, Takes, Target


def numeral(field: Field, value: Any) -> Any:
    """For a custom field a value with its type, or SQLite would compare the number with a text."""
    return Number(value) if field.custom else value


def _compared(lookup: Any, test: Callable[[Any, Any], bool]) -> Rule:
    return Rule(
        lambda target, value, asked: Q(lookup(target.expression, numeral(target.field, value))),
        lambda held, value, asked: held.value is not None and test(held.value, value),
    )


def _between_q(target: Target, ends: Any, asked: Asked) -> Q:
    low, high = (numeral(target.field, end) for end in ends)
    return Q(GreaterThanOrEqual(target.expression, low)) & Q(LessThanOrEqual(target.expression, high))


def _between_holds(held: Held, ends: Any, asked: Asked) -> bool:
    return held.value is not None and bool(ends[0] <= held.value <= ends[1])


EQUAL = _compared(Exact, operator.eq)
LARGER = _compared(GreaterThan, operator.gt)
AT_LEAST = _compared(GreaterThanOrEqual, operator.ge)
SMALLER = _compared(LessThan, operator.lt)
AT_MOST = _compared(LessThanOrEqual, operator.le)


class NumberFamily(Family):
    operators: ClassVar = (
        Operator("eq", _("が等しい"), _("%(field)sが%(value)s"), Takes.ONE, EQUAL),
        Operator("ne", _("が等しくない"), _("%(field)sが%(value)s以外"), Takes.ONE, EQUAL.reversed()),
        Operator("gt", _("がより大きい"), _("%(field)sが%(value)sより大きい"), Takes.ONE, LARGER),
        Operator("gte", _("が以上"), _("%(field)sが%(value)s以上"), Takes.ONE, AT_LEAST),
        Operator("lt", _("が未満"), _("%(field)sが%(value)s未満"), Takes.ONE, SMALLER),
        Operator("lte", _("が以下"), _("%(field)sが%(value)s以下"), Takes.ONE, AT_MOST),
        Operator("between", _("が範囲内"), _("%(field)sが%(value)s"), Takes.TWO, Rule(_between_q, _between_holds)),
    )  # fmt: skip
    joint: ClassVar = _("から")
