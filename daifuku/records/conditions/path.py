"""The field that a condition names: one of the record's own, or one of a record that it is linked with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.db.models import F, Q
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import RecordLink
from daifuku.records.conditions.families import family_of
from daifuku.records.conditions.operator import Asked, Family, Held, Target
from daifuku.records.models.record import scope_of
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Path:
    """`link` is the field of the record through which the other record is reached; one step, no more.

    A linked record that the viewer may not see, or that lies in the trash, is as good as none: nothing is true of it,
    not even that a field is empty.
    """

    key: str
    field: Field
    link: Field | None = None

    @cached_property
    def family(self) -> Family:
        return family_of(self.field)

    @property
    def name(self) -> str:
        if self.link is None:
            return self.field.name
        return str(_("%(link)sの%(field)s") % {"link": self.link.name, "field": self.field.name})

    def q(self, rule: Callable[[Target], Q], asked: Asked) -> Q:
        """What `rule` asks of the field, and of nothing that is hidden."""
        if self.link is None:
            return rule(self._target(""))
        if self.link.custom:
            rows = self._other.model.objects.visible_to(asked.viewer).filter(rule(self._target("")))
            return Q(In(self.link.expression, rows.values("pk")))
        prefix = f"{self.link.attribute}__"
        allowed = scope_of(asked.viewer, self._other.key, "view")
        seen = Q((f"{self.link.attribute}__isnull", False), (f"{prefix}trashed_at__isnull", True))
        return seen & prefixed(allowed, prefix) & rule(self._target(prefix))

    def holds(self, rule: Callable[[Held], bool], record: Any, asked: Asked) -> bool:
        if self.link is not None:
            record = self.link.get(record)
            if record is None or record.trashed_at is not None or not sees(asked.viewer, record, "view"):
                return False
        folded = getattr(record, self.field.folded) if self.field.folded else None
        return rule(Held(self.family.held(record), folded))

    def _target(self, prefix: str) -> Target:
        folded = F(f"{prefix}{self.field.folded}") if self.field.folded else None
        return Target(self.field, self.family.expression(prefix), folded)

    @property
    def _other(self) -> Any:
        assert self.link is not None
        return registry.get(self.link.type.target)  # type: ignore[attr-defined]


def prefixed(condition: Q, prefix: str) -> Q:
    """The same condition on a linked record."""
    children: list[Any] = [
        prefixed(child, prefix) if isinstance(child, Q) else (f"{prefix}{child[0]}", child[1])
        for child in cast("list[Any]", condition.children)
    ]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def find(key: str, object_key: str, viewer: Viewer) -> Path | None:
    """The path, if the viewer may see all of it; a field that is not there and a hidden one look the same."""
    first, dot, second = key.partition(".")
    field = vocabulary.fields_for(viewer, object_key).get(first)
    if field is None or not dot:
        return Path(key, field) if field else None
    if not isinstance(field.type, RecordLink) or not viewer.may(field.type.target, "view"):
        return None
    far = vocabulary.fields_for(viewer, field.type.target).get(second)
    return Path(key, far, field) if far else None


def links_of(object_key: str, viewer: Viewer) -> list[tuple[Field, str]]:
    """The links by which a condition may reach another record, each with the other's object."""
    return [
        (field, field.type.target)
        for field in vocabulary.fields_for(viewer, object_key).values()
        if isinstance(field.type, RecordLink) and viewer.may(field.type.target, "view")
    ]
