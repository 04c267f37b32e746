"""What leads to a customer and is no plain column: series of plans, deliberate doubles, whom a notice is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from daifuku.activities.models import Series
from daifuku.customers.models import Separation
from daifuku.dedupe.models import Apart
from daifuku.duties.finding.quiet import learn
from daifuku.duties.models.policy import policy
from daifuku.merging.models import SameParty
from daifuku.messages.models import Notice
from daifuku.records.hanging.moving import Turn, take_away
from daifuku.records.hanging.ways import Image


def move_series(turn: Turn) -> list[Image]:
    """Plans that are made ahead are made for the new customer from now on."""
    rows = Series.objects.select_for_update().filter(ended_at__isnull=True)
    kept = []
    for series in rows.filter(**{f"pattern__{turn.object}__in": list(turn.sources)}).order_by("pk"):
        new = {**series.pattern, turn.object: turn.to}
        kept.append([series.pk, [series.pattern], [new]])
        series.pattern = new
        series.save(update_fields=["pattern"])
    return _image(Series, ["pattern"], kept)


def move_separations(turn: Turn) -> list[Image]:
    """Who was not to be taken for the old record is not to be taken for the new one. The smaller key stands first."""
    about = Separation.objects.filter(object=turn.object)
    superfluous: list[int] = []
    kept: list[tuple[int, list[int], list[int]]] = []
    known = set(about.values_list("first_id", "second_id"))
    for row in about.filter(Q(first_id__in=turn.sources) | Q(second_id__in=turn.sources)).order_by("pk"):
        ends = sorted({turn.to if key in turn.sources else key for key in (row.first_id, row.second_id)})
        if len(ends) == 1 or (ends[0], ends[1]) in known:
            superfluous.append(row.pk)
            continue
        known.add((ends[0], ends[1]))
        kept.append((row.pk, [row.first_id, row.second_id], ends))
    images = [take_away(Separation, superfluous)]
    for pk, _old, (first, second) in kept:
        Separation.objects.filter(pk=pk).update(first_id=first, second_id=second)
    images += _image(Separation, ["first_id", "second_id"], kept)
    return [image for image in images if image["rows"]]


def move_notice_customers(turn: Turn) -> list[Image]:
    """A digest puts what was not told yet under the customer who stands there now."""
    if turn.object != "account":
        return []
    rows = Notice.objects.filter(customer__in=turn.sources, due_at__isnull=False)
    kept = [[pk, [old], [turn.to]] for pk, old in rows.order_by("pk").values_list("pk", "customer")]
    rows.update(customer=turn.to)
    return _image(Notice, ["customer"], kept)


def move_same_parties(turn: Turn) -> list[Image]:
    """Who was one party with the old record is one with the new one."""
    return _move_ends(turn, SameParty, ["object", "first_id", "other_object", "second_id"])


def move_apart(turn: Turn) -> list[Image]:
    """Who was not to be taken for the old record, of another kind, is not to be taken for the new one."""
    return _move_ends(turn, Apart, ["first_object", "first_id", "second_object", "second_id"])


def _move_ends(turn: Turn, model: Any, columns: list[str]) -> list[Image]:
    """Rows of two ends, each a kind and a key, the smaller one first; nobody stands on both ends."""
    one, first, two, second = columns
    superfluous: list[int] = []
    kept: list[list[Any]] = []
    known = {tuple(row) for row in model.objects.values_list(*columns)}
    about = Q(**{one: turn.object, f"{first}__in": turn.sources}) | Q(
        **{two: turn.object, f"{second}__in": turn.sources}
    )
    for row in model.objects.filter(about).order_by("pk"):
        old = [getattr(row, column) for column in columns]
        ends = sorted(_turned(turn, kind, key) for kind, key in (old[:2], old[2:]))
        new = [*ends[0], *ends[1]]
        if ends[0] == ends[1] or tuple(new) in known:
            superfluous.append(row.pk)
            continue
        known.add(tuple(new))
        kept.append([row.pk, old, new])
    images = [take_away(model, superfluous)]
    for pk, _old, new in kept:
        model.objects.filter(pk=pk).update(**dict(zip(columns, new, strict=True)))
    images += _image(model, columns, kept)
    return [image for image in images if image["rows"]]


def _turned(turn: Turn, kind: str, key: int) -> tuple[str, int]:
    return (kind, turn.to if kind == turn.object and key in turn.sources else key)


def learn_rhythm(kind: str, keys: Sequence[int]) -> None:
    """How often one usually talks with them, from the talks that they have now."""
    if kind == "account":
        learn(keys, policy())


def _image(model: Any, columns: list[str], rows: Sequence[Any]) -> list[Image]:
    return (
        [{"model": model._meta.label, "columns": columns, "rows": [list(row) for row in rows]}]
        if rows
        else []
    )
