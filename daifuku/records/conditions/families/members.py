"""Members of a record: is somebody ("me") one of them, has it any."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Expression, F, Q
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import PersonLink
from daifuku.records.conditions.families.link import PersonFamily, _people
from daifuku.records.conditions.operator import Asked, Held, Operator, Rule, Takes, Target
from daifuku.records.models.share import Share
from daifuku.staff.viewer import Viewer


def _rows(target: Target) -> Any:
    """The rows that stand for the members of these records."""
    object_key = target.field.type.object  # type: ignore[attr-defined]
    return Share.objects.filter(object=object_key).exclude(role="")


def _q(target: Target, values: Any, asked: Asked) -> Q:
    people = sorted(_people(values, asked))
    return Q(In(target.expression, _rows(target).filter(person_id__in=people).values("record_id")))


def _holds(held: Held, values: Any, asked: Asked) -> bool:
    return not _people(values, asked).isdisjoint(held.value)


RULE = Rule(_q, _holds)
OTHER = RULE.reversed()


class MembersFamily(PersonFamily):
    operators: ClassVar = (
        Operator("any_of", _("に次のいずれかを含む"), _("%(field)sに%(value)sを含む"), Takes.MANY, RULE),
        Operator("none_of", _("に次のいずれも含まない"), _("%(field)sに%(value)sを含まない"), Takes.MANY, OTHER),
    )  # fmt: skip

    def expression(self, prefix: str) -> Expression | F:
        return F(f"{prefix}id")

    def held(self, record: Any) -> Any:
        return [each["id"] for each in record.members]

    def is_empty(self, value: Any) -> bool:
        return not value

    def empty_q(self, target: Target, value: Any, asked: Asked) -> Q:
        return ~Q(In(target.expression, _rows(target).values("record_id")))

    def read_one(self, raw: Any, viewer: Viewer) -> Any:
        return PersonFamily(Field("person", self.field.label, PersonLink())).read_one(raw, viewer)

    def write(self, value: Any) -> str:
        return value if isinstance(value, str) else str(value.uid)
