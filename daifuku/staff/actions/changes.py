"""What a form sends, against what is stored: only what differs is written and told to the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, Stale
from daifuku.ledger.models import Event

Changes = dict[str, list[Any]]


def put(thing: Any, values: Mapping[str, Any]) -> Changes:
    """Sets the columns that differ; returns `{field: [old, new]}`."""
    done: Changes = {}
    for name, value in values.items():
        old = getattr(thing, name)
        if old != value:
            done[name] = [plain(old), plain(value)]
            setattr(thing, name, value)
    return done


def plain(value: Any) -> Any:
    """As the ledger keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return getattr(value, "pk", value)


def old_values(event: Event, thing: Any) -> dict[str, Any]:
    """What this line took the place of, to be put back. Raises ChangedSince where something has been changed again."""
    if any(plain(getattr(thing, name)) != new for name, (_old, new) in event.changes.items()):
        raise ChangedSince
    return {name: old for name, (old, _new) in event.changes.items()}


def fresh(thing: Any) -> Any:
    """The row as it stands now, held until the transaction ends."""
    return thing._meta.model.objects.select_for_update(of=("self",)).get(pk=thing.pk)


def check_version(thing: Any, version: int | None) -> None:
    if version is not None and thing.version != version:
        raise Stale(
            _("ほかの人が先に保存しました。画面を開き直して、内容を確認してからもう一度保存してください。")
        )
