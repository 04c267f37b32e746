"""Records that move: the person in one of their columns is another one afterwards, by the verbs of every record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.functional import lazy

from daifuku.foundation.errors import DomainError
from daifuku.handover.movers import Found, Mover, Refused
from daifuku.records.actions import edit_many
from daifuku.records.catalogue import registry
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer


def records(object_key: str, *, field: str = "owner", only: Q | None = None, order: int = 50) -> Mover:
    """All of this kind whose `field` is the person, `only` where this is met. Accounts and leads are customers."""
    model = registry.get(object_key).model
    customer = object_key in {"account", "lead"}
    met = only if only is not None else Q()

    def find(giver: Person, viewer: Viewer) -> Iterable[Found]:
        rows = model.objects.visible_to(viewer, action="edit").filter(met, **{field: giver}).order_by("pk")
        if customer:
            return [Found(pk, (object_key, pk)) for pk in rows.values_list("pk", flat=True)]
        links = [name for name in ("account", "lead") if _has(model, name)]
        return [
            _found(pk, links, keys) for pk, *keys in rows.values_list("pk", *(f"{each}_id" for each in links))
        ]

    def names(keys: Sequence[int], viewer: Viewer) -> list[tuple[str, str]]:
        rows = model.objects.visible_to(viewer).filter(pk__in=keys).order_by("pk")
        return [(str(row), row.get_absolute_url()) for row in rows]

    def move(keys: Sequence[int], giver: Person, to: Person, by: Person) -> list[Refused]:
        still = list(model.plain.filter(pk__in=keys, **{field: giver}).values_list("pk", flat=True))
        try:
            outcome = edit_many(object_key, still, {field: str(to.uid)}, by=by)
        except DomainError as error:
            # A role that may not change who is in charge: all of them stay, and the hand-over says why.
            why = str(error.problems[0].message if error.problems else error.message)
            return [(key, why) for key in still]
        return [(key, str(error.message)) for key, error in outcome.refused]

    label = lazy(lambda: registry.get(object_key).names, str)()
    return Mover(object_key, label, find, names, move, order, customer)


def _found(pk: int, links: Sequence[str], keys: Sequence[Any]) -> Found:
    known = [(name, key) for name, key in zip(links, keys, strict=True) if key is not None]
    return Found(pk, known[0] if known else None)


def _has(model: Any, name: str) -> bool:
    return any(each.name == name for each in model._meta.get_fields())
