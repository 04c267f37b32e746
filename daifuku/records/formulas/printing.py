"""Writes a formula down again, with the names of the fields as they are called now, or with their keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from daifuku.records.formulas.syntax import (
    ATOM,
    PERCENT,
    SIGN,
    STRENGTH,
    Binary,
    Call,
    Literal,
    Node,
    Reference,
    Unary,
)
from daifuku.records.formulas.tokens import QUOTES

Names = Callable[[tuple[str, ...]], tuple[str, ...]]
CLOSING, QUOTING = re.compile("([]］])"), re.compile(f"([{QUOTES}])")
TWICE = r"\1\1"


def as_written(steps: tuple[str, ...]) -> tuple[str, ...]:
    return steps


def write(node: Node, names: Names = as_written) -> str:
    """Reading the result gives the same formula."""
    if isinstance(node, Literal):
        return _literal(node.value)
    if isinstance(node, Reference):
        return ".".join(f"[{CLOSING.sub(TWICE, step)}]" for step in names(node.steps))
    if isinstance(node, Unary):
        inner = _inside(node.operand, PERCENT if node.sign == "%" else SIGN, names)
        return f"{inner}%" if node.sign == "%" else f"-{inner}"
    if isinstance(node, Binary):
        strength = STRENGTH[node.sign]
        left, right = _inside(node.left, strength, names), _inside(node.right, strength + 1, names)
        return f"{left} {node.sign} {right}"
    assert isinstance(node, Call)
    return f"{node.name}({', '.join(write(each, names) for each in node.arguments)})"


def _inside(node: Node, needed: int, names: Names) -> str:
    text = write(node, names)
    return f"({text})" if _strength(node) < needed else text


def _strength(node: Node) -> int:
    if isinstance(node, Binary):
        return STRENGTH[node.sign]
    if isinstance(node, Unary):
        return PERCENT if node.sign == "%" else SIGN
    return ATOM


def _literal(value: Decimal | str | date | bool) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return f"#{value.isoformat()}#"
    return f'"{QUOTING.sub(TWICE, value)}"'
