"""A form that arrives twice, by a double tap or over a slow line, is done once.

The form brings a word of its own (`once`); together with what was typed it says which sending it is. Whoever goes back,
changes something and sends again means something new; whoever sends the same again gets what came of it.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.http import QueryDict

from daifuku.ledger import writing as ledger
from daifuku.ledger.models import IdempotentRequest
from daifuku.staff.models import Person

WORD = re.compile(r"[0-9a-f]{32}")
BESIDE = {"csrfmiddlewaretoken"}
Outcome = dict[str, Any]


def new_word() -> str:
    return uuid.uuid4().hex


def once(sent: QueryDict, act: Callable[[], Outcome], *, by: Person) -> tuple[Outcome, bool]:
    """What `act` returns, and whether that was done now: False where this very form was there before."""
    if not WORD.fullmatch(sent.get("once", "")):
        return act(), True
    scope, key = f"form:{by.pk}", _name_of(sent)
    try:
        with ledger.writing():
            if given := _given(scope, key):
                return given, False
            row = IdempotentRequest.objects.create(scope=scope, key=key, fingerprint="", status=0, body={})
            row.body = act()
            row.save(update_fields=["body"])
            return row.body, True
    except IntegrityError:
        if given := _given(scope, key):
            return given, False
        raise


def _given(scope: str, key: str) -> Outcome | None:
    row = IdempotentRequest.objects.filter(scope=scope, key=key).first()
    return row.body if row else None


def _name_of(sent: QueryDict) -> str:
    typed = sorted((name, values) for name, values in sent.lists() if name not in BESIDE)
    return hashlib.sha256(repr(typed).encode()).hexdigest()
