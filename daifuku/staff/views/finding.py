"""Who asks and about whom: what a page needs before it does anything."""

from __future__ import annotations

import uuid
from typing import Any, TypeVar

from django.db.models import Model
from django.http import HttpRequest

from daifuku.foundation.errors import NotFound
from daifuku.foundation.whole import whole
from daifuku.staff.models import Person

Row = TypeVar("Row", bound=Model)


def me(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise NotFound
    return request.user


def with_power(request: HttpRequest, power: str = "staff") -> Person:
    """Whoever has not got the power does not learn that there is such a page."""
    if not request.viewer.has_power(power):  # type: ignore[attr-defined]
        raise NotFound
    return me(request)


def person_at(uid: uuid.UUID) -> Person:
    found: Person | None = Person.objects.filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def one_of(rows: Any, pk: object) -> Any:
    """The row with this key; anything that is no key is not found either."""
    key = whole(pk)
    found = None if key is None else rows.filter(pk=key).first()
    if found is None:
        raise NotFound
    return found
