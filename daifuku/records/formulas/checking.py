"""Whether a formula makes sense: what each part gives, and what the sign or function beside it wants."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from daifuku.records.formulas.functions import FUNCTIONS, Function
from daifuku.records.formulas.functions.choosing import same_kind
from daifuku.records.formulas.syntax import (
    COMPARISONS,
    Binary,
    Call,
    Kind,
    Literal,
    Node,
    Reference,
    Unary,
    Wrong,
)

KindOf = Callable[[Reference], Kind]


def check(node: Node, kind_of: KindOf) -> Kind:
    """What the formula gives. Raises Wrong with the place and what is wanted there."""
    if isinstance(node, Literal):
        return node.kind
    if isinstance(node, Reference):
        return kind_of(node)
    if isinstance(node, Unary):
        need(node.operand, check(node.operand, kind_of), Kind.NUMBER)
        return Kind.NUMBER
    if isinstance(node, Binary):
        return _binary(node, check(node.left, kind_of), check(node.right, kind_of))
    assert isinstance(node, Call)
    return _call(node, kind_of)


def need(node: Node, given: Kind, wanted: Kind) -> None:
    if given not in {wanted, Kind.BLANK}:
        raise Wrong(
            node.place,
            _("ここには%(wanted)sが必要ですが、%(given)sになっています。")
            % {"wanted": wanted.words, "given": given.words},
        )


def _binary(node: Binary, left: Kind, right: Kind) -> Kind:
    if node.sign == "&":
        return Kind.TEXT
    if node.sign in COMPARISONS:
        kind = same_kind([left, right])
        if kind is None:
            sentence = _("「%(sign)s」の左は%(left)s、右は%(right)sなので、比べられません。")
            raise Wrong(node.place, sentence % {"sign": node.sign, "left": left.words, "right": right.words})
        if kind is Kind.TRUTH and node.sign not in {"=", "<>"}:
            raise Wrong(node.place, _("「はい・いいえ」は = か <> で比べてください。"))
        return Kind.TRUTH
    if Kind.DAY in {left, right}:
        raise Wrong(node.place, _("日付の計算には DATEADD か DAYS を使ってください。"))
    need(node.left, left, Kind.NUMBER)
    need(node.right, right, Kind.NUMBER)
    return Kind.NUMBER


def _call(node: Call, kind_of: KindOf) -> Kind:
    function = FUNCTIONS.get(node.name)
    if function is None:
        raise Wrong(node.place, _("「%(name)s」という関数はありません。") % {"name": node.name[:30]})
    _count(node, function)
    kinds = [check(each, kind_of) for each in node.arguments]
    for number, (argument, kind) in enumerate(zip(node.arguments, kinds, strict=True)):
        wanted = function.wanted(number)
        if wanted is not None:
            need(argument, kind, wanted)
    if function.gives is not None:
        return function.gives
    assert function.typing is not None
    kind_given = function.typing(kinds)
    if kind_given is None:
        sentence = _("%(usage)s の値の種類をそろえてください（%(kinds)s）。")
        names = str(_("、")).join(kind.words for kind in kinds)
        raise Wrong(node.place, sentence % {"usage": function.usage, "kinds": names})
    return kind_given


def _count(node: Call, function: Function) -> None:
    number = len(node.arguments)
    if number < function.fewest or (function.most is not None and number > function.most):
        raise Wrong(
            node.place,
            _("%(usage)s の形で書いてください（値が%(n)s個あります）。")
            % {"usage": function.usage, "n": number},
        )
