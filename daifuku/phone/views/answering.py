"""Answers that the phone's program reads: JSON, also for refusals, never kept by anything on the way."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict, DomainError, FieldProblem, Invalid, NotFound
from daifuku.records.catalogue.types.link import as_uid
from daifuku.staff.models import Person

PERSON = "Phone-Person"
LARGEST = 256 * 1024
View = Callable[..., HttpResponse]


class OtherPerson(Conflict):
    """Somebody else has signed in on this phone since the entry was made; it is not his, and is not taken as his."""

    code = "other_person"


def in_json(view: View) -> View:
    """Refusals become JSON with the sentence and its fields."""

    @wraps(view)
    def answered(request: HttpRequest, *arguments: Any, **words: Any) -> HttpResponse:
        try:
            return view(request, *arguments, **words)
        except DomainError as error:
            return refused(error)

    return answered


def refused(error: DomainError, **more: Any) -> JsonResponse:
    problems = [{"field": each.field, "message": each.message, "code": each.code} for each in error.problems]
    told = {"code": error.code, "detail": error.message, "problems": problems, **more}
    return JsonResponse(told, status=error.status)


def whose(request: HttpRequest) -> Person:
    """Who hands in: the person who signed in, who must be the one who made the entry."""
    if not isinstance(request.user, Person):
        raise NotFound
    said = request.headers.get(PERSON)
    if said is not None and said != str(request.user.uid):
        raise OtherPerson(_("別の人がログインしているため、送信しませんでした。"))
    return request.user


def read(request: HttpRequest) -> dict[str, Any]:
    """The entry. Raises Invalid."""
    try:
        found = json.loads(request.body) if len(request.body) <= LARGEST else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise unreadable("entry")
    return found


def uid_in(found: dict[str, Any]) -> uuid.UUID:
    """Raises Invalid."""
    uid = as_uid(found.get("uid"))
    if uid is None:
        raise unreadable("uid")
    return uid


def unreadable(field: str) -> Invalid:
    return Invalid([FieldProblem(field, _("送られた内容を読み取れませんでした。"), code="unreadable")])


def digest_of(request: HttpRequest) -> str:
    return hashlib.sha256(request.body).hexdigest()
