"""Roles: made, changed, removed. What they say counts from everybody's next click on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event, Subject
from daifuku.staff.actions import cleaning, rights
from daifuku.staff.actions.changes import check_version, fresh, old_values, put
from daifuku.staff.models import Person, Role
from daifuku.staff.models.role import ACTIONS, POWERS, Scope
from daifuku.staff.objects import governed

RULES = ("hidden", "readonly")
ANY_OBJECT = "*"


def create_role(name: str, *, like: Role | None = None, by: Person) -> Role:
    """A new role that may do what another one may, or nothing yet."""
    viewer = rights.need(by)
    values = cleaning.clean_all({"name": name}, {"name": _name})
    with rights.changing():
        _name_is_free(values["name"])
        role = Role(key=f"role-{uuid4().hex[:12]}", **values)
        if like:
            rights.no_climbing(viewer, like.powers)
            role.grants, role.powers, role.field_rules = like.grants, like.powers, like.field_rules
        role.save()
        _line(role, by=by, changes={"name": [None, role.name]})
    return role


def edit_role(
    role: Role,
    changes: Mapping[str, Any],
    *,
    by: Person,
    version: int | None = None,
    undoes: Event | None = None,
) -> Event | None:
    """Changes `name`, `grants`, `powers` or `field_rules`, each as a whole."""
    viewer = rights.need(by)
    values = cleaning.clean_all(changes, CLEANERS)
    with rights.changing():
        stored = fresh(role)
        check_version(stored, version)
        before = set(stored.powers)
        done = put(stored, values)
        if not done and undoes is None:
            return None
        if "name" in done:
            _name_is_free(stored.name, but=stored)
        rights.no_climbing(viewer, before ^ set(stored.powers))
        stored.version += 1
        stored.save()
        for name in (*done, "version"):
            setattr(role, name, getattr(stored, name))
        return _line(stored, by=by, changes=done, undoes=undoes)


def remove_role(role: Role, *, by: Person) -> None:
    """Only a role that nobody has: otherwise people would lose their rights unseen."""
    rights.need(by)
    with rights.changing():
        if role.people.exists():
            raise Conflict(
                _("この役割を持つ人がいるため、削除できません。先に役割を変更してください。"), code="in_use"
            )
        _line(role, by=by, changes={"name": [role.name, None]})
        role.delete()


def undo_edit(event: Event, by: Person) -> Undone:
    keys = event.subjects.filter(object="role", role=Subject.MAIN).values("record_id")
    role = Role.objects.filter(pk__in=keys).first()
    if role is None or None in event.changes.get("name", ["", ""]):
        raise Conflict(_("この操作は元に戻せません。"), code="cannot_undo")
    edit_role(role, old_values(event, role), by=by, undoes=event)
    return Undone(1)


def _name_is_free(name: str, but: Role | None = None) -> None:
    if Role.objects.filter(name=name).exclude(pk__in=[but.pk] if but else []).exists():
        raise Invalid([FieldProblem("name", _("同じ名前の役割があります。"))])


def _line(role: Role, *, by: Person, changes: dict[str, list[Any]], undoes: Event | None = None) -> Event:
    data = {"changes": changes, "name": role.name}
    about = [ledger.About("role", role.pk)]
    return ledger.record("role.edited", by=by, about=about, data=data, undoes=undoes)


def _grants(raw: Any) -> dict[str, dict[str, str]]:
    """`{object or "*": {action: scope}}`; an object that is left out does what "*" says."""
    objects = {ANY_OBJECT, *(kind.key for kind in governed())}
    clean: dict[str, dict[str, str]] = {}
    for object, actions in _mapping(raw).items():
        if object not in objects:
            raise ValueError(_("知らない種類の記録です: %(name)s") % {"name": object})
        for action, scope in _mapping(actions).items():
            if action not in ACTIONS or scope not in Scope.values:
                raise ValueError(_("操作か範囲を選び直してください。"))
        clean[object] = {action: str(actions.get(action, Scope.NONE)) for action in ACTIONS}
    return clean


def _powers(raw: Any) -> list[str]:
    if not isinstance(raw, list) or set(map(str, raw)) - set(POWERS):
        raise ValueError(_("権限を選び直してください。"))
    return [power for power in POWERS if power in raw]


def _field_rules(raw: Any) -> dict[str, dict[str, str]]:
    fields = {kind.key: {key for key, _label in kind.fields} for kind in governed()}
    clean: dict[str, dict[str, str]] = {}
    for object, rules in _mapping(raw).items():
        for field, rule in _mapping(rules).items():
            if rule not in RULES or field not in fields.get(object, ()):
                raise ValueError(_("項目か制限を選び直してください。"))
            clean.setdefault(object, {})[field] = rule
    return clean


def _mapping(raw: Any) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise ValueError(_("内容を読み取れませんでした。画面を開き直してください。"))
    return raw


_name = cleaning.text(40, required=True)
CLEANERS: dict[str, cleaning.Cleaner] = {
    "name": _name,
    "grants": _grants,
    "powers": _powers,
    "field_rules": _field_rules,
}
