"""Functions that decide: if, and, or, not, blank, cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.records.formulas.functions.base import Function, Now, Values
from daifuku.records.formulas.syntax import Kind

TRUTH = Kind.TRUTH


def same_kind(kinds: Sequence[Kind]) -> Kind | None:
    """The one kind that all of these have; blanks go with everything."""
    left = {kind for kind in kinds if kind is not Kind.BLANK}
    if not left:
        return Kind.BLANK
    return left.pop() if len(left) == 1 else None


def _case_kind(kinds: Sequence[Kind]) -> Kind | None:
    rest = kinds[1:]
    tested = [kinds[0], *rest[0 : len(rest) - len(rest) % 2 : 2]]
    given = [
        kind for number, kind in enumerate(rest) if number % 2 or number == len(rest) - 1 and len(rest) % 2
    ]
    return None if same_kind(tested) is None else same_kind(given)


def _case(values: Values, now: Now) -> Any:
    value, rest = values[0], values[1:]
    for number in range(0, len(rest) - 1, 2):
        if rest[number] == value:
            return rest[number + 1]
    return rest[-1] if len(rest) % 2 else None


FUNCTIONS = (
    Function(
        "IF",
        (TRUTH, None, None),
        None,
        lambda v, now: v[1] if v[0] else (v[2] if len(v) > 2 else None),
        _("IF(条件, はいのとき, いいえのとき)"),
        _("条件によって値を変えます。最後を省くと空欄になります。"),
        _('IF([従業員数] >= 100, "大口", "小口")'),
        least=2,
        sees_blanks=True,
        typing=lambda kinds: same_kind(kinds[1:]),
    ),
    Function(
        "CASE",
        (None,),
        None,
        _case,
        _("CASE(値, 候補1, 結果1, 候補2, 結果2, ..., それ以外)"),
        _("値と同じ候補の結果を返します。"),
        _('CASE([ランク], "A", 4, "B", 2, 1)'),
        least=3,
        more=True,
        sees_blanks=True,
        typing=_case_kind,
    ),
    Function(
        "AND",
        (TRUTH,),
        TRUTH,
        lambda v, now: all(v),
        _("AND(条件1, 条件2, ...)"),
        _("すべて「はい」なら「はい」。"),
        _("AND([席数] > 30, [DM希望])"),
        more=True,
    ),
    Function(
        "OR",
        (TRUTH,),
        TRUTH,
        lambda v, now: any(v),
        _("OR(条件1, 条件2, ...)"),
        _("どれか「はい」なら「はい」。"),
        _('OR([ランク] = "A", [年商] > 100000000)'),
        more=True,
    ),
    Function(
        "NOT",
        (TRUTH,),
        TRUTH,
        lambda v, now: not v[0],
        _("NOT(条件)"),
        _("「はい」と「いいえ」を逆にします。"),
        _("NOT([DM希望])"),
    ),
    Function(
        "ISBLANK",
        (None,),
        TRUTH,
        lambda v, now: v[0] is None,
        _("ISBLANK(値)"),
        _("空欄なら「はい」。"),
        _("ISBLANK([電話番号])"),
        sees_blanks=True,
    ),
    Function(
        "IFBLANK",
        (None, None),
        None,
        lambda v, now: v[1] if v[0] is None else v[0],
        _("IFBLANK(値, 代わりの値)"),
        _("空欄のときだけ、代わりの値にします。"),
        _("IFBLANK([席数], 0)"),
        sees_blanks=True,
        typing=same_kind,
    ),
)
