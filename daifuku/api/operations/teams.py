"""Teams: all of them for everybody; made, renamed, moved, filled and dissolved by whoever manages people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.colleagues import manage, managed, team_at, team_named
from daifuku.api.finding import wanted_version
from daifuku.api.routing import fixed
from daifuku.staff import actions
from daifuku.staff.models import Person, Team

WORDS = noop("チーム")
ONE = "/teams/{team}"
MEMBER = ONE + "/people/{person}"


class TeamItem(Schema):
    id: int
    label: str
    parent: int | None


class Teams(Schema):
    items: list[TeamItem]


class Member(Schema):
    uid: str
    label: str
    leads: bool


class TeamWhole(TeamItem):
    members: list[Member]
    version: int


class NewTeam(Schema):
    model_config = ConfigDict(extra="forbid")

    name: str
    parent: int | None = None


class TeamChange(Schema):
    """`parent` null puts it at the top."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = None
    parent: int | None = None


class MemberWish(Schema):
    model_config = ConfigDict(extra="forbid")

    leads: bool = False


@fixed.get("/teams", operation_id="list_teams", summary=noop("チーム"), tags=[WORDS], response=Teams)
def list_teams(request: Asked) -> Answer:
    """All teams; their id can be written into `team`."""
    return Answer({"items": [_item(team) for team in Team.objects.order_by("id")]})


@fixed.post(
    "/teams",
    operation_id="create_team",
    summary=noop("チームの作成"),
    tags=[WORDS],
    response={201: TeamWhole},
)
def create_team(request: Asked, body: NewTeam) -> Answer:
    """Below `parent`, or at the top."""
    by = manage(request)
    return _shown(actions.create_team(body.name, parent=team_named(body.parent, "parent"), by=by), 201)


@fixed.get(ONE, operation_id="get_team", summary=noop("1つのチーム"), tags=[WORDS], response=TeamWhole)
def get_team(request: Asked, team: str) -> Answer:
    """With its people, those who lead it first. Its ETag is its version."""
    manage(request)
    return _shown(team_at(team))


@fixed.patch(ONE, operation_id="change_team", summary=noop("チームの変更"), tags=[WORDS], response=TeamWhole)
def change_team(request: Asked, team: str, body: TeamChange) -> Answer:
    """Renames it, puts it below another one; who sees which records follows at once."""
    by, found, changes = manage(request), team_at(team), body.model_dump(exclude_unset=True)
    if "parent" in changes:
        changes["parent"] = team_named(body.parent, "parent")
    if body.name is None:
        changes.pop("name", None)
    actions.edit_team(found, changes, by=by, version=wanted_version(request))
    return _shown(found)


@fixed.delete(
    ONE, operation_id="dissolve_team", summary=noop("チームの削除"), tags=[WORDS], response={204: None}
)
def dissolve_team(request: Asked, team: str) -> Answer:
    """One that has neither people nor teams nor records any more; else 409 `in_use`."""
    by = manage(request)
    actions.dissolve_team(team_at(team), by=by)
    return Answer(status=204)


@fixed.put(
    MEMBER, operation_id="put_into_team", summary=noop("チームに加える"), tags=[WORDS], response=TeamWhole
)
def put_into_team(request: Asked, team: str, person: str, body: MemberWish) -> Answer:
    """Makes somebody a member, a member a leader, or a leader a member."""
    found, somebody = _pair(request, team, person)
    actions.put_into_team(found, somebody, leads=body.leads, by=request.auth.person)
    return _shown(found)


@fixed.delete(
    MEMBER, operation_id="take_out_of_team", summary=noop("チームから外す"), tags=[WORDS], response=TeamWhole
)
def take_out_of_team(request: Asked, team: str, person: str) -> Answer:
    """Whoever is not in it stays out of it."""
    found, somebody = _pair(request, team, person)
    actions.take_out_of_team(found, somebody, by=request.auth.person)
    return _shown(found)


def _pair(request: Asked, team: str, person: str) -> tuple[Team, Person]:
    member = managed(request, person)
    return team_at(team), member


def _item(team: Team) -> dict[str, Any]:
    return {"id": team.pk, "label": str(team), "parent": team.parent_id}


def _shown(team: Team, status: int = 200) -> Answer:
    held = team.memberships.select_related("person").order_by("-leads", "person__family_kana", "person_id")
    members = [{**named(each.person), "leads": each.leads} for each in held]
    whole = {**_item(team), "members": members, "version": team.version}
    return Answer(whole, status, {"ETag": f'"{team.version}"'})
