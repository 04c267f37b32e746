"""Two people in the same record: what only one of them changed is kept from both, the rest is shown to the second."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from daifuku.ledger.models import Event, Subject
from daifuku.records.catalogue.field import Field
from daifuku.records.forms.record_form import RecordForm, opening_value, plain
from daifuku.records.showing import show
from daifuku.staff.viewer import Viewer

SEARCHED = 50


@dataclass
class Contested:
    """A field that both changed: mine as typed, theirs as it is saved now; `own` where I did both, on two screens."""

    field: Field
    mine: Any
    theirs: str
    own: bool = False

    @property
    def mine_text(self) -> str:
        return str(self.mine)


@dataclass
class Merge:
    """`changes` may be saved; `contested` needs the person's choice first."""

    changes: dict[str, Any] = field(default_factory=dict)
    contested: list[Contested] = field(default_factory=list)

    @property
    def own(self) -> bool:
        """Whether nobody else is in it."""
        return all(each.own for each in self.contested)


def merge(form: RecordForm, record: Any, opened_json: str, chosen: frozenset[str] = frozenset()) -> Merge:
    """Compares what was typed with how the form was opened and with how the record stands now.

    Fields in `chosen` were contested before, and the person decided for his own value.
    """
    opened = _read(opened_json)
    result = Merge()
    for name, value in form.values().items():
        known = form.catalogue[name]
        typed = plain(known, value, form.viewer)
        now = plain(known, opening_value(known, record), form.viewer)
        before = opened.get(name, now)
        if typed in (before, now):
            continue
        if now != before and name not in chosen:
            mine, theirs = _readable(known, value, form.viewer), show(known, record, form.viewer).text
            own = _last_to_change(record, name) == form.viewer.pk
            result.contested.append(Contested(known, mine, theirs, own))
        else:
            result.changes[name] = value
    return result


def _last_to_change(record: Any, name: str) -> int | None:
    about = {
        "subjects__object": record.object_key,
        "subjects__record_id": record.pk,
        "subjects__role": Subject.MAIN,
    }
    lines = Event.objects.filter(**about).order_by("-pk")[:SEARCHED]
    return next((line.actor_id for line in lines if name in line.changes), None)


def _read(opened_json: str) -> dict[str, Any]:
    try:
        opened = json.loads(opened_json or "{}")
    except ValueError:
        return {}
    return opened if isinstance(opened, dict) else {}


def _readable(known: Field, value: Any, viewer: Viewer) -> str:
    try:
        clean = known.type.clean(value, viewer)
    except ValueError:
        return str(value)
    return "" if known.type.is_empty(clean) else known.type.display(clean)
