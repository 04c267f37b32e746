"""What stands on the page of a firm, a person, a lead: what is ahead and the talks of late. On a plan: what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.activities.models import Plan, Talk, Task
from daifuku.activities.models.plan import OPEN
from daifuku.activities.objects.plan import PLAN
from daifuku.activities.objects.task import TASK
from daifuku.activities.repetition import words_of
from daifuku.activities.showing import plan_line, talk_line, task_line
from daifuku.customers.objects.account import ACCOUNT
from daifuku.customers.objects.contact import CONTACT
from daifuku.customers.objects.lead import LEAD
from daifuku.deals.objects.deal import DEAL
from daifuku.foundation.sql.first_of_each import first_of_each
from daifuku.foundation.sql.prepared import Told
from daifuku.orders.objects.order import ORDER
from daifuku.records.addresses import any_of, begun_form, narrowed_list
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.panel import Panel
from daifuku.records.first_rows import FETCHED, FirstRows
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

MOST = 20


def register() -> None:
    for object_type in (ACCOUNT, CONTACT, LEAD, DEAL):
        object_type.panels.append(
            Panel(
                "activities",
                _("活動"),
                "activities/panels/activities.html",
                activities,
                "main",
                10,
                _asked_of_activities,
            )
        )
        object_type.panels.append(
            Panel(
                "tasks",
                pgettext_lazy("many", "タスク"),
                "activities/panels/tasks.html",
                tasks,
                "main",
                15,
                lambda record, viewer: [TASKS[record.object_key].told(record.pk)],
            )
        )
    ORDER.panels.append(
        Panel(
            "activities", _("取引履歴"), "activities/panels/activities.html", activities, "main", 10,
            _asked_of_activities,
        )
    )  # fmt: skip
    TASK.panels.append(
        Panel("turn", _("このタスク"), "activities/panels/turn_task.html", turning_task, "head", 1)
    )
    TASK.panels.append(
        Panel("checklist", _("チェックリスト"), "activities/panels/checklist.html", checklist, "main", 5)
    )
    TASK.panels.append(
        Panel("repetition", _("繰り返し"), "activities/panels/repetition.html", repeating_task, "main", 6)
    )
    PLAN.panels.append(Panel("series", _("繰り返し"), "activities/panels/series.html", series, "main", 5))
    PLAN.panels.append(Panel("turn", _("この予定"), "activities/panels/turn.html", turning, "head", 1))


LINKED = ("account", "contact", "lead", "owner")
DUE = (F("due_on").asc(nulls_last=True), "id")
NEWEST, NEXT = ("-started_at", "-id"), ("started_at", "id")


def _due(tasks: Any) -> QuerySet[Task]:
    rows: QuerySet[Task] = tasks.filter(done_at__isnull=True).select_related(*LINKED).order_by(*DUE)
    return rows


def _newest(talks: Any) -> QuerySet[Talk]:
    rows: QuerySet[Talk] = talks.select_related(*LINKED).order_by(*NEWEST)
    return rows


def _next(plans: Any) -> QuerySet[Plan]:
    rows: QuerySet[Plan] = plans.filter(state__in=OPEN).select_related(*LINKED).order_by(*NEXT)
    return rows


def rows_of_many(model: Any, records: Sequence[Any]) -> dict[int, list[Any]]:
    """What the panels look at, of many customers of one kind; one question."""
    ordered, order = {Talk: (_newest, NEWEST), Plan: (_next, NEXT), Task: (_due, DUE)}[model]
    found: dict[int, list[Any]] = {record.pk: [] for record in records}
    link = records[0].object_key if records else "account"
    rows = ordered(model.plain.filter(**{f"{link}__in": list(found)}, trashed_at__isnull=True))
    for row in first_of_each(rows, link, order, FETCHED):
        found[getattr(row, f"{link}_id")].append(row)
    return found


LINKS = ("account", "contact", "lead", "deal")
TALKS = {link: FirstRows(Talk, link, _newest) for link in (*LINKS, "order")}
PLANS = {link: FirstRows(Plan, link, _next) for link in LINKS}
TASKS = {link: FirstRows(Task, link, _due) for link in LINKS}


def _asked_of_activities(record: Any, viewer: Viewer) -> list[Told]:
    link = record.object_key
    return [questions[link].told(record.pk) for questions in (TALKS, PLANS) if link in questions]


Asked = dict[Any, dict[int, list[Any]]]

# Further ways to record a talk with this record, as (words, address), or None. Areas above add theirs.
WAYS: list[Callable[[Any], tuple[str, str] | None]] = []


def activities(record: Any, viewer: Viewer, asked: Asked | None = None) -> dict[str, Any] | None:
    """Two questions, however much there is; none where `asked` holds the rows of many, by model."""
    link = record.object_key
    told = [
        key
        for key in ("talk", "plan")
        if link in vocabulary.fields_for(viewer, key) and viewer.may(key, "view")
    ]
    if not told:
        return None
    talks = _first(TALKS[link], Talk, record, viewer, asked) if "talk" in told else []
    ahead = _first(PLANS[link], Plan, record, viewer, asked) if "plan" in told else []
    plans = _next_of_each_series(ahead)
    # On a person's page the firm is known; on a firm's page it is the page itself.
    besides = {"account", link}
    open_to_all = record.trashed_at is None
    return {
        "talks": [talk_line(talk, viewer, besides) for talk in talks[:MOST]],
        "plans": [plan_line(plan, viewer, besides) for plan in plans[:MOST]],
        "more_plans": _list_of("plans", record) if len(ahead) > len(plans[:MOST]) else "",
        "more_talks": _list_of("talks", record) if len(talks) > MOST else "",
        "new_talk": _new("talks", record) if open_to_all and viewer.may("talk", "create") else "",
        "ways": [found for way in WAYS if (found := way(record))]
        if open_to_all and viewer.may("talk", "create")
        else [],
        "new_plan": _new("plans", record)
        if open_to_all and "plan" in told and viewer.may("plan", "create")
        else "",
    }


def _next_of_each_series(plans: list[Plan]) -> list[Plan]:
    """What waits for its result, and of plans that repeat the next one: a weekly visit is not told eight times."""
    now, told, kept = timezone.now(), set[int | None](), []
    for plan in plans:
        comes_again = plan.series_id is not None and plan.started_at > now
        if comes_again and plan.series_id in told:
            continue
        if comes_again:
            told.add(plan.series_id)
        kept.append(plan)
    return kept


def tasks(record: Any, viewer: Viewer, asked: Asked | None = None) -> dict[str, Any] | None:
    """What is still to be done for this customer, by the day on which it must be done."""
    link = record.object_key
    if link not in vocabulary.fields_for(viewer, "task") or not viewer.may("task", "view"):
        return None
    found = _first(TASKS[link], Task, record, viewer, asked)
    may_create = record.trashed_at is None and viewer.may("task", "create")
    if not found and not may_create:
        return None
    return {
        "tasks": [task_line(task, viewer, {"account", link}) for task in found[:MOST]],
        "more": _list_of("tasks", record) if len(found) > MOST else "",
        "new": _new("tasks", record) if may_create else "",
    }


def _first(rows: FirstRows, model: Any, record: Any, viewer: Viewer, beforehand: Asked | None) -> list[Any]:
    known = None if beforehand is None else beforehand.get(model)
    return rows(record.pk, viewer, MOST + 1, None if known is None else known[record.pk])


def _list_of(slug: str, record: Any) -> str:
    return narrowed_list(slug, any_of(record.object_key, record.uid))


def _new(slug: str, record: Any) -> str:
    return begun_form(slug, **{record.object_key: record.uid})


def turning(plan: Plan, viewer: Viewer) -> dict[str, Any] | None:
    """The buttons of a plan that is still ahead."""
    if plan.trashed_at is not None or not plan.is_open or not sees(viewer, plan, "edit"):
        return None
    return {"may_finish": viewer.may("talk", "create")}


def turning_task(task: Task, viewer: Viewer) -> dict[str, Any] | None:
    return {} if task.trashed_at is None and sees(viewer, task, "edit") else None


def checklist(task: Task, viewer: Viewer) -> dict[str, Any] | None:
    may_edit = task.trashed_at is None and sees(viewer, task, "edit")
    if not task.items and not may_edit:
        return None
    return {"items": task.items, "done": sum(item["done"] for item in task.items), "may_edit": may_edit}


def repeating_task(task: Task, viewer: Viewer) -> dict[str, Any] | None:
    may_edit = task.trashed_at is None and sees(viewer, task, "edit")
    if not task.repetition and not may_edit:
        return None
    return {"words": words_of(task.repetition) if task.repetition else "", "may_edit": may_edit}


def series(plan: Plan, viewer: Viewer) -> dict[str, Any] | None:
    """How often it comes; what can be done with all that follow."""
    may_edit = plan.trashed_at is None and plan.is_open and sees(viewer, plan, "edit")
    found = plan.series
    if found is None:
        return {"words": ""} if may_edit and viewer.may("plan", "create") else None
    return {"words": words_of(found.repetition), "ended": found.ended_at is not None, "may_edit": may_edit}
