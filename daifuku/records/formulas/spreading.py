"""When a record changes, what other records compute from it follows: at once where they are few, else in a job."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from daifuku.foundation.sql.updating import update_many
from daifuku.jobs import queue
from daifuku.records.formulas.filling import from_nothing, now_for, put_all
from daifuku.records.formulas.plan import Computed, Plan
from daifuku.records.formulas.rolling import leads_to
from daifuku.records.formulas.sources import fit
from daifuku.records.formulas.turns import take_turn

AT_ONCE = 200
PRIVACY = "privacy"
Changes = Mapping[str, Sequence[Any]]
Saved = Sequence[tuple[Any, Changes | None]]


def spread(object_type: Any, saved: Saved) -> None:
    """Call inside the transaction of a save, with each record and its changes `{field: [old, new]}`; None for what was
    registered, put into the trash or taken out of it."""
    from daifuku.records.catalogue import vocabulary

    plan = vocabulary.plan()
    if plan.hears(object_type.key) and saved:
        _spread(plan, object_type.key, saved)


def recompute(object_key: str, keys: Collection[int]) -> int:
    """Works out the computed fields of these records anew and writes what differs; returns how many did.

    That is nobody's doing: neither a line in the ledger nor another version comes of it.
    """
    from daifuku.records.catalogue import registry, vocabulary

    plan = vocabulary.plan()
    take_turn(registry.get(object_key))
    computed, model = plan.of(object_key), registry.get(object_key).model
    rows = model.plain.select_for_update(of=("self",), no_key=True).filter(pk__in=sorted(keys)).order_by("pk")
    records = list(rows)
    before = {record.pk: dict(record.custom) for record in records}
    _roll_up(computed, records)
    for record in records:
        put_all(plan, computed, record)
    changed = [record for record in records if record.custom != before[record.pk]]
    if changed:
        update_many(changed, ["custom"])
        fields = [each.field.key for each in computed]
        saved = [(r, _differences(before[r.pk], r.custom, fields)) for r in changed]
        if plan.hears(object_key):
            _spread(plan, object_key, saved)
    return len(changed)


def keys_reached(object_key: str, links: Sequence[str], keys: Collection[int]) -> Any:
    """The records that lead over these links to one of `keys`."""
    from daifuku.records.catalogue import registry, vocabulary

    way = [(object_key, vocabulary.fields_of(object_key)[links[0]])]
    for step in links[1:]:
        target = way[-1][1].type.target  # type: ignore[attr-defined]
        way.append((target, vocabulary.fields_of(target)[step]))
    found: Any = sorted(keys)
    for key, link in reversed(way):
        rows = registry.get(key).model.plain
        found = rows.filter(leads_to(link, found)).values("pk")
    return found


def _spread(plan: Plan, object_key: str, saved: Saved) -> None:
    """Each kind of record is taken once, its rows by their keys: two savers take them in the same order."""
    at_once: dict[str, set[int]] = {}
    for (reader, links), keys in _readers(plan, object_key, saved).items():
        found = list(keys_reached(reader, links, keys).values_list("pk", flat=True)[: AT_ONCE + 1])
        if len(found) > AT_ONCE:
            _later(reader, {"links": list(links), "keys": sorted(keys)})
        else:
            at_once.setdefault(reader, set()).update(found)
    for parent, keys in _parents(plan, object_key, saved).items():
        if len(keys) > AT_ONCE:
            _later(parent, {"links": [], "keys": sorted(keys)})
        else:
            at_once.setdefault(parent, set()).update(keys)
    for key in sorted(at_once):
        if at_once[key]:
            recompute(key, at_once[key])


def _readers(plan: Plan, object_key: str, saved: Saved) -> dict[tuple[str, tuple[str, ...]], set[int]]:
    """For each way by which formulas on other records read these ones, those of which something was read."""
    found: dict[tuple[str, tuple[str, ...]], set[int]] = {}
    touched = [
        (record.pk, None if changes is None else _with_computed(plan, object_key, changes))
        for record, changes in saved
    ]
    for key, hop, reader in plan.readers.get(object_key, ()):
        keys = {pk for pk, changed in touched if changed is None or {key, PRIVACY} & changed}
        if keys:
            found.setdefault((reader, hop.links), set()).update(keys)
    return found


def _with_computed(plan: Plan, object_key: str, changes: Changes) -> set[str]:
    """What was computed from the changed fields may have changed as well."""
    changed = set(changes)
    for each in plan.of(object_key):
        if any(
            not hop.links and hop.key in changed or hop.links and hop.links[0] in changed for hop in each.hops
        ):
            changed.add(each.field.key)
    return changed


def _parents(plan: Plan, object_key: str, saved: Saved) -> dict[str, set[int]]:
    """The records into which these ones are rolled up, or were before they moved."""
    from daifuku.records.catalogue import vocabulary

    found: dict[str, set[int]] = {}
    fields = vocabulary.plan_fields(object_key)
    touched = [
        (record, None if changes is None else _with_computed(plan, object_key, changes), changes)
        for record, changes in saved
    ]
    for each in plan.rollups.get(object_key, ()):
        roll = each.roll
        assert roll is not None
        link = fields[roll.link]
        for record, changed, changes in touched:
            if changed is None or not changed.isdisjoint((*roll.watched, PRIVACY)):
                keys = {_linked(link, record), *_was_linked(roll.link, changes)}
                found.setdefault(each.object, set()).update(keys - {None})
    return found


def _linked(link: Any, record: Any) -> Any:
    return (
        (record.custom.get(link.key) or {}).get("id")
        if link.custom
        else getattr(record, f"{link.attribute}_id")
    )


def _was_linked(key: str, changes: Changes | None) -> Iterator[Any]:
    if changes and key in changes:
        old = changes[key][0]
        yield old["id"] if isinstance(old, Mapping) else None


def _roll_up(computed: list[Computed], records: Sequence[Any]) -> None:
    keys, now = [record.pk for record in records], now_for()
    with translation.override("ja"):
        for each in computed:
            if each.roll is not None:
                values = each.roll.values(keys, now)
                for record in records:
                    value = fit(each.field.type, values.get(record.pk))
                    each.field.put(record, from_nothing(each.field, each.roll) if value is None else value)


def _differences(old: Mapping[str, Any], new: Mapping[str, Any], keys: Sequence[str]) -> Changes:
    return {key: [old.get(key), new.get(key)] for key in keys if old.get(key) != new.get(key)}


def _later(object_key: str, payload: dict[str, Any]) -> None:
    from daifuku.records.catalogue import registry

    title = _("計算のやり直し: %(object)s") % {"object": registry.get(object_key).name}
    queue.enqueue("records.compute", {"object": object_key, **payload}, by=None, title=title)
