"""Whoever manages the people of the firm by the API, and the people, teams and roles that his requests name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from daifuku.api.auth import Asked
from daifuku.api.errors import OwnToken
from daifuku.api.finding import number_of, uid_of
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.ledger.models import Event, Subject
from daifuku.staff.actions import rights
from daifuku.staff.models import Person, Role, Team
from daifuku.staff.models.role import POWERS

SCOPE = "staff"
AREAS = ("person.", "role.", "team.", "penalty.wage_set", "penalty.paid", "penalty.payment_cancelled")
# Lines of one's own particulars are taken back like any other edit; those of one's roles and address are not.
GRANTED = {"roles", "email"}


def manage(request: Asked) -> Person:
    """The caller, who has the power, and a token that was given out for it. Raises Forbidden, OutOfScope."""
    rights.need(request.auth.person, SCOPE)
    request.auth.needs(SCOPE)
    return request.auth.person


def managed(request: Asked, uid: str) -> Person:
    """Somebody of the firm, for whoever manages people."""
    manage(request)
    return somebody(uid)


def managed_or_oneself(request: Asked, uid: str) -> Person:
    """Whoever does not manage people is told so of everybody but himself."""
    if uid.lower() != str(request.auth.person.uid):
        manage(request)
    return somebody(uid)


def not_by_own_token(request: Asked, person: Person) -> None:
    """With a new address or a link for a new password, whoever found a token would become its person."""
    if request.auth.token and request.auth.person.pk == person.pk:
        raise OwnToken


def may_undo(request: Asked, event: Event) -> None:
    """A role that was taken away must not come back by a token that was not given out for that, nor one's own former
    address by any. Raises OutOfScope, OwnToken."""
    if not event.kind.startswith(AREAS):
        return
    main = event.subjects.filter(object="person", role=Subject.MAIN).first()
    mine = main is not None and main.record_id == request.auth.person.pk
    if not mine or event.kind != "person.edited" or GRANTED & event.changes.keys():
        request.auth.needs(SCOPE)
    if mine and "email" in event.changes:
        not_by_own_token(request, request.auth.person)


def somebody(uid: str) -> Person:
    found: Person | None = Person.objects.filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def colleague_named(uid: str | None, field: str, sentence: object) -> Person | None:
    """Whom a field names by the uid. Raises Invalid with the sentence where nobody works here under it."""
    if uid is None:
        return None
    try:
        found: Person | None = Person.objects.working().filter(uid=uid_of(uid)).first()
    except NotFound:
        found = None
    if found is None:
        raise Invalid([FieldProblem(field, sentence, code="not_found")])
    return found


def team_at(number: str) -> Team:
    found = Team.objects.filter(pk=number_of(number)).first()
    if found is None:
        raise NotFound
    return found


def team_named(number: int | None, field: str) -> Team | None:
    if number is None:
        return None
    try:
        return team_at(str(number))
    except NotFound as error:
        raise Invalid([FieldProblem(field, _("チームを選び直してください。"), code="not_found")]) from error


def role_at(key: str) -> Role:
    found = Role.objects.filter(key=key).first()
    if found is None:
        raise NotFound
    return found


def roles_named(keys: Iterable[str], field: str = "roles") -> list[Role]:
    wanted = set(keys)
    found = list(Role.objects.filter(key__in=wanted))
    if len(found) < len(wanted):
        raise Invalid([FieldProblem(field, _("役割を選び直してください。"), code="not_found")])
    return found


def role_word(role: Role) -> dict[str, Any]:
    return {"key": role.key, "name": role.name}


assert SCOPE in POWERS
