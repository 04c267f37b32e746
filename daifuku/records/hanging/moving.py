"""Everything that hangs on some records hangs on another one from now on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, UniqueConstraint

from daifuku.foundation.portions import portions
from daifuku.records.hanging.places import Place, places_of
from daifuku.records.hanging.ways import DROP, EMPTY, REFUSE, STAY, Image, Way, specials, way_of
from daifuku.records.models import Record


@dataclass(frozen=True)
class Turn:
    """What hangs on `sources` of the kind `object` shall hang on `to`, one of the same kind."""

    object: str
    sources: tuple[int, ...]
    to: int


def rehang(object_key: str, sources: Sequence[int], to: int) -> list[Image]:
    """Moves what hangs on `sources` to the record `to`, and returns what was before, to be kept for `put_back`.

    Call inside `ledger.writing()`, with all of these records held, and `settle` afterwards.
    """
    turn = Turn(object_key, tuple(sources), to)
    images: list[Image] = []
    for place in places_of(object_key):
        way = way_of(place.name)
        if way.moves:
            images += _move(place, way, turn)
    for special in specials():
        images += special.move(turn)
    return images


def _move(place: Place, way: Way, turn: Turn) -> list[Image]:
    new: dict[str, Any] = {place.kind_column: turn.object} if place.kind_column else {}
    new[place.attname] = turn.to
    rows = place.rows.filter(place.at(turn.object, turn.sources)).order_by("pk")
    if way.only is not None:
        rows = rows.filter(way.only)
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return []
    gone = _meant_for_the_old(place, way, turn, rows)
    clashing = _clashing(place, rows, new, gone)
    if clashing and way.clash == REFUSE:
        raise RuntimeError(f"nobody has said what becomes of two rows of {place.name}")
    if way.clash == DROP:
        gone |= clashing
    stays = clashing if way.clash == STAY else set()
    emptied = clashing if way.clash == EMPTY else set()
    own = _itself(place, turn) & set(keys)
    plain = [key for key in keys if key not in gone | stays | emptied | own]
    images = [write(place, plain, new)]
    if turn.to in own:
        images.append(write(place, [turn.to], {place.attname: None}))
    images.append(write(place, sorted(emptied), {**new, **way.emptied}))
    images.append(take_away(place.model, sorted(gone)))
    return [image for image in images if image["rows"]]


def _itself(place: Place, turn: Turn) -> set[int]:
    """Where records link to their own kind: none shall lead to itself, and those that go keep their link."""
    own = not place.kind_column and getattr(place.model, "object_key", "") == turn.object
    return {turn.to, *turn.sources} if own else set()


def _meant_for_the_old(place: Place, way: Way, turn: Turn, rows: Any) -> set[int]:
    """Rows that would say nothing, or the same as another one, at the new record."""
    gone: set[int] = set()
    if way.gone is not None:
        gone |= set(rows.filter(way.gone).values_list("pk", flat=True))
    for other in way.ends:
        if other != place.column:
            gone |= set(
                rows.filter(**{f"{other}__in": [*turn.sources, turn.to]}).values_list("pk", flat=True)
            )
    if way.alike:
        beside = [name for name in way.alike if name != place.column]
        known = set(place.rows.filter(**{place.attname: turn.to}).values_list(*beside))
        superfluous = rows.filter(way.alike_only) if way.alike_only is not None else rows
        for pk, *values in superfluous.values_list("pk", *beside):
            gone |= {pk} if tuple(values) in known else set()
            known.add(tuple(values))
    return gone


def _clashing(place: Place, rows: Any, new: Mapping[str, Any], gone: Collection[int]) -> set[int]:
    """Those of the rows that the database would refuse at the new record."""
    found: set[int] = set()
    for names, condition in once(place.model):
        attnames = {place.model._meta.get_field(name).attname for name in names}
        if not attnames & set(new):
            continue
        beside = sorted(attnames - set(new))
        there = place.rows.filter(**{name: new[name] for name in attnames & set(new)}).filter(condition)
        known = set(there.values_list(*beside)) if beside else ({()} if there.exists() else set())
        for pk, *values in rows.filter(condition).values_list("pk", *beside):
            if pk in gone or None in values:
                continue
            if tuple(values) in known:
                found.add(pk)
            known.add(tuple(values))
    return found


def once(model: Any) -> Iterable[tuple[tuple[str, ...], Q]]:
    """What may be there once: the columns, and the rows of which that is said."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            yield tuple(constraint.fields), constraint.condition or Q()
    for names in model._meta.unique_together:
        yield tuple(names), Q()
    for each in model._meta.local_concrete_fields:
        if each.unique and not each.primary_key:
            yield (each.name,), Q()


def write(place: Place, keys: Sequence[int], new: Mapping[str, Any]) -> Image:
    """Gives these rows the new values. A record that moves is another version of itself: who has the old one in hand
    is told."""
    names = sorted(new)
    values = [new[name] for name in names]
    rows = [
        [pk, old, values]
        for part in portions(list(keys))
        for pk, *old in place.rows.filter(pk__in=part).order_by("pk").values_list("pk", *names)
    ]
    update(place.model, [row[0] for row in rows], new)
    return {"model": place.model._meta.label, "columns": names, "rows": rows}


def update(model: Any, keys: Sequence[int], new: Mapping[str, Any]) -> None:
    changes = dict(new)
    if issubclass(model, Record):
        changes["version"] = F("version") + 1
    for part in portions(list(keys)):
        model._base_manager.filter(pk__in=part).update(**changes)


def take_away(model: Any, keys: Sequence[int]) -> Image:
    """Takes rows away and keeps them whole."""
    columns = model._meta.local_concrete_fields
    kept = [
        [row.pk, {each.attname: _as_text(each, row) for each in columns}]
        for part in portions(list(keys))
        for row in model._base_manager.filter(pk__in=part).order_by("pk")
    ]
    for part in portions(list(keys)):
        model._base_manager.filter(pk__in=part).delete()
    return {"model": model._meta.label, "gone": True, "rows": kept}


def _as_text(column: Any, row: Any) -> Any:
    value = column.value_from_object(row)
    return None if value is None else column.value_to_string(row)
