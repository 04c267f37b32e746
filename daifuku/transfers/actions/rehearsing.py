"""What would become of a batch of rows: asked by the check beforehand and by the import itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.dedupe.many import Rows
from daifuku.foundation.errors import DomainError
from daifuku.records.actions.rows import rehearse_changes, rehearse_create
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of
from daifuku.transfers.doubles import called, find_doubles
from daifuku.transfers.models import Import
from daifuku.transfers.planning import Planned, sentences

Results = list[Any]


def rehearse(plans: Sequence[Planned], imported: Import, by: Person) -> dict[int, Any]:
    """By line: the record that would be new, the changes of one that is there, or the DomainError.

    Rows that are refused already are asked too, so that all that is wrong with a row is said at once.
    """
    new = [plan for plan in plans if not plan.nobody and plan.record is None]
    old = [plan for plan in plans if not plan.nobody and plan.record is not None]
    results: dict[int, Any] = {}
    values = [_without_waiting_parent(plan) for plan in new]
    for plan, made in zip(new, _made(imported, values, by), strict=True):
        results[plan.line] = made
    rows = [(plan.record, _without_waiting_parent(plan)) for plan in old]
    for plan, done in zip(old, rehearse_changes(imported.object, rows, by=by) if rows else [], strict=True):
        results[plan.line] = done
    return results


def _made(imported: Import, values: Sequence[dict[str, Any]], by: Person) -> Results:
    return rehearse_create(imported.object, values, by=by) if values else []


def _without_waiting_parent(plan: Planned) -> dict[str, Any]:
    """The parent is not there yet, the rest can be checked."""
    if not plan.waiting:
        return plan.values
    return {key: value for key, value in plan.values.items() if key != plan.waits_for}


def refuse(plans: Sequence[Planned], results: dict[int, Any], object_key: str) -> None:
    """Gives the plans whose rehearsal failed their reasons."""
    fields = vocabulary.fields_of(object_key)
    for plan in plans:
        result = results.get(plan.line)
        if isinstance(result, DomainError):
            plan.reasons += sentences(result, fields)


def notice_doubles(
    plans: Sequence[Planned], results: dict[int, Any], imported: Import, by: Person, rows: Rows
) -> None:
    """Marks new rows that may be a record that is there or one of the earlier `rows`, and refuses them where that was
    chosen.

    Whose import it is reads what comes of it, names too: so it is looked with his eyes, whoever acts for him.
    """
    viewer = viewer_of(imported.by if imported.by.is_active else by)
    new = [plan for plan in plans if not plan.reasons and plan.record is None]
    records = [results.get(plan.line) for plan in new]
    for plan, record, double in zip(
        new, records, find_doubles(imported.object, records, viewer), strict=True
    ):
        plan.double = double or rows.double_of(record)
        if plan.double is not None and imported.doubles == Import.Doubles.REJECT:
            plan.reasons.append(str(_("%(record)sと同じと思われます。") % {"record": called(plan.double)}))
        else:
            rows.add(plan.line, record)
