"""Functions on numbers: rounding, remainder, smallest, largest."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from daifuku.records.formulas.functions.base import CONTEXT, Function, Now, Values, whole
from daifuku.records.formulas.functions.choosing import same_kind
from daifuku.records.formulas.syntax import Kind

NUMBER = Kind.NUMBER
PLACES = 15


def rounded(value: Decimal, places: int, how: str = ROUND_HALF_UP) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=how, context=CONTEXT)


def _rounding(how: str) -> Any:
    def run(values: Values, now: Now) -> Decimal:
        places = whole(values[1], -PLACES, PLACES) if len(values) > 1 else 0
        return rounded(values[0], places, how)

    return run


def _mod(values: Values, now: Now) -> Decimal:
    number, divisor = values
    times = CONTEXT.divide(number, divisor).to_integral_value(rounding=ROUND_FLOOR)
    return CONTEXT.subtract(number, CONTEXT.multiply(times, divisor))


def _extreme(pick: Any) -> Any:
    def run(values: Values, now: Now) -> Any:
        return pick((value for value in values if value is not None), default=None)

    return run


def _comparable(kinds: Any) -> Kind | None:
    kind = same_kind(kinds)
    return kind if kind in {NUMBER, Kind.DAY, Kind.BLANK} else None


def _many(name: str, pick: Any, help: Any, example: Any) -> Function:
    return Function(
        name,
        (None,),
        None,
        _extreme(pick),
        format_lazy("{name}({values})", name=name, values=_("値1, 値2, ...")),
        help,
        example,
        more=True,
        sees_blanks=True,
        typing=_comparable,
    )


def _rounder(name: str, how: str, help: Any, example: Any) -> Function:
    return Function(
        name,
        (NUMBER, NUMBER),
        NUMBER,
        _rounding(how),
        format_lazy("{name}({values})", name=name, values=_("数, 桁数")),
        help,
        example,
        least=1,
    )


FUNCTIONS = (
    _rounder(
        "ROUND",
        ROUND_HALF_UP,
        _("四捨五入します。桁数は小数点以下の桁（省くと0、-3で千の位）。"),
        _("ROUND([年商] / 12, -3)"),
    ),
    _rounder("ROUNDUP", ROUND_UP, _("切り上げます。"), _("ROUNDUP([席数] / 4)")),
    _rounder("ROUNDDOWN", ROUND_DOWN, _("切り捨てます。"), _("ROUNDDOWN([年商] * 10%)")),
    Function(
        "INT",
        (NUMBER,),
        NUMBER,
        lambda v, now: v[0].to_integral_value(rounding=ROUND_FLOOR),
        _("INT(数)"),
        _("超えない最大の整数にします（-1.5は-2）。"),
        _("INT([年商] / 10000)"),
    ),
    Function(
        "MOD",
        (NUMBER, NUMBER),
        NUMBER,
        _mod,
        _("MOD(数, 割る数)"),
        _("割った余りです。"),
        _("MOD([席数], 4)"),
    ),
    _many("MIN", min, _("いちばん小さい数、早い日付。空欄は数えません。"), _("MIN([席数], 100)")),
    _many("MAX", max, _("いちばん大きい数、遅い日付。空欄は数えません。"), _("MAX([席数], 0)")),
    Function(
        "ABS",
        (NUMBER,),
        NUMBER,
        lambda v, now: abs(v[0]),
        _("ABS(数)"),
        _("符号を取ります。"),
        _("ABS([年商] - [目標])"),
    ),
)
