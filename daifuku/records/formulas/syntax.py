"""What a formula is made of once it was read: numbers, words, days, fields, signs and functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = 5000
MOST_PARTS = 500
DEEPEST = 60
COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
STRENGTH = {**dict.fromkeys(COMPARISONS, 1), "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
SIGN, PERCENT, ATOM = 6, 7, 9


class Kind(Enum):
    """What a part of a formula gives."""

    NUMBER = gettext_lazy("数")
    TEXT = gettext_lazy("文字")
    DAY = gettext_lazy("日付")
    TRUTH = gettext_lazy("はい・いいえ")
    BLANK = gettext_lazy("空欄")

    @property
    def words(self) -> str:
        return str(self.value)


class Wrong(ValueError):
    """What is wrong with a formula, and where: the place counts from 0, people count from 1."""

    def __init__(self, place: int, sentence: Any) -> None:
        super().__init__(sentence)
        self.place, self.sentence = place, sentence

    @property
    def message(self) -> str:
        return _("%(place)s文字目: %(sentence)s") % {"place": self.place + 1, "sentence": self.sentence}


@dataclass(frozen=True)
class Node:
    """`place` is where it stands in the text; two formulas that say the same are equal wherever it stands."""

    place: int = field(compare=False)


@dataclass(frozen=True)
class Literal(Node):
    """A number, a word, a day, yes or no; the empty text is the blank."""

    value: Decimal | str | date | bool

    @property
    def kind(self) -> Kind:
        if isinstance(self.value, bool):
            return Kind.TRUTH
        if isinstance(self.value, Decimal):
            return Kind.NUMBER
        if isinstance(self.value, date):
            return Kind.DAY
        return Kind.TEXT if self.value else Kind.BLANK


@dataclass(frozen=True)
class Reference(Node):
    """A field of the record, or one reached over one or two links."""

    steps: tuple[str, ...]


@dataclass(frozen=True)
class Unary(Node):
    """Minus before something, per cent behind it."""

    sign: str
    operand: Node


@dataclass(frozen=True)
class Binary(Node):
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Call(Node):
    name: str
    arguments: tuple[Node, ...]


def children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Unary):
        return (node.operand,)
    if isinstance(node, Binary):
        return (node.left, node.right)
    return node.arguments if isinstance(node, Call) else ()


def walk(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting += children(each)


def depth(node: Node) -> int:
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        each, level = waiting.pop()
        deepest = max(deepest, level)
        waiting += [(child, level + 1) for child in children(each)]
    return deepest
