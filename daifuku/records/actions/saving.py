"""The steps that every save shares: derived columns, checks of areas above, still yours, and what the line says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Forbidden, Invalid
from daifuku.ledger.writing import About
from daifuku.records.actions.unique import taken
from daifuku.records.catalogue import gates
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.formulas.filling import fill
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer


def require(viewer: Viewer, object_type: ObjectType, action: str) -> None:
    if not viewer.may(object_type.key, action):
        raise Forbidden


def settle(object_type: ObjectType, record: Any, changed: frozenset[str], viewer: Viewer) -> None:
    """Fills derived columns and asks every check; call after the new values are on the record."""
    object_type.prepare(record, changed)
    fill(object_type, record)
    checks = (*object_type.checks, *gates.checks)
    problems = [problem for check in checks for problem in check(record, changed, viewer)]
    problems += taken(object_type, record, changed, viewer)
    if problems:
        raise Invalid(problems)
    if not sees(viewer, record, "view"):
        raise Invalid(
            [
                FieldProblem(
                    "owner", _("この内容で保存すると、あなたから見えなくなります。担当者を確認してください。"),
                    code="out_of_reach",
                )
            ]
        )  # fmt: skip


def initial_changes(fields: dict[str, Field], record: Any) -> dict[str, list[Any]]:
    """`{field: [None, value]}` of every filled field; what is computed nobody has typed."""
    return _first_values((field for field in fields.values() if not field.computed), record)


def _first_values(fields: Iterable[Field], record: Any) -> dict[str, list[Any]]:
    values = ((field.key, field.json(record)) for field in fields)
    return {key: [None, value] for key, value in values if value is not None}


class Filled:
    """The same for many records: of forty fields only those are asked whose column is filled."""

    def __init__(self, fields: dict[str, Field], model: Any) -> None:
        own = {field.attribute: field for field in fields.values() if not (field.custom or field.computed)}
        self._by_column = {
            column.attname: own[column.name] for column in model._meta.concrete_fields if column.name in own
        }
        self._custom = {key: field for key, field in fields.items() if field.custom and not field.computed}

    def changes(self, record: Any) -> dict[str, list[Any]]:
        by_column = self._by_column
        filled = [
            by_column[name]
            for name, value in record.__dict__.items()
            if name in by_column and value is not None and value != ""
        ]
        if record.custom:
            filled += [field for key, field in self._custom.items() if key in record.custom]
        return _first_values(filled, record)


def about(object_type: ObjectType, record: Any) -> list[About]:
    """The record itself, and the records named in `related` (an account for its contact's lines)."""
    subjects = [About(object_type.key, record.pk)]
    for name in object_type.related:
        other = getattr(record, f"{name}_id")
        if other:
            target = record._meta.get_field(name).related_model.object_key
            subjects.append(About(target, other, "related"))
    return subjects
