"""Works a formula out for one record. It never fails: what cannot be worked out is blank."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from daifuku.records.formulas.functions import FUNCTIONS, Now
from daifuku.records.formulas.functions.base import CONTEXT, tidy
from daifuku.records.formulas.functions.words import as_text
from daifuku.records.formulas.syntax import COMPARISONS, Binary, Call, Literal, Node, Reference, Unary

ValueOf = Callable[[Reference], Any]
ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
    "/": CONTEXT.divide,
    "^": CONTEXT.power,
}


def evaluate(node: Node, value_of: ValueOf, now: Now) -> Any:
    """Decimal, str, date, bool, or None for a blank. The formula was checked before."""
    if isinstance(node, Literal):
        return None if node.value == "" else node.value
    if isinstance(node, Reference):
        return value_of(node)
    if isinstance(node, Unary):
        return _unary(node.sign, evaluate(node.operand, value_of, now))
    if isinstance(node, Binary):
        return _binary(node.sign, evaluate(node.left, value_of, now), evaluate(node.right, value_of, now))
    assert isinstance(node, Call)
    return FUNCTIONS[node.name]([evaluate(each, value_of, now) for each in node.arguments], now)


def _unary(sign: str, value: Any) -> Any:
    if value is None:
        return None
    return _worked_out("/", value, Decimal(100)) if sign == "%" else CONTEXT.minus(value)


def _binary(sign: str, left: Any, right: Any) -> Any:
    if sign == "&":
        return tidy(as_text(left) + as_text(right))
    if sign in COMPARISONS:
        return _compared(sign, left, right)
    return None if left is None or right is None else _worked_out(sign, left, right)


def _worked_out(sign: str, left: Decimal, right: Decimal) -> Decimal | None:
    try:
        value: Decimal | None = tidy(ARITHMETIC[sign](left, right))
    except ArithmeticError:
        return None
    return value


def _compared(sign: str, left: Any, right: Any) -> bool | None:
    """A blank equals a blank and no other value; nothing is larger or smaller than it."""
    if sign in {"=", "<>"}:
        return bool(left == right) == (sign == "=")
    if left is None or right is None:
        return None
    if sign in {"<", "<="}:
        return bool(left < right) or (sign == "<=" and bool(left == right))
    return bool(left > right) or (sign == ">=" and bool(left == right))
