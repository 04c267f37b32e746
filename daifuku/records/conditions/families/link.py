"""Links: the person in charge ("me", "my_team"), the team, another record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import Expression, F, Q
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue.types import Refused
from daifuku.records.conditions.families.number import numeral
from daifuku.records.conditions.operator import (
    Asked,
    Family,
    Held,
    Operator,
    Rule,
    Takes,
    Target,
    missing_value,
)
from daifuku.staff.viewer import Viewer

ME, MY_TEAM = "me", "my_team"
WORDS = {ME: _("自分"), MY_TEAM: _("自分のチーム")}


class _LinkFamily(Family):
    """`relative` words mean somebody else for everybody who looks."""

    relative: ClassVar[tuple[str, ...]] = ()

    def expression(self, prefix: str) -> Expression | F:
        return (
            self.field.expression_at(prefix) if self.field.custom else F(f"{prefix}{self.field.attribute}_id")
        )

    def held(self, record: Any) -> int | None:
        """The key alone: nothing is fetched."""
        if self.field.custom:
            kept = record.custom.get(self.field.key)
            return kept["id"] if kept else None
        key: int | None = getattr(record, f"{self.field.attribute}_id")
        return key

    def is_empty(self, value: Any) -> bool:
        return value is None

    def read_one(self, raw: Any, viewer: Viewer) -> Any:
        if raw is None or raw == "":
            raise missing_value()
        if not isinstance(raw, str):
            raise Refused(_("一覧から選んでください。"), "type")
        if raw in self.relative:
            return raw
        return self.field.type.clean(raw, viewer)

    def write(self, value: Any) -> str:
        return value if isinstance(value, str) else self.field.type.form_value(value)

    def say(self, value: Any) -> str:
        return str(WORDS[value]) if isinstance(value, str) else str(value)


def _keys(values: Iterable[Any], words: dict[str, frozenset[int]]) -> set[int]:
    keys: set[int] = set()
    for value in values:
        keys |= words[value] if isinstance(value, str) else {value.pk}
    return keys


def _people(values: Iterable[Any], asked: Asked) -> set[int]:
    viewer = asked.viewer
    mine = frozenset({viewer.pk})
    return _keys(values, {ME: mine, MY_TEAM: mine | viewer.people_of(viewer.team_ids)})


def _teams(values: Iterable[Any], asked: Asked) -> set[int]:
    return _keys(values, {MY_TEAM: asked.viewer.team_ids})


def _records(values: Iterable[Any], asked: Asked) -> set[int]:
    return _keys(values, {})


def _operators(keys: Any) -> tuple[Operator, ...]:
    def q(target: Target, values: Any, asked: Asked) -> Q:
        wanted = sorted(keys(values, asked))
        return Q(In(target.expression, [numeral(target.field, key) for key in wanted]))

    def holds(held: Held, values: Any, asked: Asked) -> bool:
        return held.value is not None and held.value in keys(values, asked)

    rule = Rule(q, holds)
    return (
        Operator("any_of", _("が次のいずれか"), _("%(field)sが%(value)s"), Takes.MANY, rule),
        Operator("none_of", _("が次のいずれでもない"), _("%(field)sが%(value)s以外"), Takes.MANY, rule.reversed()),
    )  # fmt: skip


class PersonFamily(_LinkFamily):
    relative: ClassVar = (ME, MY_TEAM)
    operators: ClassVar = _operators(_people)


class TeamFamily(_LinkFamily):
    relative: ClassVar = (MY_TEAM,)
    operators: ClassVar = _operators(_teams)


class RecordFamily(_LinkFamily):
    operators: ClassVar = _operators(_records)
