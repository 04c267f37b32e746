"""From JSON, which anybody may have written, to a condition; every refusal names the field and says what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.records.catalogue.types import Refused
from daifuku.records.conditions import path
from daifuku.records.conditions.tree import Broken, Condition, Group, Test
from daifuku.staff.viewer import Viewer

DEEPEST = 5
MOST = 50
CONNECTORS = frozenset({"all", "any"})


def parse(written: Any, object_key: str, viewer: Viewer) -> Condition:
    """The condition, if all of it can be asked by this viewer. Raises Invalid; None and {} mean everything."""
    condition = parse_leniently(written, object_key, viewer)
    if condition.problems:
        raise Invalid(condition.problems)
    return condition


def parse_leniently(written: Any, object_key: str, viewer: Viewer) -> Condition:
    """The same for a stored condition: what cannot be asked stays in its place as a part that nothing passes."""
    parser = _Parser(object_key, viewer)
    root = parser.root(written)
    return Condition(object_key, root, tuple(parser.problems))


class _Parser:
    def __init__(self, object_key: str, viewer: Viewer) -> None:
        self.object_key, self.viewer = object_key, viewer
        self.problems: list[FieldProblem] = []
        self.count = 0

    def root(self, written: Any) -> Group:
        if written is None or written == {}:
            return Group("all")
        part = self.part(written, 1)
        return part if isinstance(part, Group) else Group("all", (part,))

    def part(self, written: Any, depth: int) -> Test | Broken | Group:
        if not isinstance(written, dict):
            return self.broken(written, "condition", _("条件の形が正しくありません。"), "type")
        if CONNECTORS & written.keys():
            return self.group(written, depth)
        return self.test(written)

    def group(self, written: dict[str, Any], depth: int) -> Group | Broken:
        connector = next(iter(written))
        parts = written[connector]
        if len(written) != 1 or not isinstance(parts, list):
            return self.broken(
                written,
                "condition",
                _("条件のまとまりは all か any の一つにリストを指定してください。"),
                "type",
            )
        if depth > DEEPEST:
            return self.broken(
                written, "condition", _("条件の入れ子は%(most)s段までです。") % {"most": DEEPEST}, "too_deep"
            )
        read: list[Test | Broken | Group] = []
        for part in parts:
            if self.count >= MOST:
                read.append(self.too_many(part))
                break
            understood = self.part(part, depth + 1)
            if not isinstance(understood, Group) or understood.parts:
                read.append(understood)
        return Group(connector, tuple(read))

    def test(self, written: dict[str, Any]) -> Test | Broken:
        self.count += 1
        key, op = written.get("field"), written.get("op")
        if (
            not isinstance(key, str)
            or not isinstance(op, str)
            or not written.keys() <= {"field", "op", "value"}
        ):
            return self.broken(
                written,
                "condition",
                _("条件には項目（field）、比べ方（op）、値（value）を指定してください。"),
                "type",
            )
        found = path.find(key, self.object_key, self.viewer)
        if found is None:
            return self.unknown_field(written, key)
        operator = found.family.find(op)
        if operator is None:
            return self.broken(
                written, key,
                _("「%(field)s」には「%(op)s」という比べ方はありません。") % {"field": found.name, "op": printable(op)},
                "unknown_operator",
            )  # fmt: skip
        try:
            return Test(found, operator, found.family.read(operator, written.get("value"), self.viewer))
        except Refused as error:
            message = _("条件「%(field)s」: %(problem)s") % {"field": found.name, "problem": error.message}
            return self.broken(written, key, message, error.code)

    def unknown_field(self, written: Any, key: str) -> Broken:
        name = printable(key)
        message = _(
            "条件の項目「%(field)s」はありません。削除されたか、閲覧する権限がない可能性があります。この条件を外してください。"
        ) % {"field": name}
        return self.broken(written, name, message, "unknown_field")

    def too_many(self, written: Any) -> Broken:
        message = _("条件は%(most)s個までです。減らしてください。") % {"most": MOST}
        return self.broken(written, "condition", message, "too_many")

    def broken(self, written: Any, field: str, message: Any, code: str) -> Broken:
        problem = FieldProblem(field, message, code=code)
        self.problems.append(problem)
        return Broken(written, problem)


def printable(text: str) -> str:
    """A name that somebody sent, short and without what cannot be shown."""
    return "".join(letter for letter in text[:130] if letter.isprintable())
