"""Several people on one record, and taking one that waits in the queue of a team."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of, uid_of
from daifuku.api.routing import records
from daifuku.foundation.errors import NotFound
from daifuku.records.actions import members, taking
from daifuku.records.models import HasMembers
from daifuku.staff.models import Person


class MemberWish(Schema):
    model_config = ConfigDict(extra="forbid")

    role: str = ""


class MemberItem(Schema):
    person: dict[str, Any]
    role: str


class MemberList(Schema):
    items: list[MemberItem]


class Taken(Schema):
    uid: str
    owner: dict[str, Any]
    version: int


@records.get(
    "/{slug}/{uid}/members", operation_id="members_{object}", summary=noop("メンバー"), response=MemberList
)
def list_members(request: Asked, slug: str, uid: str) -> Answer:
    """Who works on it besides the person in charge, each with his role."""
    return _all(_record(request, slug, uid))


@records.put(
    "/{slug}/{uid}/members/{person}",
    operation_id="put_member_{object}",
    summary=noop("メンバーにする"),
    response=MemberList,
)
def put_member(request: Asked, slug: str, uid: str, person: str, body: MemberWish) -> Answer:
    """`person` is the uid of somebody at work; `role` the key or label of a choice, the first one if left out."""
    record = _record(request, slug, uid)
    found = _person(person)
    return _all(members.put_member(record, found, body.role, by=request.auth.person))


@records.delete(
    "/{slug}/{uid}/members/{person}",
    operation_id="remove_member_{object}",
    summary=noop("メンバーから外す"),
    response=MemberList,
)
def remove_member(request: Asked, slug: str, uid: str, person: str) -> Answer:
    """Where he is no member nothing happens."""
    record = _record(request, slug, uid)
    return _all(members.remove_member(record, _person(person), by=request.auth.person))


@records.post("/{slug}/{uid}/take", operation_id="take_{object}", summary=noop("引き受ける"), response=Taken)
def take(request: Asked, slug: str, uid: str) -> Answer:
    """Puts the asker in charge of what waits in a queue; 409 when somebody was quicker."""
    record = taking.take(_record(request, slug, uid), by=request.auth.person)
    return Answer({"uid": str(record.uid), "owner": named(record.owner), "version": record.version})


def _record(request: Asked, slug: str, uid: str) -> Any:
    found = record_of(request.auth.viewer, object_of(request.auth.viewer, slug), uid)
    if not isinstance(found, HasMembers):
        raise NotFound
    return found


def _person(word: str) -> Person:
    found: Person | None = Person.objects.filter(uid=uid_of(word)).first()
    if found is None:
        raise NotFound
    return found


def _all(record: Any) -> Answer:
    people = Person.objects.in_bulk([each["id"] for each in record.members])
    items = [
        {"person": named(people[each["id"]]), "role": each["role"]}
        for each in record.members
        if each["id"] in people
    ]
    return Answer({"items": items})
