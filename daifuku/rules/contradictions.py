"""Two rules that cannot both be kept, found before either is switched on and named with both.

Whether two conditions can be true of the same record is decided only where that is sure: the same choice with no value
in common, filled here and empty there, yes and no. Where it is not sure they are taken to meet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.records.conditions.tree import Group, Test
from daifuku.rules.models import Rule
from daifuku.rules.rulings import Ruling, read

OPPOSITE = {frozenset({"empty", "filled"}), frozenset({"is_yes", "is_no"})}


def check(rule: Rule) -> None:
    """Raises Invalid where this rule, as it is about to be kept, contradicts itself or another that is in force."""
    ruling = read(rule)
    if ruling is None:
        return
    problems = list(_with_itself(ruling))
    others = Rule.objects.in_force().filter(object=rule.object).exclude(pk=rule.pk)
    for other in filter(None, map(read, others.select_related("person"))):
        problems += between(ruling, other)
    if problems:
        raise Invalid(problems)


def between(one: Ruling, other: Ruling) -> list[FieldProblem]:
    """What of these two cannot both be kept."""
    if not can_meet(one, other):
        return []
    return [*_filled_and_empty(one, other), *_filled_and_empty(other, one), *_two_deadlines(one, other)]


def _filled_and_empty(one: Ruling, other: Ruling) -> Iterator[FieldProblem]:
    sentence = _(
        "ルール「%(one)s」は「%(field)s」を必須にし、ルール「%(other)s」は空欄にするよう求めています。両方は守れません。"
    )
    for field in one.required:
        if field in other.emptied:
            told = {"one": one.rule, "other": other.rule, "field": field.name}
            yield FieldProblem("required", sentence % told, code="contradiction")


def _two_deadlines(one: Ruling, other: Ruling) -> Iterator[FieldProblem]:
    """The same fields of the same records are asked for until two times, or refused by one and put off by the other."""
    common = [field.name for field in one.required if field in other.required]
    if not common or _text(one) != _text(other) or one.rule.moment != other.rule.moment:
        return
    told = {"one": one.rule, "other": other.rule, "fields": _("、").join(common)}
    if one.refuses != other.refuses:
        sentence = _(
            "ルール「%(one)s」と「%(other)s」は、同じ記録の「%(fields)s」が足りないとき、一方は保存を断り、もう一方は"
            "あとで入力する約束にします。どちらかに揃えてください。"
        )
        yield FieldProblem("missing", sentence % told, code="contradiction")
    elif (one.rule.until, one.rule.amount) != (other.rule.until, other.rule.amount):
        sentence = _(
            "ルール「%(one)s」と「%(other)s」は、同じ記録の「%(fields)s」に違う期限を決めています。どちらかに揃えてください。"
        )
        yield FieldProblem("until", sentence % told, code="contradiction")


def _with_itself(ruling: Ruling) -> Iterator[FieldProblem]:
    """It asks that a field be filled in only where it is empty: who could ever keep that?"""
    for test in _certain(ruling):
        for field, op, word in (
            *((field, "empty", _("必須")) for field in ruling.required),
            *((field, "filled", _("空欄")) for field in ruling.emptied),
        ):
            if (
                ruling.refuses
                and test.path.link is None
                and test.path.key == field.key
                and test.operator.key == op
            ):
                sentence = _(
                    "条件では「%(condition)s」ときだけ働くのに、同じ項目を%(word)sにしています。このルールを守れる記録はありません。"
                )
                yield FieldProblem(
                    "condition", sentence % {"condition": test.sentence(), "word": word}, code="contradiction"
                )


def can_meet(one: Ruling, other: Ruling) -> bool:
    """Can both conditions be true of one record? Only a sure no is a no."""
    return not any(_exclude(a, b) for a in _certain(one) for b in _certain(other))


def _exclude(one: Test, other: Test) -> bool:
    if one.path.key != other.path.key:
        return False
    ops = frozenset({one.operator.key, other.operator.key})
    if ops in OPPOSITE:
        return True
    if ops == {"any_of"}:
        return not _values(one) & _values(other)
    if ops == {"any_of", "none_of"}:
        kept, left_out = (one, other) if one.operator.key == "any_of" else (other, one)
        return _values(kept) <= _values(left_out)
    if "empty" in ops and ops & {"any_of", "is", "eq", "is_yes"}:
        return True
    return ops in ({"eq"}, {"is"}) and one.value != other.value


def _values(test: Test) -> set[str]:
    return {str(value) for value in test.value}


def _certain(ruling: Ruling) -> list[Test]:
    """Those tests that every record under the rule passes."""
    return list(_of_all(ruling.condition.root))


def _of_all(group: Group) -> Iterator[Test]:
    if group.connector != "all" and len(group.parts) > 1:
        return
    for part in group.parts:
        if isinstance(part, Test):
            yield part
        elif isinstance(part, Group):
            yield from _of_all(part)


def _text(ruling: Ruling) -> str:
    return json.dumps(ruling.condition.to_json(), sort_keys=True)


def pairs(rules: Sequence[Rule]) -> list[tuple[Rule, Rule, str]]:
    """Of the rules in force those that contradict one another, for the list: a choice may have changed since."""
    found: list[tuple[Rule, Rule, str]] = []
    rulings: list[Any] = [ruling for rule in rules if rule.on and (ruling := read(rule))]
    for place, one in enumerate(rulings):
        for other in rulings[place + 1 :]:
            if one.rule.object == other.rule.object:
                found += [(one.rule, other.rule, problem.message) for problem in between(one, other)]
    return found
