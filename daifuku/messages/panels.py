"""What stands on a customer's page of this room: the button that follows the customer whole."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.reversing import url_of
from daifuku.foundation.sql.prepared import Prepared, Told
from daifuku.messages.models import Watch
from daifuku.messages.sharing import own
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.panel import Panel
from daifuku.staff.viewer import Viewer

WATCHED = Prepared(
    lambda object, record, person: Watch.objects.filter(
        object=object, record_id=record, person_id=person
    ).values_list("pk", flat=True)
)


def register() -> None:
    for object_type in registry.every():
        if object_type.key in own.CUSTOMERS:
            object_type.panels.append(
                Panel(
                    "watch", _("まるごとフォロー"), "messages/panels/watch.html", watching, "head", 4, _asked
                )
            )


def _asked(record: Any, viewer: Viewer) -> list[Told]:
    return [WATCHED.told(record.object_key, record.pk, viewer.pk)]


def watching(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    if record.trashed_at is not None:
        return None
    address = url_of("messages:watch", registry.get(record.object_key).slug, record.uid)
    return {"on": bool(WATCHED(record.object_key, record.pk, viewer.pk)), "address": address}
