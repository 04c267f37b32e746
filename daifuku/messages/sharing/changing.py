"""The administrator changes what a role is told of: one line in the ledger, which can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.messages.models.sharing import Depth, SharingRule, Timing
from daifuku.messages.sharing import happenings
from daifuku.messages.sharing.happenings import Happening
from daifuku.messages.sharing.matrix import NOBODY, Matrix
from daifuku.records.conditions import parse_leniently
from daifuku.staff.actions import rights
from daifuku.staff.models import Person, Role
from daifuku.staff.viewer import viewer_of

CHANGED = "sharing.changed"
KEPT = ("timing", "depth", "condition")
Cells = Mapping[str, Mapping[str, Any]]


def tell_role(role: Role, cells: Cells, *, by: Person, undoes: Event | None = None) -> Event | None:
    """`cells`: {happening: {"timing", "depth", "condition"}}; what is left out of a cell stays as it is.

    Returns the line, None where nothing differed. Raises Invalid, Forbidden.
    """
    rights.need(by, "settings")
    with ledger.writing():
        before = now(role)
        after = {key: _cleaned(key, values, before, by) for key, values in cells.items()}
        changed = {key: values for key, values in after.items() if values != before[key]}
        if not changed:
            return None
        for key, values in changed.items():
            _put(role, key, values)
        data = {
            "role": role.pk, "name": role.name, "before": {key: before[key] for key in changed}, "after": changed,
        }  # fmt: skip
        return ledger.record(CHANGED, by=by, data=data, undoes=undoes)


def as_shipped(role: Role, *, by: Person) -> Event | None:
    """Everything as it came with the program."""
    return tell_role(
        role,
        {
            each.key: {"timing": timing, "depth": depth, "condition": {}}
            for each in happenings.for_roles()
            for timing, depth in (each.shipped.get(role.key, NOBODY),)
        },
        by=by,
    )


def now(role: Role) -> dict[str, dict[str, Any]]:
    """What the role is told of each happening, as it stands."""
    return {
        cell.happening.key: {
            "timing": str(cell.timing), "depth": str(cell.depth), "condition": cell.condition,
        }
        for cell in Matrix().column(role)
    }  # fmt: skip


def undo_changed(event: Event, by: Person) -> Undone:
    role = Role.objects.filter(pk=event.data["role"]).first()
    if role is None:
        raise NotFound
    standing = now(role)
    if any(standing.get(key) != values for key, values in event.data["after"].items()):
        raise ChangedSince
    tell_role(role, event.data["before"], by=by, undoes=event)
    return Undone(len(event.data["before"]))


def find(key: str) -> Happening:
    """Raises NotFound."""
    found = happenings.get(key)
    if found is None or not found.for_roles:
        raise NotFound
    return found


def _cleaned(key: str, values: Mapping[str, Any], before: dict[str, Any], by: Person) -> dict[str, Any]:
    happening = happenings.get(key)
    if happening is None or not happening.for_roles:
        raise Invalid([FieldProblem(key, _("この出来事はありません。"), code="unknown")])
    merged = {**before[key], **{name: values[name] for name in KEPT if name in values}}
    if merged["timing"] not in Timing.values:
        raise Invalid([FieldProblem(key, _("知らせる時を選んでください。"), code="timing")])
    if merged["depth"] not in Depth.values:
        raise Invalid([FieldProblem(key, _("「見出しだけ」か「内容も」を選んでください。"), code="depth")])
    merged["timing"], merged["depth"] = str(merged["timing"]), str(merged["depth"])
    merged["condition"] = _condition(merged["condition"], happening, by)
    return merged


def _condition(written: Any, happening: Happening, by: Person) -> dict[str, Any]:
    if not written or written in ({"all": []}, {"any": []}):
        return {}
    condition = parse_leniently(written, happening.object, viewer_of(by))
    if condition.problems:
        raise Invalid(
            [FieldProblem("condition", each.message, code=each.code) for each in condition.problems]
        )
    return condition.to_json()


def _put(role: Role, key: str, values: dict[str, Any]) -> None:
    """Nothing is kept of what is as it came with the program."""
    timing, depth = happenings.get(key).shipped.get(role.key, NOBODY)  # type: ignore[union-attr]
    if values == {"timing": str(timing), "depth": str(depth), "condition": {}}:
        SharingRule.objects.filter(happening=key, role=role).delete()
    else:
        SharingRule.objects.update_or_create(happening=key, role=role, defaults=values)
