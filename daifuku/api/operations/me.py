"""Who the caller is and what he sets for himself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api import rates
from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.colleagues import colleague_named
from daifuku.api.routing import fixed
from daifuku.records.catalogue import registry
from daifuku.staff.actions import edit_person, set_absence
from daifuku.staff.models import Person
from daifuku.staff.models.role import ACTIONS


class Me(Schema):
    uid: str
    label: str
    email: str
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    title: str
    phone: str
    language: str
    theme: str
    roomy: bool
    absent_from: str | None
    absent_until: str | None
    substitute: dict[str, Any] | None
    roles: list[str]
    scopes: list[str]
    powers: list[str]
    may: dict[str, dict[str, str]]
    rate_per_minute: int


class MeChange(Schema):
    """One's own particulars and looks. The address that one signs in with is changed on the pages."""

    model_config = ConfigDict(extra="forbid")

    family_name: str | None = None
    given_name: str | None = None
    family_kana: str | None = None
    given_kana: str | None = None
    title: str | None = None
    phone: str | None = None
    language: str | None = Field(None, description="ja, en")
    theme: str | None = Field(None, description="system, light, dark")
    roomy: bool | None = None


class Absence(Schema):
    """Both days count as away; without an end until further notice, without any day not away."""

    model_config = ConfigDict(extra="forbid")

    absent_from: date | None = None
    absent_until: date | None = None
    substitute: str | None = Field(None, description=noop("代わりの社員の uid"))


@fixed.get("/me", operation_id="get_me", summary=noop("自分"), tags=[noop("自分")], response=Me)
def get_me(request: Asked) -> Answer:
    """Whose token this is, what the token allows, and how far the person's rights reach."""
    return _me(request)


@fixed.patch("/me", operation_id="change_me", summary=noop("自分の設定"), tags=[noop("自分")], response=Me)
def change_me(request: Asked, body: MeChange) -> Answer:
    """Changes what is sent: name, kana, title, phone, language, looks."""
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    edit_person(request.auth.person, changes, by=request.auth.person)
    return _me(request)


@fixed.put("/me/absence", operation_id="put_absence", summary=noop("不在"), tags=[noop("自分")], response=Me)
def put_absence(request: Asked, body: Absence) -> Answer:
    """From when to when one is away, and who steps in."""
    set_absence(
        request.auth.person, absent_from=body.absent_from, absent_until=body.absent_until,
        substitute=substitute_named(body.substitute), by=request.auth.person,
    )  # fmt: skip
    return _me(request)


def substitute_named(uid: str | None) -> Person | None:
    return colleague_named(uid, "substitute", _("代わりの社員が見つかりません。"))


def _me(request: Asked) -> Answer:
    person, viewer = request.auth.person, request.auth.viewer
    may: dict[str, Any] = {
        object_type.slug: {action: str(viewer.scope(object_type.key, action)) for action in ACTIONS}
        for object_type in registry.every()
    }
    powers = sorted({power for role in viewer.roles for power in role.powers})
    own = {name: getattr(person, name) for name in MeChange.model_fields}
    other = person.substitute
    return Answer(
        {
            **own, "uid": str(person.uid), "label": str(person), "email": person.email,
            "absent_from": person.absent_from, "absent_until": person.absent_until,
            "substitute": named(other) if other else None,
            "roles": [str(role) for role in viewer.roles], "scopes": sorted(request.auth.scopes), "powers": powers,
            "may": may, "rate_per_minute": rates.PER_MINUTE,
        }
    )  # fmt: skip
