"""Changes to a record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Forbidden, NotFound, Stale
from daifuku.foundation.sql.prepared import Prepared
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.models import Event
from daifuku.records import derived
from daifuku.records.actions.cleaning import Cleaner, Values
from daifuku.records.actions.saving import about, settle
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.records.formulas.spreading import spread
from daifuku.records.formulas.turns import take_turn
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

Changes = dict[str, list[Any]]


def edit(
    record: Any,
    changes: Mapping[str, Any],
    *,
    by: Person,
    version: int | None = None,
    undoes: Event | None = None,
) -> Any:
    """Changes the given fields and returns the record as saved; nothing different means nothing written.

    With `version`, raises Stale when somebody else saved in the meantime. Raises Invalid, Forbidden, NotFound.
    """
    object_type, viewer = registry.of(record), viewer_of(by)
    cleaner = Cleaner(object_type, viewer)
    values = cleaner.changes(changes)
    with ledger.writing():
        record = locked(record, viewer, "edit")
        if version is not None and record.version != version:
            raise stale(record, viewer)
        done = apply(record, values, cleaner.fields)
        if not done and undoes is None:
            return record
        settle(object_type, record, frozenset(done), viewer)
        stamp(record)
        record.save()
        derived.keep(object_type, [record])
        object_type.follow([(record, frozenset(done))], by)
        spread(object_type, [(record, done)])
        ledger.record(
            object_type.event("edited"), by=by, about=about(object_type, record), data={"changes": done},
            undoes=undoes,
        )  # fmt: skip
    return record


def locked(record: Any, viewer: Viewer, action: str) -> Any:
    """The record as it stands now, held until the transaction ends."""
    take_turn(registry.of(record))
    fresh = _held(record.__class__).first(record.pk)
    if fresh is None or fresh.trashed_at is not None or not sees(viewer, fresh, "view"):
        raise NotFound
    if not sees(viewer, fresh, action):
        raise Forbidden
    return fresh


@cache
def _held(model: Any) -> Prepared:
    return Prepared(lambda key: model.plain.select_for_update(of=("self",), no_key=True).filter(pk=key))


def stale(record: Any, viewer: Viewer) -> Stale:
    last = (
        Event.objects.filter(
            subjects__object=record.object_key, subjects__record_id=record.pk, kind__endswith=".edited"
        )
        .select_related("actor")
        .order_by("-id")
        .first()
    )
    who = str(last.actor) if last and last.actor else str(_("ほかの人"))
    return Stale(
        _("%(who)sさんが先に保存しました。内容を見比べて、もう一度保存してください。") % {"who": who},
        context={"version": record.version, "who": who, "at": last.at if last else record.updated_at},
    )


def apply(record: Any, values: Values, fields: dict[str, Field]) -> Changes:
    """Puts the values on the record; returns `{field: [old, new]}` of those that differ."""
    done: Changes = {}
    for key, value in values.items():
        field = fields[key]
        old = field.get(record)
        if not field.type.same(old, value):
            done[key] = [field.type.to_json(old), field.type.to_json(value)]
            field.put(record, value)
    return done


def stamp(record: Any) -> None:
    record.version += 1
    record.updated_at = moment()
