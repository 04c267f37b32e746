"""Everybody of the firm: colleagues for everybody, and for whoever manages people their particulars and their roles."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named, paged
from daifuku.api.auth import Asked
from daifuku.api.colleagues import (
    colleague_named,
    manage,
    managed,
    not_by_own_token,
    role_word,
    roles_named,
)
from daifuku.api.finding import uid_of
from daifuku.api.operations.me import Absence, substitute_named
from daifuku.api.routing import fixed
from daifuku.foundation.errors import NotFound
from daifuku.staff import actions, second_factor
from daifuku.staff.absence import standing_in_for
from daifuku.staff.models import Person

WORDS = noop("社員")
ONE = "/people/{person}"
COLUMNS = ("family_name", "given_name", "family_kana", "given_kana", "email")


class Colleague(Schema):
    uid: str
    label: str
    kana: str
    title: str
    email: str


class Named(Schema):
    uid: str
    label: str


class RoleName(Schema):
    key: str
    name: str


class TeamOf(Schema):
    id: int
    label: str
    leads: bool


class PersonItem(Colleague):
    """As whoever manages people sees it; `active` is false of somebody who left."""

    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    phone: str
    language: str
    roles: list[RoleName]
    teams: list[TeamOf]
    absent_from: date | None
    absent_until: date | None
    substitute: Named | None
    second_factor: bool
    active: bool
    joined_at: datetime
    left_on: date | None


class PersonWhole(PersonItem):
    """`standing_in` is who does the work today: the person, or the first substitute who is there."""

    standing_in: Named


class Colleagues(Schema):
    items: list[PersonItem | Colleague]
    next: str | None


class PersonChange(Schema):
    model_config = ConfigDict(extra="forbid")

    family_name: str | None = None
    given_name: str | None = None
    family_kana: str | None = None
    given_kana: str | None = None
    title: str | None = None
    phone: str | None = None
    email: str | None = None


class RolesWish(Schema):
    """Exactly these."""

    model_config = ConfigDict(extra="forbid")

    roles: list[str] = Field(..., max_length=100, description=noop("役割のキー"))


class Leaving(Schema):
    model_config = ConfigDict(extra="forbid")

    on: date | None = Field(None, description=noop("退職日。省略すると今日"))
    successor: str | None = Field(None, description=noop("後任の社員の uid"))


@fixed.get("/people", operation_id="list_people", summary=noop("社員"), tags=[WORDS], response=Colleagues)
def list_people(
    request: Asked,
    q: str = Query("", max_length=60, description=noop("姓、名、カナ、メールの一部")),
    details: bool = Query(False, description=noop("役割・チーム・不在なども（社員を管理する人）")),
    left: bool = Query(False, description=noop("退職した人（社員を管理する人）")),
    size: int = Query(500, ge=1, le=500, description=noop("1ページの件数")),
    after: str = Query("", max_length=40, description=noop("前のページの next")),
) -> Answer:
    """Colleagues who work here now; their uid can be written into fields such as `owner`."""
    if details or left:
        manage(request)
    people = Person.objects.filter(is_active=not left)
    if q:
        anywhere = Q()
        for column in (*COLUMNS, "title") if details else COLUMNS:
            anywhere |= Q(**{f"{column}__icontains": q})
        people = people.filter(anywhere)
    if after:
        people = people.filter(_behind(after))
    page, following = paged(people.order_by("family_kana", "given_kana", "id"), size)
    items = shown_people(page) if details else [_colleague(person) for person in page]
    return Answer({"items": items, "next": following})


@fixed.get(ONE, operation_id="get_person", summary=noop("1人の社員"), tags=[WORDS], response=PersonWhole)
def get_person(request: Asked, person: str) -> Answer:
    """Particulars, roles, teams, absence; also of somebody who left."""
    return _shown(managed(request, person))


@fixed.patch(
    ONE, operation_id="change_person", summary=noop("社員情報の変更"), tags=[WORDS], response=PersonWhole
)
def change_person(request: Asked, person: str, body: PersonChange) -> Answer:
    """Changes what is sent. `email` is what the person signs in with."""
    found, changes = managed(request, person), body.model_dump(exclude_unset=True, exclude_none=True)
    if changes.get("email", found.email).strip().lower() != found.email:
        not_by_own_token(request, found)
    actions.edit_person(found, changes, by=request.auth.person)
    return _shown(found)


@fixed.put(
    ONE + "/roles", operation_id="set_roles", summary=noop("社員の役割"), tags=[WORDS], response=PersonWhole
)
def set_roles(request: Asked, person: str, body: RolesWish) -> Answer:
    """They count from the next request on. Nobody gives or takes a power that he has not got himself."""
    found = managed(request, person)
    actions.set_roles(found, roles_named(body.roles), by=request.auth.person)
    return _shown(found)


@fixed.put(
    ONE + "/absence", operation_id="put_absence_of", summary=noop("社員の不在"), tags=[WORDS],
    response=PersonWhole,
)  # fmt: skip
def put_absence_of(request: Asked, person: str, body: Absence) -> Answer:
    """From when to when somebody is away, and who steps in; {} takes it back."""
    found = managed(request, person)
    actions.set_absence(
        found, absent_from=body.absent_from, absent_until=body.absent_until,
        substitute=substitute_named(body.substitute), by=request.auth.person,
    )  # fmt: skip
    return _shown(found)


@fixed.post(
    ONE + "/leave", operation_id="leave", summary=noop("退職にする"), tags=[WORDS], response=PersonWhole
)
def leave(request: Asked, person: str, body: Leaving) -> Answer:
    """Signed out everywhere at once, all tokens revoked; what the person was in charge of stays until handed over."""
    found = managed(request, person)
    successor = colleague_named(body.successor, "successor", _("後任の社員が見つかりません。"))
    actions.leave(found, on=body.on or timezone.localdate(), successor=successor, by=request.auth.person)
    return _shown(found)


@fixed.post(
    ONE + "/return", operation_id="come_back", summary=noop("復帰させる"), tags=[WORDS], response=PersonWhole
)
def come_back(request: Asked, person: str) -> Answer:
    """With the roles and teams that the person had; tokens stay revoked."""
    found = managed(request, person)
    actions.come_back(found, by=request.auth.person)
    return _shown(found)


def _behind(uid: str) -> Q:
    """What follows this person in the order of the list."""
    last = Person.objects.filter(uid=uid_of(uid)).first()
    if last is None:
        raise NotFound
    family, given = last.family_kana, last.given_kana
    return (
        Q(family_kana__gt=family)
        | Q(family_kana=family, given_kana__gt=given)
        | Q(family_kana=family, given_kana=given, pk__gt=last.pk)
    )


def _colleague(person: Person) -> dict[str, Any]:
    return {
        **named(person), "title": person.title, "email": person.email,
        "kana": f"{person.family_kana} {person.given_kana}".strip(),
    }  # fmt: skip


def _shown(person: Person) -> Answer:
    whole = shown_people(Person.objects.filter(pk=person.pk))[0]
    return Answer({**whole, "standing_in": named(standing_in_for(person, timezone.localdate()))})


def shown_people(people: list[Person] | QuerySet[Person]) -> list[dict[str, Any]]:
    """Five questions to the database, whatever their number."""
    keys = [person.pk for person in people]
    steps = Authenticator.objects.filter(user_id__in=keys, type__in=second_factor.STEPS)
    protected = set(steps.values_list("user_id", flat=True))
    whole = Person.objects.select_related("substitute").prefetch_related("roles", "memberships__team")
    found = whole.in_bulk(keys)
    return [_details(found[key], key in protected) for key in keys]


def _details(person: Person, protected: bool) -> dict[str, Any]:
    own = {name: getattr(person, name) for name in (*COLUMNS[:4], "phone", "language")}
    held = sorted(person.memberships.all(), key=lambda each: (each.team.name, each.team_id))
    return {
        **_colleague(person), **own,
        "roles": [role_word(role) for role in person.roles.all()],
        "teams": [{"id": each.team_id, "label": str(each.team), "leads": each.leads} for each in held],
        "absent_from": person.absent_from, "absent_until": person.absent_until,
        "substitute": named(person.substitute) if person.substitute else None,
        "second_factor": protected, "active": person.is_active, "joined_at": person.joined_at,
        "left_on": person.left_on,
    }  # fmt: skip
