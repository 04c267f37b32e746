"""The checklist of a task."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.activities.actions.ticking import add_items, remove_item, tick_item
from daifuku.activities.models import Task
from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.routing import fixed


class TaskItem(Schema):
    key: str = Field(..., description=noop("この項目の番号"))
    text: str
    done: bool


class TaskItems(Schema):
    items: list[TaskItem]


class NewItems(Schema):
    model_config = ConfigDict(extra="forbid")

    texts: list[str] = Field(..., description=noop("することを一つずつ"), max_length=50)


class Tick(Schema):
    model_config = ConfigDict(extra="forbid")

    done: bool


@fixed.get(
    "/tasks/{uid}/items", operation_id="items_task", summary=noop("チェックリスト"), response=TaskItems
)
def list_items(request: Asked, uid: str) -> Answer:
    """In their order."""
    return Answer({"items": _task(request, uid).items})


@fixed.post(
    "/tasks/{uid}/items", operation_id="add_items_task", summary=noop("チェックリストへの追加"),
    response={201: TaskItems},
)  # fmt: skip
def add(request: Asked, uid: str, body: NewItems) -> Answer:
    """Returns all of them."""
    task = add_items(_task(request, uid), body.texts, by=request.auth.person)
    return Answer({"items": task.items}, 201)


@fixed.patch(
    "/tasks/{uid}/items/{item}", operation_id="tick_item_task", summary=noop("チェックリストの消し込み"),
    response=TaskItems,
)  # fmt: skip
def tick(request: Asked, uid: str, item: str, body: Tick) -> Answer:
    """To what it is already it is not changed."""
    task = tick_item(_task(request, uid), item, by=request.auth.person, done=body.done)
    return Answer({"items": task.items})


@fixed.delete(
    "/tasks/{uid}/items/{item}", operation_id="remove_item_task", summary=noop("チェックリストから外す"),
    response={204: None},
)  # fmt: skip
def remove(request: Asked, uid: str, item: str) -> Answer:
    """Undoing its line brings it back."""
    remove_item(_task(request, uid), item, by=request.auth.person)
    return Answer(status=204)


def _task(request: Asked, uid: str) -> Task:
    task: Task = record_of(request.auth.viewer, object_of(request.auth.viewer, "tasks"), uid)
    return task
