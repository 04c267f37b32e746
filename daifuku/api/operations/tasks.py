"""The checklist of a task, and how it comes again."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.activities.actions.repeating import repeat_task
from daifuku.activities.actions.ticking import add_items, remove_item, tick_item
from daifuku.activities.models import Task
from daifuku.activities.repetition import words_of
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


class Repetition(Schema):
    model_config = ConfigDict(extra="forbid")

    unit: str = Field(..., description=noop("day（毎日）、workday（営業日）、week（毎週）、month（毎月）"))
    every: int = Field(1, description=noop("2なら2日ごと、2週間ごと、2か月ごと"))
    weekdays: list[int] = Field([], description=noop("毎週のときの曜日。0が月曜日"))
    day: int | None = Field(None, description=noop("毎月のときの日。0は末日"))
    rest: str = Field(
        "leave",
        description=noop(
            "休みの日に当たるとき: leave（そのまま）、skip（飛ばす）、before（前の営業日）、after（次の営業日）"
        ),
    )
    until: str | None = Field(None, description=noop("いつまで"))
    count: int | None = Field(None, description=noop("あと何回"))


class KeptRepetition(Schema):
    unit: str | None
    every: int | None = None
    weekdays: list[int] = []
    day: int | None = None
    rest: str | None = None
    until: str | None = None
    count: int | None = None
    start: str | None = Field(None, description=noop("数え始める日"))
    words: str = Field("", description=noop("言葉にしたもの"))


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


@fixed.get(
    "/tasks/{uid}/repetition",
    operation_id="repetition_task",
    summary=noop("繰り返し"),
    response=KeptRepetition,
)
def get_repetition(request: Asked, uid: str) -> Answer:
    """`unit` is null where it does not come again."""
    return _kept(_task(request, uid))


@fixed.put(
    "/tasks/{uid}/repetition",
    operation_id="repeat_task",
    summary=noop("繰り返しの設定"),
    response=KeptRepetition,
)
def repeat(request: Asked, uid: str, body: Repetition) -> Answer:
    """Days are counted from the task's own; done, it leaves the next one behind."""
    return _kept(repeat_task(_task(request, uid), body.dict(), by=request.auth.person))


@fixed.delete(
    "/tasks/{uid}/repetition", operation_id="stop_repeating_task", summary=noop("繰り返しをやめる"),
    response={204: None},
)  # fmt: skip
def stop(request: Asked, uid: str) -> Answer:
    """What was made already stays."""
    repeat_task(_task(request, uid), None, by=request.auth.person)
    return Answer(status=204)


def _kept(task: Task) -> Answer:
    kept = task.repetition
    return Answer({**kept, "words": words_of(kept)} if kept else {"unit": None})


def _task(request: Asked, uid: str) -> Task:
    task: Task = record_of(request.auth.viewer, object_of(request.auth.viewer, "tasks"), uid)
    return task
