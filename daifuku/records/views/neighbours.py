"""Previous and next record in the list from which the person came."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from daifuku.foundation.reversing import url_of
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.staff.sessions import note

KEPT = 200


def remember(request: HttpRequest, object_type: ObjectType, uids: list[str], address: str) -> None:
    """Keeps the page of the list that was shown last, so that a record of it knows its neighbours."""
    last = request.session.get("last_list")
    now = {"object": object_type.key, "uids": uids[:KEPT], "address": address}
    if last != now:
        note(request, "last_list", now)


def neighbours(request: HttpRequest, object_type: ObjectType, record: Any) -> dict[str, Any]:
    last = request.session.get("last_list") or {}
    uids = last.get("uids", []) if last.get("object") == object_type.key else []
    back = last.get("address") if uids else url_of("records:list", object_type.slug)
    if str(record.uid) not in uids:
        return {"back": back}
    place = uids.index(str(record.uid))

    def address(step: int) -> str:
        other = place + step
        return url_of("records:record", object_type.slug, uids[other]) if 0 <= other < len(uids) else ""

    return {"back": back, "previous": address(-1), "next": address(1)}
