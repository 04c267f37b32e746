"""A task that comes again: done, it leaves the next one behind; undone again, it takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.activities import repetition
from daifuku.activities.models import Task
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid
from daifuku.foundation.repeating import next_after
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions import trash
from daifuku.records.actions.creating import insert
from daifuku.records.actions.editing import locked, stamp
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import Saved
from daifuku.records.formulas.filling import fill
from daifuku.records.scope import sees
from daifuku.records.undoing import subject_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

COPIED = ("subject", "priority", "text", "account_id", "contact_id", "lead_id", "owner_id")


def repeat_task(task: Task, values: Mapping[str, Any] | None, *, by: Person) -> Task:
    """Whenever it is done there will be a next one, as `values` say; None: it does not come again.

    Raises Invalid, Forbidden, NotFound.
    """
    with ledger.writing():
        task = _held(task, by)
        kept: dict[str, Any] = {}
        if values is not None:
            if task.due_on is None:
                sentence = _("先に期限を入れてください。期限から次の日を数えます。")
                raise Invalid([FieldProblem("due_on", sentence, code="required")])
            kept = repetition.clean(values, task.due_on)
        if kept != task.repetition:
            _keep(task, kept, by)
    return task


def undo_repeated(event: Event, by: Person) -> Undone:
    with ledger.writing():
        task = _held(subject_of(event), by)
        old, new = event.data["repetition"]
        if task.repetition != new:
            raise ChangedSince
        _keep(task, old, by, undoes=event)
    return Undone(1)


def _held(task: Task, by: Person) -> Task:
    held: Task = locked(task, viewer_of(by), "edit")
    return held


def _keep(task: Task, kept: dict[str, Any], by: Person, undoes: Event | None = None) -> None:
    data = {"repetition": [task.repetition, kept], "words": repetition.words_of(kept) if kept else ""}
    task.repetition = kept
    stamp(task)
    task.save(update_fields=["repetition", "version", "updated_at"])
    ledger.record(
        "task.repeated" if kept else "task.repeats_no_more",
        by=by, about=about(registry.get("task"), task), data=data, undoes=undoes,
    )  # fmt: skip


def keep_repeating(saved: Saved, by: Person) -> None:
    """After tasks were saved, by whichever way in: what was done leaves its next one, what was undone takes it back."""
    for task, changed in saved:
        if task.repetition and "state" in changed and task.version > 1:
            if task.is_done:
                _make_next(task, by)
            else:
                _take_next_back(task, by)


def next_of(task: Task) -> Task | None:
    found: Task | None = Task.plain.filter(previous=task, trashed_at__isnull=True).first()
    return found


def _make_next(task: Task, by: Person) -> None:
    due = due_after(task, timezone.localtime(moment()).date())
    if due is None or next_of(task) is not None:
        return
    object_type = registry.get("task")
    fresh = Task(created_by=by, previous=task, due_on=due, state="open", custom=dict(task.custom))
    for name in COPIED:
        setattr(fresh, name, getattr(task, name))
    fresh.items = [{**item, "done": False} for item in task.items]
    count = task.repetition["count"]
    fresh.repetition = {**task.repetition, "count": count and count - 1}
    fresh.created_at = fresh.updated_at = moment()
    fields = vocabulary.fields_of("task")
    object_type.prepare(fresh, frozenset(fields))
    fill(object_type, fresh)
    insert(object_type, fresh, fields, by=by)


def due_after(task: Task, today: date) -> date | None:
    """The day of the next one: what was done late is not asked for once more for every day that was missed."""
    count = task.repetition["count"]
    if count is not None and count <= 1:
        return None
    rule = repetition.rule_of(task.repetition)
    due = task.due_on or rule.start
    return next_after(rule, max(due, today) if due < today else due)


def _take_next_back(task: Task, by: Person) -> None:
    """Unless somebody has worked with it."""
    following = next_of(task)
    if following is not None and following.version == 1 and sees(viewer_of(by), following, "delete"):
        trash(following, by=by)
