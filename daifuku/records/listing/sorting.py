"""The order of a list: by any field that can be sorted, the key deciding between equals, empty values always last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, Expression, F, IntegerField, Q, Value, When
from django.db.models import Field as Column
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import Exact, GreaterThan, IsNull
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.sql import Binary, Sorted
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.types import Choice, MultiChoice, PersonLink, TeamLink
from daifuku.records.conditions.parsing import printable
from daifuku.staff.viewer import Viewer

Columns = tuple[Expression | F, ...]
DEFAULT = "-updated_at"


@dataclass(frozen=True)
class Segment:
    """A stretch of the list that one index walk gives: first the rows that have a value, then those that have none.

    Where `implied`, a row that comes after a row of the stretch, going up, has a value. To ask for that once more would
    have SQLite begin its walk with the first value, however far down the list the place is. `unordered` are the same
    rows for whoever reads all of them, found by the index of the list's condition and not by that of its order.
    """

    rows: Q
    unordered: Q
    columns: Columns
    implied: bool = False


@dataclass(frozen=True)
class Sort:
    """`written` is what the address of the page carries: a field's key, with a minus for the other way round.

    Persons are sorted by their kana, teams by their name, choices as they are offered. Links to other records are
    sorted by the linked record's key: its name could be one that the viewer may not know.
    """

    written: str
    object_type: ObjectType
    field: Field

    @property
    def descending(self) -> bool:
        return self.written.startswith("-")

    @cached_property
    def segments(self) -> list[Segment]:
        alone = len(self._columns) == 1 and not isinstance(self._columns[0], Case)
        implied = alone or self._index_has_order
        value, unordered = self._value, Sorted(self._value)
        columns = (*self._columns, F("id"))
        with_value = Segment(self._present(value), self._present(unordered), columns, implied)
        if not self._may_be_absent:
            return [with_value]
        return [with_value, Segment(self._absent(value), self._absent(unordered), (F("id"),))]

    @property
    def _attribute(self) -> str:
        return self.field.sort_by or self.field.attribute

    @cached_property
    def _column(self) -> Column[Any, Any] | None:
        """The model's column that gives the order, unless the field is a custom one."""
        if self.field.custom:
            return None
        column: Column[Any, Any] = self.object_type.model._meta.get_field(self._attribute.removesuffix("_id"))
        return column

    @property
    def _is_text(self) -> bool:
        if self._column is not None:
            return self._column.empty_strings_allowed and not self._column.null
        return False

    @property
    def _may_be_absent(self) -> bool:
        return self._column is None or self._column.null or self._is_text

    @property
    def _value(self) -> Expression | F:
        if self.field.custom:
            return self.field.expression
        return Binary(F(self._attribute)) if self._is_text else F(self._attribute)

    def _present(self, value: Expression | F) -> Q:
        if not self._may_be_absent:
            return Q()
        return Q(GreaterThan(value, Value(""))) if self._is_text else Q(IsNull(value, False))

    def _absent(self, value: Expression | F) -> Q:
        return Q(Exact(value, Value(""))) if self._is_text else Q(IsNull(value, True))

    @property
    def _columns(self) -> Columns:
        kind = self.field.type
        if isinstance(kind, PersonLink) and not self.field.custom:
            return self._by_kana(self.field.attribute)
        if isinstance(kind, TeamLink) and not self.field.custom:
            return (Binary(F(f"{self.field.attribute}__name")), F(f"{self.field.attribute}_id"))
        if isinstance(kind, Choice) and not isinstance(kind, MultiChoice) and not self.field.indexed:
            return (self._as_offered(kind),)
        if self._index_has_order:
            return (self._value, F("updated_at"))
        return (self._value,)

    @property
    def _index_has_order(self) -> bool:
        """An index of a field with few values has those with the same one in the order of their change."""
        return self.field.custom and self.field.indexed and self.field.type.few

    def _by_kana(self, person: str) -> Columns:
        family = Coalesce(NullIf(F(f"{person}__family_kana"), Value("")), F(f"{person}__family_name"))
        given = Coalesce(NullIf(F(f"{person}__given_kana"), Value("")), F(f"{person}__given_name"))
        return (Binary(family), Binary(given), F(f"{person}_id"))

    def _as_offered(self, kind: Choice) -> Expression:
        places = [When(Exact(self._value, Value(o.key)), then=Value(n)) for n, o in enumerate(kind.options)]
        return Case(*places, default=Value(len(places)), output_field=IntegerField())


def read(written: Any, object_type: ObjectType, viewer: Viewer) -> Sort:
    """The sort that was asked for. Raises Invalid for what is no field, or a hidden one, or one without an order."""
    asked = written or DEFAULT
    key = asked.removeprefix("-") if isinstance(asked, str) else ""
    field = vocabulary.fields_for(viewer, object_type.key).get(key)
    if field is None:
        name = printable(key)
        message = _("並べ替えの項目「%(field)s」はありません。一覧の見出しから選んでください。") % {
            "field": name
        }
        raise Invalid([FieldProblem("sort", message, code="unknown_field")])
    if not field.sortable:
        message = _("「%(field)s」では並べ替えできません。ほかの項目を選んでください。") % {
            "field": field.name
        }
        raise Invalid([FieldProblem("sort", message, code="not_sortable")])
    return Sort(asked, object_type, field)
