"""A condition that was understood: tests in groups, which can be put to the database, to a record, and into words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem
from daifuku.records.conditions.operator import Asked, Operator, Takes
from daifuku.records.conditions.path import Path
from daifuku.staff.viewer import Viewer

NEVER = Q(pk__in=())


@dataclass(frozen=True)
class Test:
    """One line of the editor: a field, an operator, a value."""

    __test__ = False

    path: Path
    operator: Operator
    value: Any = None

    def q(self, asked: Asked) -> Q:
        return self.path.q(lambda target: self.operator.rule.q(target, self.value, asked), asked)

    @property
    def settled(self) -> bool:
        return self.path.link is None and self.operator.takes != Takes.PERIOD

    def leaves_one(self, field: str) -> bool:
        named = self.path.link is None and self.path.key == field
        return named and self.operator.key == "any_of" and len(self.value) == 1

    def holds(self, record: Any, asked: Asked) -> bool:
        return self.path.holds(lambda held: self.operator.rule.holds(held, self.value, asked), record, asked)

    def sentence(self) -> str:
        return str(self.operator.sentence % {"field": self.path.name, "value": self._value_in_words()})

    def to_json(self) -> dict[str, Any]:
        written: dict[str, Any] = {"field": self.path.key, "op": self.operator.key}
        if self.operator.takes == Takes.NOTHING:
            return written
        write = self.path.family.write
        many = isinstance(self.value, list)
        return written | {"value": [write(item) for item in self.value] if many else write(self.value)}

    def tests(self) -> Iterator[Test]:
        yield self

    def _value_in_words(self) -> str:
        family = self.path.family
        match self.operator.takes:
            case Takes.NOTHING:
                return ""
            case Takes.MANY:
                return str(family.joint).join(family.say(item) for item in self.value)
            case Takes.TWO:
                low, high = (family.say(item) for item in self.value)
                return str(_("%(low)sから%(high)sまで") % {"low": low, "high": high})
        return family.say(self.value)


@dataclass(frozen=True)
class Broken:
    """A test that this viewer cannot ask (any more). Nothing passes it, so that no list grows by a field's deletion."""

    written: Any
    problem: FieldProblem
    settled: ClassVar[bool] = False

    def q(self, asked: Asked) -> Q:
        return NEVER

    def holds(self, record: Any, asked: Asked) -> bool:
        return False

    def sentence(self) -> str:
        return self.problem.message

    def to_json(self) -> Any:
        return self.written

    def tests(self) -> Iterator[Test]:
        return iter(())


@dataclass(frozen=True)
class Group:
    """`all` or `any` of its parts. Only the whole condition may be empty; then everything passes."""

    connector: str
    parts: tuple[Test | Broken | Group, ...] = ()

    @property
    def settled(self) -> bool:
        return all(part.settled for part in self.parts)

    def q(self, asked: Asked) -> Q:
        joined = Q()
        for part in self.parts:
            joined = joined & part.q(asked) if self.connector == "all" else joined | part.q(asked)
        return joined

    def holds(self, record: Any, asked: Asked) -> bool:
        if not self.parts:
            return True
        answers = (part.holds(record, asked) for part in self.parts)
        return all(answers) if self.connector == "all" else any(answers)

    def sentence(self) -> str:
        joint = _("、かつ ") if self.connector == "all" else _("、または ")
        return str(joint).join(
            str(_("（%(group)s）") % {"group": part.sentence()})
            if isinstance(part, Group) and len(part.parts) > 1 and len(self.parts) > 1
            else part.sentence()
            for part in self.parts
        )

    def to_json(self) -> dict[str, Any]:
        return {self.connector: [part.to_json() for part in self.parts]}

    def tests(self) -> Iterator[Test]:
        for part in self.parts:
            yield from part.tests()


@dataclass(frozen=True)
class Condition:
    """What `parse` gives. `problems` is empty unless it was parsed leniently."""

    object_key: str
    root: Group
    problems: tuple[FieldProblem, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.root.parts)

    @property
    def settled(self) -> bool:
        """Does it ask the same today and tomorrow, of the record alone? Then its text in SQL can be kept. What this
        person cannot ask (any more) is written as he wrote it: it must never be answered by what is kept.
        """
        return self.root.settled

    def q(self, viewer: Viewer, today: date) -> Q:
        """For `Model.objects.visible_to(viewer).filter(...)`."""
        return self.root.q(Asked(viewer, today))

    def matches(self, record: Any, viewer: Viewer, today: date) -> bool:
        """The same, asked of one record in memory."""
        return self.root.holds(record, Asked(viewer, today))

    def sentence(self) -> str:
        """The condition as one reads it, in the language of whoever asks now."""
        return self.root.sentence() or str(_("すべて"))

    def leaves_one(self, field: str) -> bool:
        """Do all that pass have the same choice in this field? Then an order by it says nothing."""
        parts = self.root.parts if self.root.connector == "all" else ()
        return any(isinstance(part, Test) and part.leaves_one(field) for part in parts)

    def to_json(self) -> dict[str, Any]:
        return self.root.to_json()

    def tests(self) -> list[Test]:
        return list(self.root.tests())
