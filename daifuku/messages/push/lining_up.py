"""Puts a message for each of a person's browsers in line, with the transaction of what it tells of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from daifuku.foundation.sql import write_transaction
from daifuku.messages.models import Notice, Push, PushDevice
from daifuku.messages.push import devices
from daifuku.messages.sharing import own
from daifuku.staff.models import Person

LONGEST = 200


def line_up(notices: Sequence[Notice], person: Person) -> None:
    """One message for all of them; a second time for the same notices is the first."""
    found = list(PushDevice.objects.filter(person=person))
    if not found or not notices:
        return
    payload, key = payload_for(notices, person), f"{notices[0].uid}:{notices[-1].uid}"
    event = notices[0].event if len(notices) == 1 else None
    with write_transaction():
        Push.objects.bulk_create(
            [
                Push(device=device, key=f"{device.pk}:{key}", payload=payload, event=event)
                for device in devices.awake(found)
            ],
            ignore_conflicts=True,
        )


def payload_for(notices: Sequence[Notice], person: Person) -> dict[str, Any]:
    """The headline and where it leads; without any words about customers where the person wants none on his screen."""
    one = len(notices) == 1
    address = reverse("messages:notice", args=[notices[0].uid]) if one else reverse("messages:notices")
    words = (
        _("お知らせがあります。") if one else _("お知らせが%(count)s件あります。") % {"count": len(notices)}
    )
    if one and own.receiving_of([person.pk])[person.pk].push_words:
        words = notices[0].sentence
    return {"title": _("大福帳"), "body": words[:LONGEST], "url": address, "tag": str(notices[-1].uid)}
