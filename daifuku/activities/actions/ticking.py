"""The checklist of a task: items are added, ticked one by one, taken out; each is a line and can be taken back."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.activities.models import Task
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid, NotFound
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.editing import locked, stamp
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import registry
from daifuku.records.undoing import subject_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

MOST, LONGEST = 50, 200
Item = dict[str, Any]


def add_items(task: Task, lines: str | Iterable[str], *, by: Person) -> Task:
    """An item for every line that says something. Raises Invalid, Forbidden, NotFound."""
    given = lines.splitlines() if isinstance(lines, str) else list(lines)
    texts = [text for text in (clean_text(str(line)) for line in given) if text]
    if not texts:
        raise Invalid([FieldProblem("text", _("することを入力してください。"), code="required")])
    if any(len(text) > LONGEST for text in texts):
        raise Invalid([FieldProblem("text", _("1行200文字以内で入力してください。"), code="too_long")])
    with ledger.writing():
        task = _held(task, by)
        if len(task.items) + len(texts) > MOST:
            raise Invalid([FieldProblem("text", _("チェックリストは50件までです。"), code="too_many")])
        added = [{"key": secrets.token_hex(4), "text": text, "done": False} for text in texts]
        data = {"items": added, "text": "\n".join(texts)}
        _write(task, [*task.items, *added], "task.item_added", data, by)
    return task


def tick_item(task: Task, key: str, *, by: Person, done: bool = True) -> Task:
    """The item is done, or is not; where it stands so already nothing is written. Raises Forbidden, NotFound."""
    with ledger.writing():
        task = _held(task, by)
        item = _item(task, key)
        if item["done"] != done:
            _tick(task, item, done, by)
    return task


def remove_item(task: Task, key: str, *, by: Person) -> Task:
    """Raises Forbidden, NotFound."""
    with ledger.writing():
        task = _held(task, by)
        item = _item(task, key)
        data = {"item": item, "at": task.items.index(item), "text": item["text"]}
        _write(task, [each for each in task.items if each is not item], "task.item_removed", data, by)
    return task


def undo_added(event: Event, by: Person) -> Undone:
    with ledger.writing():
        task = _held(subject_of(event), by)
        keys = {item["key"] for item in event.data["items"]}
        left = [item for item in task.items if item["key"] not in keys]
        if len(left) == len(task.items):
            raise ChangedSince
        data = {"item": event.data["items"][0], "at": 0, "text": event.data["text"]}
        _write(task, left, "task.item_removed", data, by, undoes=event)
    return Undone(1)


def undo_ticked(event: Event, by: Person) -> Undone:
    with ledger.writing():
        task = _held(subject_of(event), by)
        old, new = event.data["done"]
        item = next((each for each in task.items if each["key"] == event.data["key"]), None)
        if item is None or item["done"] != new:
            raise ChangedSince
        _tick(task, item, old, by, undoes=event)
    return Undone(1)


def undo_removed(event: Event, by: Person) -> Undone:
    with ledger.writing():
        task, item = _held(subject_of(event), by), event.data["item"]
        if any(each["key"] == item["key"] for each in task.items):
            raise ChangedSince
        at = event.data["at"]
        items = [*task.items[:at], item, *task.items[at:]]
        _write(task, items, "task.item_added", {"items": [item], "text": item["text"]}, by, undoes=event)
    return Undone(1)


def _held(task: Task, by: Person) -> Task:
    held: Task = locked(task, viewer_of(by), "edit")
    return held


def _item(task: Task, key: str) -> Item:
    found: Item | None = next((item for item in task.items if item["key"] == key), None)
    if found is None:
        raise NotFound
    return found


def _tick(task: Task, item: Item, done: bool, by: Person, undoes: Event | None = None) -> None:
    items = [{**each, "done": done} if each is item else each for each in task.items]
    data = {"key": item["key"], "text": item["text"], "done": [item["done"], done]}
    _write(task, items, "task.item_ticked" if done else "task.item_unticked", data, by, undoes)


def _write(
    task: Task, items: list[Item], kind: str, data: dict[str, Any], by: Person, undoes: Event | None = None
) -> None:
    task.items = items
    stamp(task)
    task.save(update_fields=["items", "version", "updated_at"])
    ledger.record(kind, by=by, about=about(registry.get("task"), task), data=data, undoes=undoes)
