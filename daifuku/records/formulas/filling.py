"""Works out a record's computed fields and puts them on it, before it is saved."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils import timezone, translation

from daifuku.ledger.channel import moment
from daifuku.records.catalogue.field import Field
from daifuku.records.formulas.evaluating import evaluate
from daifuku.records.formulas.functions import Now
from daifuku.records.formulas.plan import Computed, Plan
from daifuku.records.formulas.rolling import Roll
from daifuku.records.formulas.sources import TOKYO, fit, value_of
from daifuku.records.formulas.syntax import Call, Node, Reference, walk

FROM_NOTHING = frozenset({"count", "sum"})


def fill(object_type: Any, record: Any) -> None:
    """Call after the new values are on the record; where nothing is computed it costs nothing."""
    from daifuku.records.catalogue import vocabulary

    plan = vocabulary.plan_at_hand()
    if computed := plan.of(object_type.key):
        put_all(plan, computed, record)


def put_all(plan: Plan, computed: list[Computed], record: Any) -> None:
    """Words of choices are those of the firm's language, whoever saves."""
    with translation.override("ja"):
        for each in computed:
            if each.node is not None:
                each.field.put(record, result(each, record))
            elif each.broken:
                record.custom.pop(each.field.key, None)
            elif each.roll is not None and record.pk is None:
                each.field.put(record, from_nothing(each.field, each.roll))


def from_nothing(field: Field, roll: Roll) -> Any:
    """To a new record nothing links."""
    return fit(field.type, value_of(field, 0)) if roll.how in FROM_NOTHING else None


def result(each: Computed, record: Any) -> Any:
    assert each.node is not None
    return fit(each.field.type, worked_out(each.node, record))


def worked_out(node: Node, record: Any) -> Any:
    return evaluate(node, lambda reference: read(record, reference), now_for(node))


def now_for(node: Node | None = None) -> Now:
    """The firm's year is asked for only where a formula speaks of it."""
    today = timezone.localtime(moment(), TOKYO).date()
    return Now(today, fiscal_start()) if node is not None and _speaks_of_years(node) else Now(today)


@lru_cache(maxsize=512)
def _speaks_of_years(node: Node) -> bool:
    return any(isinstance(each, Call) and each.name == "FISCALYEAR" for each in walk(node))


def fiscal_start() -> int:
    from daifuku.staff.models import Company

    return Company.objects.values_list("fiscal_start_month", flat=True).first() or 4


def read(record: Any, reference: Reference) -> Any:
    """The value of the field to which the steps lead. Behind a link to nothing, into the trash, or to a record that its
    owner keeps to a few, all is blank: what is computed is the same for everybody."""
    from daifuku.records.catalogue import vocabulary

    for number, step in enumerate(reference.steps):
        field = vocabulary.plan_fields(record.object_key).get(step)
        if field is None:
            return None
        value = field.get(record)
        if number + 1 == len(reference.steps):
            return value_of(field, value)
        if value is None or value.trashed_at is not None or value.privacy:
            return None
        record = value
    return None
