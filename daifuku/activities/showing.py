"""A talk, a plan or a task in one line, as far as this person may see it: time, how, about what, with whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daifuku.activities.models import Plan, Talk, Task
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Option
from daifuku.records.scope import sees
from daifuku.records.showing import hidden_name
from daifuku.staff.viewer import Viewer

LONGEST = 120


@dataclass(frozen=True)
class Line:
    """`who` are the people and firms that are told besides the one whose page it is."""

    record: Any
    words: Sequence[Option]
    text: str
    who: Sequence[tuple[str, str]]
    overdue: bool = False
    may_finish: bool = False


def talk_line(talk: Talk, viewer: Viewer, besides: Iterable[str]) -> Line:
    return Line(
        talk, _words(talk, viewer, ("method", "content")), _text(talk, viewer), who(talk, viewer, besides)
    )


def plan_line(plan: Plan, viewer: Viewer, besides: Iterable[str], now: datetime | None = None) -> Line:
    """Overdue is what should be over and has neither a result nor a reason."""
    now = now or timezone.now()
    return Line(
        plan, _words(plan, viewer, ("method",)), "", who(plan, viewer, besides),
        plan.is_open and (plan.ended_at or plan.started_at) < now, plan.is_open and sees(viewer, plan, "edit"),
    )  # fmt: skip


def task_line(task: Task, viewer: Viewer, besides: Iterable[str], today: date | None = None) -> Line:
    """Its state is told by where it stands; the priority in its colour."""
    today = today or timezone.localdate()
    return Line(
        task, _words(task, viewer, ("priority",)), "", who(task, viewer, besides),
        not task.is_done and task.due_on is not None and task.due_on < today, sees(viewer, task, "edit"),
    )  # fmt: skip


def _words(record: Any, viewer: Viewer, names: Iterable[str]) -> list[Option]:
    fields = vocabulary.fields_for(viewer, record.object_key)
    given = [(fields[name], getattr(record, name)) for name in names if name in fields]
    return [field.type.option(value) for field, value in given if value]  # type: ignore[attr-defined]


def _text(talk: Talk, viewer: Viewer) -> str:
    """The beginning of what was said, unless that is its name already."""
    if "text" not in vocabulary.fields_for(viewer, "talk"):
        return ""
    return beginning(talk.text, known=talk.subject)


def beginning(text: str, longest: int = LONGEST, *, known: str = "") -> str:
    """In one line; nothing where it is `known` already, as the name beside which it would stand."""
    words = " ".join(text.split())
    if words == known:
        return ""
    return words if len(words) <= longest else f"{words[:longest]}…"


def short(moment: datetime) -> str:
    """11月24日 14:05."""
    return date_format(timezone.localtime(moment), _("n月j日 H:i"))


def who(record: Any, viewer: Viewer, besides: Iterable[str]) -> list[tuple[str, str]]:
    """(name, address) each; without an address where the person may not know who it is."""
    fields = vocabulary.fields_for(viewer, record.object_key)
    found = [(_("社内"), "")] if getattr(record, "internal", None) else []
    for name in ("account", "contact", "lead"):
        if name in besides or name not in fields:
            continue
        other = getattr(record, name)
        if other is None:
            continue
        if sees(viewer, other, "view"):
            found.append((str(other), other.get_absolute_url()))
        else:
            found.append((hidden_name(other.object_key), ""))
    return found
