"""The parts that come with the program: complaints first, then what is missing, leads, moves, overdue, voices."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.activities.models import Plan, Talk, Task
from daifuku.activities.showing import beginning
from daifuku.daily import recorded
from daifuku.daily.morning.sheet import MOST, Found, Line, Morning, Section, line_of, register
from daifuku.daily.then import AROUND, open_plans
from daifuku.duties.models import Duty, State
from daifuku.duties.showing import COLOURS, lines_of
from daifuku.duties.showing import Line as DutyLine
from daifuku.records.addresses import any_of, narrowed_list
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.scope import seen_by_keys

COMPLAINT, FEW = "complaint", 10
BESIDE = ("account", "contact", "lead", "owner")


def register_own() -> None:
    register(
        Section("complaints", gettext_lazy("クレーム"), complaints, 10, gettext_lazy("クレームはありませんでした。")),
        Section("troubles", gettext_lazy("入力漏れと遅れ"), troubles, 20, gettext_lazy("入力漏れも遅れもありません。")),
        Section("leads", gettext_lazy("新しい見込み客と担当"), leads, 30),
        Section("moves", gettext_lazy("状況が動いたお客様"), moves, 40),
        Section("overdue", gettext_lazy("期限を過ぎているもの"), overdue, 60),
        Section("voices", gettext_lazy("お客様の声"), voices, 70),
    )  # fmt: skip


def complaints(morning: Morning) -> Found | None:
    if not morning.viewer.may("talk", "view"):
        return None
    rows = Talk.objects.visible_to(morning.viewer).filter(
        owner_id__in=morning.keys, started_at__gte=morning.span.start, started_at__lt=morning.span.end,
        content=COMPLAINT,
    )  # fmt: skip
    fields = vocabulary.fields_for(morning.viewer, "talk")
    if "content" not in fields:
        return None
    found = list(
        rows.select_related("account", "contact", "lead", "owner").order_by("-started_at", "-id")[:MOST]
    )
    total = rows.count()
    lines = [
        line_of(
            talk, morning.viewer, person=talk.owner, at=talk.started_at,
            note=beginning(talk.text, known=talk.subject) if "text" in fields else "",
            chips=[(_("あとから記録"), "orange")] if talk.created_at > morning.span.end else [],
        )
        for talk in found
    ]  # fmt: skip
    return Found(lines, total, _list_of_complaints(morning))


def _list_of_complaints(morning: Morning) -> str:
    span = [morning.span.start.isoformat(), (morning.span.end - timedelta(seconds=1)).isoformat()]
    within = {"field": "started_at", "op": "between", "value": span}
    return narrowed_list("talks", any_of("content", COMPLAINT), within)


def troubles(morning: Morning) -> Found:
    """What was expected by the end of the day and is not there, or came late; of the reports the table tells."""
    until = morning.span.end
    rows = (
        Duty.objects.visible_to(morning.viewer)
        .filter(owner_id__in=morning.keys, due_on__gte=morning.day, due_at__lt=until, weight__gt=0)
        .exclude(kind="daily_report")
        .filter(Q(state=State.LATE) | Q(state=State.OPEN, due_at__lte=morning.now))
        .select_related("owner", "substitute")
        .order_by("owner_id", "due_at", "id")
    )
    found = list(rows[:MOST])
    total = rows.count()
    told = lines_of(found, morning.viewer, morning.now)
    return Found(
        [
            Line(
                each.name, each.duty.get_absolute_url(), person=each.duty.owner, at=each.duty.due_at,
                chips=[_standing(each, until)], who=each.who, note=each.duty.plea or each.duty.reason,
            )
            for each in told
        ],
        total,
    )  # fmt: skip


def _standing(line: DutyLine, until: datetime) -> tuple[Any, str]:
    """What came after that evening was still missing then."""
    if line.duty.done_at is not None and line.duty.done_at >= until:
        return State.MISSING.label, COLOURS[State.MISSING]
    return line.state_words, line.colour


def leads(morning: Morning) -> Found | None:
    """New ones, and those that went to somebody else."""
    if not morning.viewer.may("lead", "view"):
        return None
    grouped: dict[tuple[str, int], list[recorded.Entry]] = {}
    for entry in morning.leads:
        if entry.made or "owner" in entry.event.changes:
            grouped.setdefault((entry.object, entry.key), []).append(entry)
    show_owner = "owner" in vocabulary.fields_for(morning.viewer, "lead")
    lines = []
    for at, entries in grouped.items():
        record = morning.lead_records.get(at)
        if record is None:
            continue
        steps = _owners(entries) if show_owner else []
        lines.append(
            line_of(
                record, morning.viewer, at=entries[0].event.at, note=" → ".join(steps),
                chips=[(_("新規"), "green")] if any(each.made for each in entries) else [(_("担当変更"), "blue")],
            )
        )  # fmt: skip
    return Found(lines[:MOST], len(lines))


def _owners(entries: list[recorded.Entry]) -> list[str]:
    """From whom to whom, in the order of the ledger."""
    names: list[str] = []
    for entry in entries:
        old, new = entry.event.changes.get("owner", [None, None])
        for value in (old, new):
            name = str(value.get("label", "")) if isinstance(value, dict) else ""
            if name and (not names or names[-1] != name):
                names.append(name)
    return names or [_("担当未定")]


def moves(morning: Morning) -> Found | None:
    """Leads that went from one status to another, with who moved them."""
    fields = vocabulary.fields_for(morning.viewer, "lead")
    if "status" not in fields or not morning.viewer.may("lead", "view"):
        return None
    lines = []
    for entry in morning.leads:
        old, new = entry.event.changes.get("status", [None, None])
        record = morning.lead_records.get((entry.object, entry.key))
        if entry.made or record is None or old == new:
            continue
        before, after = recorded.words_of(fields["status"], old, new)
        lines.append(
            line_of(
                record,
                morning.viewer,
                person=entry.event.actor,
                at=entry.event.at,
                note=f"{before} → {after}",
            )
        )
    return Found(lines[:MOST], len(lines))


def overdue(morning: Morning) -> Found | None:
    """Tasks and plans that should have been done by then, as it was at the end of the day, the oldest first."""
    viewer = morning.viewer
    told, total = [], 0
    if viewer.may("task", "view"):
        tasks = Task.objects.visible_to(viewer).filter(
            owner_id__in=morning.keys, due_on__lte=morning.day, created_at__lt=morning.until
        )
        waiting = tasks.filter(done_at__isnull=True).select_related(*BESIDE).order_by("due_on", "id")
        since = tasks.filter(done_at__gte=morning.until, due_on__gte=morning.day - AROUND)
        done = list(since.select_related(*BESIDE).order_by("due_on", "id")[:MOST])
        told += [(task.due_on, task) for task in [*waiting[:MOST], *done]]
        total += waiting.count() + len(done)
    if viewer.may("plan", "view"):
        rows = Plan.objects.visible_to(viewer).filter(owner_id__in=morning.keys).select_related(*BESIDE)
        still, changed = open_plans(rows, None, morning.span.start, morning.until)
        found = [*still.order_by("started_at", "id")[:MOST], *changed]
        told += [(timezone.localdate(plan.started_at), plan) for plan in found]
        total += still.count() + len(changed)
    told.sort(key=lambda each: each[0])
    lines = [
        line_of(
            record, viewer, person=record.owner,
            note=_("%(month)s/%(day)sまで") % {"month": due.month, "day": due.day},
            chips=[(registry.of(record).name, "blue" if record.object_key == "task" else "orange")],
        )
        for due, record in told[:FEW]
    ]  # fmt: skip
    return Found(lines, total)


def voices(morning: Morning) -> Found | None:
    """What customers said about products, where the firm collects it."""
    if not registry.has("voice") or not morning.viewer.may("voice", "view"):
        return None
    entries = recorded.entries(morning.span, ["voice.created"])
    model, keys = registry.get("voice").model, [entry.key for entry in entries]
    seen = seen_by_keys(model, keys, morning.viewer, linked=("account", "contact", "lead"))
    told = [entry for entry in entries if entry.key in seen]
    lines = [
        line_of(seen[entry.key], morning.viewer, person=entry.event.actor, at=entry.event.at)
        for entry in told[:MOST]
    ]
    return Found(lines, len(told))
