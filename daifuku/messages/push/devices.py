"""Which browsers are woken: each is switched on by its person while he is signed in, and off with his sign-in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from daifuku.foundation import outgoing
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.foundation.outgoing import CallFailed
from daifuku.foundation.sealed import open_seal, seal
from daifuku.foundation.sql import write_transaction
from daifuku.messages.models import Push, PushDevice
from daifuku.messages.push.encrypting import encrypt, raw
from daifuku.staff.models import Person

PURPOSE = "push"
MOST_DEVICES = 20
LONGEST_ENDPOINT = 1000
# A message of this kind is no notice.
ASK = "ask"


def subscribe(*, by: Person, endpoint: str, key: str, auth: str, session: str, name: str = "") -> PushDevice:
    """Switches a browser on, or keeps one that is; whoever is signed in there gets its messages. Raises Invalid."""
    endpoint = endpoint.strip()
    _check(endpoint, key, auth)
    values = {
        "person": by, "keys": seal(json.dumps({"key": key, "auth": auth}), PURPOSE), "session": session,
        "name": name.strip()[:80],
    }  # fmt: skip
    with write_transaction():
        device, _fresh = PushDevice.objects.update_or_create(endpoint=endpoint, defaults=values)
        spare = PushDevice.objects.filter(person=by).order_by("-pk").values_list("pk", flat=True)
        PushDevice.objects.filter(pk__in=list(spare[MOST_DEVICES:])).delete()
    return device


def _check(endpoint: str, key: str, auth: str) -> None:
    try:
        if len(endpoint) > LONGEST_ENDPOINT:
            raise CallFailed("address")
        outgoing.check_before(endpoint)
    except CallFailed as error:
        raise Invalid([FieldProblem("endpoint", error.sentence, code=error.code)]) from error
    try:
        encrypt(b"", raw(key), raw(auth))
    except ValueError as error:
        sentence = _("このブラウザーから届いた鍵が正しくありません。もう一度お試しください。")
        raise Invalid([FieldProblem("key", sentence, code="key")]) from error


def unsubscribe(*, by: Person, endpoint: str) -> None:
    """Switches the browser off; one that is not on stays off."""
    with write_transaction():
        PushDevice.objects.filter(person=by, endpoint=endpoint.strip()).delete()


def remove(*, by: Person, uid: UUID) -> None:
    """Switches off another of one's own. Raises NotFound."""
    with write_transaction():
        if not PushDevice.objects.filter(person=by, uid=uid).delete()[0]:
            raise NotFound


def keys_of(device: PushDevice) -> tuple[bytes, bytes]:
    """What messages to it are encrypted with. Raises Unreadable."""
    keys = json.loads(open_seal(device.keys, PURPOSE))
    return raw(keys["key"]), raw(keys["auth"])


def of(person: Person) -> list[PushDevice]:
    return list(PushDevice.objects.filter(person=person))


def awake(devices: Iterable[PushDevice]) -> list[PushDevice]:
    """Those on which the person is still signed in. The others are forgotten: a phone that was signed out from afar
    tells nothing any more."""
    rows = list(devices)
    sessions = {row.session for row in rows}
    alive = set(Session.objects.filter(session_key__in=sessions).values_list("session_key", flat=True))
    asleep = [row.pk for row in rows if row.session not in alive]
    if asleep:
        with write_transaction():
            _without_last_words(PushDevice.objects.filter(pk__in=asleep)).delete()
    return [row for row in rows if row.session in alive]


def forget_those_of(person: Person) -> None:
    """Somebody leaves, or all his other keys are taken from him."""
    _without_last_words(PushDevice.objects.filter(person=person)).delete()


def ask_whether_signed_in(keys: list[str]) -> None:
    """Sessions were ended from afar: their browsers are told to ask the server who they are, and to throw away what
    they keep if they are nobody any more, though nobody opens the page. Called inside the transaction."""
    found = PushDevice.objects.filter(session__in=keys)
    payload = {"title": _("大福帳"), "body": _("この端末はログアウトされました。"), ASK: True}
    Push.objects.bulk_create(
        [Push(device=each, key=f"{each.pk}:{ASK}:{each.session[:16]}", payload=payload) for each in found],
        ignore_conflicts=True,
    )


def _without_last_words(rows: Any) -> Any:
    """Those to which nothing has to be said any more."""
    waiting = Push.objects.filter(device=OuterRef("pk"), state=Push.State.WAITING, payload__has_key=ASK)
    return rows.exclude(Exists(waiting))
