"""Who the caller is, and whom and which teams records can be given to."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query

from daifuku.api import rates
from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.routing import fixed
from daifuku.records.catalogue import registry
from daifuku.staff.models import Person, Team
from daifuku.staff.models.role import ACTIONS


class Me(Schema):
    uid: str
    label: str
    email: str
    language: str
    roles: list[str]
    scopes: list[str]
    powers: list[str]
    may: dict[str, dict[str, str]]
    rate_per_minute: int


class Colleague(Schema):
    uid: str
    label: str
    kana: str
    title: str
    email: str


class Colleagues(Schema):
    items: list[Colleague]


class TeamItem(Schema):
    id: int
    label: str
    parent: int | None


class Teams(Schema):
    items: list[TeamItem]


@fixed.get("/me", operation_id="get_me", summary=noop("自分"), tags=[noop("自分")], response=Me)
def get_me(request: Asked) -> Answer:
    """Whose token this is, what the token allows, and how far the person's rights reach."""
    person, viewer = request.auth.person, request.auth.viewer
    may: dict[str, Any] = {
        object_type.slug: {action: str(viewer.scope(object_type.key, action)) for action in ACTIONS}
        for object_type in registry.every()
    }
    powers = sorted({power for role in viewer.roles for power in role.powers})
    return Answer(
        {
            "uid": str(person.uid), "label": str(person), "email": person.email, "language": person.language,
            "roles": [str(role) for role in viewer.roles], "scopes": sorted(request.auth.scopes), "powers": powers,
            "may": may, "rate_per_minute": rates.PER_MINUTE,
        }
    )  # fmt: skip


@fixed.get(
    "/people", operation_id="list_people", summary=noop("社員"), tags=[noop("自分")], response=Colleagues
)
def list_people(
    request: Asked, q: str = Query("", max_length=60, description=noop("姓、名、カナ、メールの一部"))
) -> Answer:
    """Colleagues who work here now; their uid can be written into fields such as `owner`."""
    people = Person.objects.working()
    if q:
        anywhere = Q()
        for column in ("family_name", "given_name", "family_kana", "given_kana", "email"):
            anywhere |= Q(**{f"{column}__icontains": q})
        people = people.filter(anywhere)
    return Answer(
        {
            "items": [
                {
                    "uid": str(person.uid), "label": str(person), "title": person.title, "email": person.email,
                    "kana": f"{person.family_kana} {person.given_kana}".strip(),
                }
                for person in people.order_by("family_kana", "given_kana", "id")[:500]
            ]
        }
    )  # fmt: skip


@fixed.get("/teams", operation_id="list_teams", summary=noop("チーム"), tags=[noop("自分")], response=Teams)
def list_teams(request: Asked) -> Answer:
    """All teams; their id can be written into `team`."""
    teams = Team.objects.order_by("id")
    return Answer(
        {"items": [{"id": team.pk, "label": str(team), "parent": team.parent_id} for team in teams]}
    )
