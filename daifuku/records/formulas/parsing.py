"""Reads a formula: what binds stronger comes first, 「+」 after 「×」, comparisons last."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from daifuku.records.formulas.spellings import NO, YES
from daifuku.records.formulas.syntax import (
    DEEPEST,
    MOST_PARTS,
    PERCENT,
    SIGN,
    STRENGTH,
    Binary,
    Call,
    Literal,
    Node,
    Reference,
    Unary,
    Wrong,
    depth,
)
from daifuku.records.formulas.tokens import Token, tokens_of

MOST_STEPS = 3
MOST_DIGITS = 30


def parse(text: str) -> Node:
    """The formula as a tree. Raises Wrong with the place."""
    reader = _Reader(tokens_of(text))
    if reader.now.kind == "end":
        raise Wrong(0, _("式を入力してください。"))
    node = reader.expression(0, 0)
    if reader.now.kind != "end":
        raise Wrong(
            reader.now.place,
            _("「%(word)s」の前に演算子（+ など）が必要です。") % {"word": shown(reader.now)},
        )
    if depth(node) > DEEPEST:
        raise Wrong(0, _("式が複雑すぎます。いくつかの項目に分けてください。"))
    return node


def shown(token: Token) -> str:
    if token.kind == "end":
        return _("式の終わり")
    return f"[{token.value}]" if token.kind == "field" else token.value[:30]


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.at, self.parts = tokens, 0, 0

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.now
        self.at += 1
        return token

    def takes(self, sign: str) -> bool:
        if self.now.kind == "sign" and self.now.value == sign:
            self.at += 1
            return True
        return False

    def need(self, sign: str, sentence: str) -> None:
        if not self.takes(sign):
            raise Wrong(self.now.place, sentence)

    def expression(self, weakest: int, level: int) -> Node:
        """All that binds stronger than `weakest`."""
        left = self._first(level)
        while self.now.kind == "sign":
            token = self.now
            if token.value == "%" and weakest < PERCENT:
                self.take()
                left = self._counted(Unary(token.place, "%", left))
                continue
            strength = STRENGTH.get(token.value, 0)
            if strength <= weakest:
                break
            self.take()
            left = self._counted(Binary(token.place, token.value, left, self.expression(strength, level + 1)))
        return left

    def _first(self, level: int) -> Node:
        if level > DEEPEST:
            raise Wrong(self.now.place, _("式が複雑すぎます。いくつかの項目に分けてください。"))
        token = self.take()
        if token.kind == "sign" and token.value in "-+(":
            return self._signed(token, level)
        if token.kind == "field":
            return self._counted(self._reference(token))
        if token.kind == "name":
            return self._counted(self._named(token, level))
        if token.kind in {"number", "text", "day"}:
            return self._counted(Literal(token.place, _value(token)))
        raise Wrong(
            token.place,
            _("ここには数・文字・項目・関数のどれかが必要です（「%(word)s」がありました）。")
            % {"word": shown(token)},
        )

    def _signed(self, token: Token, level: int) -> Node:
        if token.value == "(":
            inside = self.expression(0, level + 1)
            self.need(")", _("「)」が足りません。"))
            return inside
        operand = self.expression(SIGN, level + 1)
        return operand if token.value == "+" else self._counted(Unary(token.place, "-", operand))

    def _reference(self, token: Token) -> Node:
        steps = [token.value.strip()]
        while self.takes("."):
            following = self.take()
            if following.kind != "field":
                raise Wrong(following.place, _("「.」の後には項目を [ ] で書いてください。"))
            steps.append(following.value.strip())
        if len(steps) > MOST_STEPS:
            raise Wrong(token.place, _("リンクは2つ先まで使えます。"))
        return Reference(token.place, tuple(steps))

    def _named(self, token: Token, level: int) -> Node:
        word = token.value.upper()
        if not self.takes("("):
            if word in YES or word in NO:
                return Literal(token.place, word in YES)
            sentence = _('「%(word)s」は関数なら「(」が、項目なら [ ] が、文字なら「"」が必要です。')
            raise Wrong(token.place, sentence % {"word": token.value[:30]})
        arguments: list[Node] = []
        if not self.takes(")"):
            arguments.append(self.expression(0, level + 1))
            while self.takes(","):
                arguments.append(self.expression(0, level + 1))
            self.need(
                ")", _("関数 %(name)s の「)」か、次の値の前の「,」が足りません。") % {"name": word[:30]}
            )
        return Call(token.place, word, tuple(arguments))

    def _counted(self, node: Node) -> Node:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise Wrong(node.place, _("式が複雑すぎます。いくつかの項目に分けてください。"))
        return node


def _value(token: Token) -> Decimal | str | date:
    if token.kind == "text":
        return token.value
    if token.kind == "number":
        if len(token.value) > MOST_DIGITS:
            raise Wrong(token.place, _("数の桁が多すぎます。"))
        return Decimal(token.value)
    try:
        year, month, day = (int(part) for part in token.value.strip("#").replace("/", "-").split("-"))
        return date(year, month, day)
    except ValueError as error:
        raise Wrong(token.place, _("「%(word)s」という日はありません。") % {"word": token.value}) from error
