"""Choices: one of these, none of these; of several choices any, all, none; yes and no."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Any, ClassVar

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast, StrIndex
from django.db.models.lookups import Exact, GreaterThan, In
from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue.types import Refused
from daifuku.records.conditions.operator import (
    Asked,
    Family,
    Operator,
    Rule,
    Takes,
    Target,
    missing_value,
)
from daifuku.staff.viewer import Viewer

ANY_OF = Rule(
    lambda target, keys, asked: Q(In(target.expression, keys)),
    lambda held, keys, asked: (held.value or "") in keys,
)


class ChoiceFamily(Family):
    operators: ClassVar[tuple[Operator, ...]] = (
        Operator("any_of", _("が次のいずれか"), _("%(field)sが%(value)s"), Takes.MANY, ANY_OF),
        Operator("none_of", _("が次のいずれでもない"), _("%(field)sが%(value)s以外"), Takes.MANY, ANY_OF.reversed()),
    )  # fmt: skip

    def empty_q(self, target: Target, value: Any, asked: Asked) -> Q:
        return target.missing() if self.field.custom else Q(Exact(target.expression, ""))

    def read_one(self, raw: Any, viewer: Viewer) -> str:
        """A key, or a label; a choice that nobody may choose any more can still be looked for."""
        if raw is None or raw == "":
            raise missing_value()
        key: str = self.field.type.find(raw)  # type: ignore[attr-defined]
        return key

    def write(self, value: Any) -> Any:
        return value

    def say(self, value: Any) -> str:
        name: str = self.field.type.option(value).name  # type: ignore[attr-defined]
        return name


def _has(target: Target, key: str) -> Q:
    """The list is kept as JSON, `["a", "b"]`; keys have no quotes, so looking for `"a"` is exact."""
    return Q(GreaterThan(StrIndex(Cast(target.expression, TextField()), Value(f'"{key}"')), 0))


HAS_ANY = Rule(
    lambda target, keys, asked: reduce(or_, (_has(target, key) for key in keys)),
    lambda held, keys, asked: bool(set(held.value or ()) & set(keys)),
)
HAS_ALL = Rule(
    lambda target, keys, asked: reduce(and_, (_has(target, key) for key in keys)),
    lambda held, keys, asked: set(keys) <= set(held.value or ()),
)


HAS_NONE = HAS_ANY.reversed()


class MultiChoiceFamily(ChoiceFamily):
    operators: ClassVar = (
        Operator("has_any", _("に次のいずれかを含む"), _("%(field)sに%(value)sを含む"), Takes.MANY, HAS_ANY),
        Operator("has_all", _("に次のすべてを含む"), _("%(field)sに%(value)sをすべて含む"), Takes.MANY, HAS_ALL),
        Operator("has_none", _("に次のいずれも含まない"), _("%(field)sに%(value)sを含まない"), Takes.MANY, HAS_NONE),
    )  # fmt: skip

    def empty_q(self, target: Target, value: Any, asked: Asked) -> Q:
        return target.missing()

    def read_one(self, raw: Any, viewer: Viewer) -> str:
        if not isinstance(raw, str):
            raise Refused(_("選択肢から選んでください。"), "type")
        return super().read_one(raw, viewer)


def _is(answer: bool) -> Rule:
    return Rule(
        lambda target, value, asked: Q(Exact(target.expression, target.known(answer))),
        lambda held, value, asked: held.value is answer,
    )


class YesNoFamily(Family):
    operators: ClassVar = (
        Operator("is_yes", _("が「はい」"), _("%(field)sが「はい」"), Takes.NOTHING, _is(True)),
        Operator("is_no", _("が「いいえ」"), _("%(field)sが「いいえ」"), Takes.NOTHING, _is(False)),
    )
