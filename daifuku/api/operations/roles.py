"""Roles, for whoever manages people: what each lets its people do with which records, and what it hides from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.colleagues import manage, role_at, roles_named
from daifuku.api.finding import wanted_version
from daifuku.api.operations.people import Named
from daifuku.api.routing import fixed
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.records.catalogue import registry
from daifuku.staff import actions
from daifuku.staff.actions.roles import ANY_OBJECT
from daifuku.staff.models import Role
from daifuku.staff.objects import governed

WORDS = noop("役割")
ONE = "/roles/{role}"
Rules = dict[str, dict[str, str]]


class RoleChange(Schema):
    """`grants` and `field_rules` name the kinds of records by their slug; each is put as a whole."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = None
    powers: list[str] | None = Field(
        None, max_length=100, description="settings, staff, import, audit, share_views, erase"
    )
    grants: Rules | None = Field(
        None,
        description=noop(
            "slug か * ごとに、操作（view、create、edit、delete、export）の範囲（none、own、team、tree、all）。"
            "書かなかった種類は * と同じ"
        ),
    )
    field_rules: Rules | None = Field(
        None, description=noop("slug ごとに、項目のキーと制限（hidden、readonly）")
    )


class NewRole(RoleChange):
    name: str
    like: str | None = Field(None, description=noop("もとにする役割のキー"))


class RoleItem(Schema):
    """`held_by` is how many who work here have it."""

    key: str
    name: str
    powers: list[str]
    grants: Rules
    field_rules: Rules
    held_by: int
    version: int


class RoleWhole(RoleItem):
    people: list[Named]


class Roles(Schema):
    items: list[RoleItem]


@fixed.get("/roles", operation_id="list_roles", summary=noop("役割の一覧"), tags=[WORDS], response=Roles)
def list_roles(request: Asked) -> Answer:
    """`key` is what people are given roles by."""
    manage(request)
    found = Role.objects.annotate(held_by=Count("people", filter=Q(people__is_active=True)))
    return Answer({"items": [_item(role, role.held_by) for role in found]})


@fixed.post(
    "/roles", operation_id="create_role", summary=noop("役割の作成"), tags=[WORDS], response={201: RoleWhole}
)
def create_role(request: Asked, body: NewRole) -> Answer:
    """Able to do what `like` does, or nothing, but for what is sent."""
    by, changes = manage(request), _changes(body)
    like = roles_named([body.like], "like")[0] if body.like is not None else None
    role = actions.create_role(body.name, like=like, by=by)
    if more := {name: value for name, value in changes.items() if name not in {"name", "like"}}:
        actions.edit_role(role, more, by=by)
    return _shown(role, 201)


@fixed.get(ONE, operation_id="get_role", summary=noop("1つの役割"), tags=[WORDS], response=RoleWhole)
def get_role(request: Asked, role: str) -> Answer:
    """With those who have it. Its ETag is its version."""
    manage(request)
    return _shown(role_at(role))


@fixed.patch(ONE, operation_id="change_role", summary=noop("役割の変更"), tags=[WORDS], response=RoleWhole)
def change_role(request: Asked, role: str, body: RoleChange) -> Answer:
    """Counts from the next request of its people on. Nobody gives or takes a power that he has not got himself."""
    by, found = manage(request), role_at(role)
    actions.edit_role(found, _changes(body), by=by, version=wanted_version(request))
    return _shown(found)


@fixed.delete(ONE, operation_id="remove_role", summary=noop("役割の削除"), tags=[WORDS], response={204: None})
def remove_role(request: Asked, role: str) -> Answer:
    """Only one that nobody has; else 409 `in_use`."""
    by = manage(request)
    actions.remove_role(role_at(role), by=by)
    return Answer(status=204)


def _changes(body: RoleChange) -> dict[str, Any]:
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    keys = {kind.slug: kind.key for kind in registry.every()}
    for name, names in (("grants", keys | {ANY_OBJECT: ANY_OBJECT}), ("field_rules", keys)):
        if name in changes:
            changes[name] = _renamed(changes[name], names, name)
    return changes


def _renamed(rules: Rules, names: Mapping[str, str], field: str) -> Rules:
    for slug in rules:
        if slug not in names:
            sentence = _("知らない種類の記録です: %(name)s") % {"name": slug[:60]}
            raise Invalid([FieldProblem(field, sentence)])
    return {names[slug]: dict(each) for slug, each in rules.items()}


def _item(role: Role, held_by: int) -> dict[str, Any]:
    """What was read may be sent back: a field that is gone is in none of the rules."""
    slugs = {ANY_OBJECT: ANY_OBJECT, **{kind.key: kind.slug for kind in registry.every()}}
    fields = {kind.key: {key for key, _label in kind.fields} for kind in governed()}
    rules = {
        slugs[object]: {key: rule for key, rule in each.items() if key in fields[object]}
        for object, each in role.field_rules.items()
        if object in fields
    }
    return {
        "key": role.key, "name": role.name, "powers": role.powers,
        "grants": {slugs[object]: each for object, each in role.grants.items() if object in slugs},
        "field_rules": rules, "held_by": held_by, "version": role.version,
    }  # fmt: skip


def _shown(role: Role, status: int = 200) -> Answer:
    people = [named(person) for person in role.people.working()]
    return Answer({**_item(role, len(people)), "people": people}, status, {"ETag": f'"{role.version}"'})
