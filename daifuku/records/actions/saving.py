"""The steps that every save shares: derived columns, checks of areas above, still yours, and what the line says."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Forbidden, Invalid
from daifuku.ledger.writing import About
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer


def require(viewer: Viewer, object_type: ObjectType, action: str) -> None:
    if not viewer.may(object_type.key, action):
        raise Forbidden


def settle(object_type: ObjectType, record: Any, changed: frozenset[str], viewer: Viewer) -> None:
    """Fills derived columns and asks every check; call after the new values are on the record."""
    object_type.prepare(record, changed)
    problems = [problem for check in object_type.checks for problem in check(record, changed, viewer)]
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
    """`{field: [None, value]}` of every filled field."""
    changes, plain = {}, record.__dict__
    for key, field in fields.items():
        # Most fields of an imported row are empty; those of columns show it without being asked.
        if not field.custom and plain.get(field.attribute, record) in (None, ""):
            continue
        value = field.get(record)
        if not field.type.is_empty(value):
            changes[key] = [None, field.type.to_json(value)]
    return changes


def about(object_type: ObjectType, record: Any) -> list[About]:
    """The record itself, and the records named in `related` (an account for its contact's lines)."""
    subjects = [About(object_type.key, record.pk)]
    for name in object_type.related:
        other = getattr(record, f"{name}_id")
        if other:
            target = record._meta.get_field(name).related_model.object_key
            subjects.append(About(target, other, "related"))
    return subjects
