"""A form that arrives twice, by a double tap or over a slow line, is done once.

The form brings a word of its own (`once`). Whoever sends the same again gets what came of it. Whoever goes back,
changes something and sends it again may mean a correction or something new: he is told what the form has made already,
keeps what he typed, and gets another word with it, so that sending it once more makes something new.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import IdempotentRequest
from daifuku.staff.models import Person

WORD = re.compile(r"[0-9a-f]{32}")
# What a form brings besides what was typed into it: which of its buttons was pressed does not make it another one.
BESIDE = {"csrfmiddlewaretoken", "once", "again"}
Outcome = dict[str, Any]


class SentBefore(Conflict):
    """This form was sent before with something else in it; `outcome` is what came of that."""

    code = "sent_before"

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(
            _(
                "この画面からは、すでに登録しています。いまの内容は、まだ保存していません。"
                "別のものとして登録するときは、もう一度送信してください。"
            )
        )
        self.outcome = outcome


def new_word() -> str:
    return uuid.uuid4().hex


def once(sent: QueryDict, act: Callable[[], Outcome], *, by: Person) -> tuple[Outcome, bool]:
    """What `act` returns, and whether that was done now: False where this very form was there before.

    Raises SentBefore.
    """
    word = sent.get("once", "")
    if not WORD.fullmatch(word):
        return act(), True
    return once_under(f"form:{by.pk}", word, _fingerprint(sent), act)


def once_under(scope: str, word: str, typed: str, act: Callable[[], Outcome]) -> tuple[Outcome, bool]:
    """The same for what comes by another way than a form. `typed` is short for everything that was sent."""
    try:
        with ledger.writing():
            if (given := _given(scope, word, typed)) is not None:
                return given, False
            row = IdempotentRequest.objects.create(
                scope=scope, key=word, fingerprint=typed, status=0, body={}
            )
            row.body = act()
            row.save(update_fields=["body"])
            return row.body, True
    except IntegrityError:
        if (given := _given(scope, word, typed)) is not None:
            return given, False
        raise


def _given(scope: str, word: str, typed: str) -> Outcome | None:
    row = IdempotentRequest.objects.filter(scope=scope, key=word).first()
    if row is None:
        return None
    if row.fingerprint != typed:
        raise SentBefore(row.body)
    outcome: Outcome = row.body
    return outcome


def _fingerprint(sent: QueryDict) -> str:
    typed = sorted((name, values) for name, values in sent.lists() if name not in BESIDE)
    return hashlib.sha256(repr(typed).encode()).hexdigest()
