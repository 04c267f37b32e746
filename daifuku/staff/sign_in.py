"""Coming in and going out, each with its line in the ledger."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.http import HttpRequest

from daifuku.ledger import writing as ledger
from daifuku.staff.models import Person


def sign_in(request: HttpRequest, person: Person) -> None:
    """Signs a person in who has just shown who he is in another way: the first person, an invited one."""
    get_adapter().login(request, person)


def write_line(kind: str, request: HttpRequest, person: Person, **data: Any) -> None:
    """From where and with what device the person came or went."""
    with ledger.writing():
        about = [ledger.About("person", person.pk)]
        ledger.record(kind, by=person, about=about, data={**_circumstances(request), **data})


def write_failure(person: Person | None, *, means: str) -> None:
    """Whoever failed has not shown that he is this person, so the line is about the person and by nobody."""
    with ledger.writing():
        about = [ledger.About("person", person.pk)] if person else []
        data = {**_circumstances(context.request), "means": means}
        ledger.record("person.sign_in_failed", by=None, about=about, data=data)


def write_request(person: Person | None) -> None:
    """Somebody asked for a link to a new password."""
    about = [ledger.About("person", person.pk)] if person else []
    ledger.record("person.reset_requested", by=None, about=about, data=_circumstances(context.request))


def means_of(request: HttpRequest) -> list[str]:
    """By what somebody has proved who he is: password, code, passkey; nothing for an invitation."""
    records = request.session.get("account_authentication_methods", [])
    return [str(record.get("type") or record.get("method")) for record in records if isinstance(record, dict)]


def _circumstances(request: HttpRequest) -> dict[str, str]:
    device = request.headers.get("User-Agent", "")[:200]
    return {"ip": str(get_adapter().get_client_ip(request)), "device": device}
