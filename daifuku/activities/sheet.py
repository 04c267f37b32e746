"""What this room tells on a customer's sheet: what is next, what is promised, what was talked about last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from daifuku.activities import panels
from daifuku.activities.models import Plan, Talk, Task
from daifuku.activities.showing import Line
from daifuku.customers.sheet import MOST, Ahead, Item, Items, Section, register
from daifuku.records.catalogue import vocabulary
from daifuku.staff.viewer import Viewer


def register_sections() -> None:
    register(
        Section("promised", gettext_lazy("約束していること"), promised, 50,
                empty=gettext_lazy("終わっていないタスクはありません。"), ahead=_of_many(promised, Task)),
        Section("next", gettext_lazy("これからの予定"), upcoming, 60,
                empty=gettext_lazy("これからの予定は入っていません。"), ahead=_of_many(upcoming, Plan)),
        Section("talks", pgettext_lazy("sheet", "最近のやりとり"), talks, 70,
                empty=gettext_lazy("取引の記録はまだありません。"), ahead=_of_many(talks, Talk)),
    )  # fmt: skip


def _of_many(items: Callable[..., Sequence[Item] | None], model: Any) -> Ahead:
    """The same with the rows of all customers asked for at once."""

    def ahead(records: Sequence[Any], viewer: Viewer) -> Items:
        asked: panels.Asked = {each: {record.pk: [] for record in records} for each in (Talk, Plan)}
        return partial(items, asked={**asked, model: panels.rows_of_many(model, records)})

    return ahead


def promised(
    record: Any, viewer: Viewer, today: date, asked: panels.Asked | None = None
) -> Sequence[Item] | None:
    found = panels.tasks(record, viewer, asked)
    if found is None:
        told = record.object_key in vocabulary.fields_for(viewer, "task") and viewer.may("task", "view")
        return [] if told else None
    return [_task(line) for line in found["tasks"][:MOST]]


def upcoming(
    record: Any, viewer: Viewer, today: date, asked: panels.Asked | None = None
) -> Sequence[Item] | None:
    found = panels.activities(record, viewer, asked) if viewer.may("plan", "view") else None
    return None if found is None else [_meeting(line) for line in found["plans"][:MOST]]


def talks(
    record: Any, viewer: Viewer, today: date, asked: panels.Asked | None = None
) -> Sequence[Item] | None:
    found = panels.activities(record, viewer, asked) if viewer.may("talk", "view") else None
    return None if found is None else [_meeting(line) for line in found["talks"][:MOST]]


def _task(line: Line) -> Item:
    task: Task = line.record
    due = _("期限 %(day)s") % {"day": date_format(task.due_on, "Y/n/j(D)")} if task.due_on else _("期限なし")
    return Item(str(task), due, task.get_absolute_url(), _words(line), _by(task), line.overdue)


def _meeting(line: Line) -> Item:
    """When and how; below it what about."""
    meeting = line.record
    more = " ".join(part for part in (line.text, getattr(meeting, "next_step", "")) if part)
    words = f"{_clock(meeting.started_at)} {more}".strip()
    return Item(str(meeting), words, meeting.get_absolute_url(), _words(line), _by(meeting), line.overdue)


def _clock(at: datetime) -> str:
    return date_format(timezone.localtime(at), "Y/n/j(D) H:i")


def _words(line: Line) -> list[tuple[str, str]]:
    return [(option.name, option.colour) for option in line.words]


def _by(record: Any) -> str:
    return str(record.owner) if record.owner else ""
