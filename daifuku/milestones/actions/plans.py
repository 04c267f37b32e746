"""The administrator says which milestones deals and orders usually have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.milestones import plans
from daifuku.milestones.anchors import ANCHORS
from daifuku.milestones.models import MilestonePlan
from daifuku.records.actions.powers import need_settings
from daifuku.staff.actions.changes import check_version, put
from daifuku.staff.models import Person, Role

MOST_STEPS, MOST_DAYS, MOST_PLANS = 40, 1000, 50
NUMBER = re.compile(r"-?[0-9]{1,4}")


def save_plan(
    key: str,
    values: Mapping[str, Any],
    *,
    by: Person,
    version: int | None = None,
    undoes: Event | None = None,
) -> MilestonePlan:
    """A new one, where there is none of this key. Raises Invalid, Forbidden, Stale, Conflict."""
    need_settings(by)
    cleaned = _cleaned(values)
    with ledger.writing():
        plans.settle()
        row = MilestonePlan.objects.select_for_update().filter(key=key).first() or MilestonePlan(key=key)
        new = row.pk is None
        if new and MilestonePlan.objects.count() >= MOST_PLANS:
            raise Conflict(_("ひな型は%(most)s個までです。") % {"most": MOST_PLANS}, code="too_many")
        check_version(row, version if row.pk else None)
        done = put(row, cleaned)
        if not done and undoes is None:
            return row
        row.version = row.version + 1 if row.pk else 1
        row.save()
        about = [ledger.About("milestone_plan", row.pk)]
        data = {"changes": done, "name": row.name}
        ledger.record("milestones.plan_changed", by=by, about=about, data=data, undoes=undoes)
    return row


def undo_changed(event: Event, by: Person) -> Undone:
    subject = event.subjects.first()
    row = MilestonePlan.objects.filter(pk=subject.record_id).first() if subject else None
    if row is None:
        raise ChangedSince
    back = {name: old for name, (old, new) in event.changes.items() if getattr(row, name) == new}
    if not back or any(old in (None, "") and name in {"name", "of"} for name, old in back.items()):
        # It was new: it is put away.
        back = {"active": False} if event.changes and row.active else {}
    if not back:
        raise ChangedSince
    now = {name: getattr(row, name) for name in ("name", "of", "process", "active", "steps")}
    save_plan(row.key, {**now, **back}, by=by, undoes=event)
    return Undone(1)


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    problems: list[FieldProblem] = []
    name = clean_text(str(values.get("name") or ""))
    if not 1 <= len(name) <= 60:
        problems.append(FieldProblem("name", _("名前を60文字以内で入力してください。"), code="required"))
    of = values.get("of")
    if of not in ANCHORS:
        problems.append(FieldProblem("of", _("商談か受注を選んでください。"), code="required"))
    steps = _steps(values.get("steps") or (), str(of), problems)
    if not steps and not problems:
        problems.append(FieldProblem("steps", _("節目を1つ以上入力してください。"), code="required"))
    if problems:
        raise Invalid(problems)
    process = str(values.get("process") or "") if of == "deal" else ""
    return {
        "name": name,
        "of": of,
        "process": process[:40],
        "active": bool(values.get("active", True)),
        "steps": steps,
    }


def _steps(sent: Sequence[Mapping[str, Any]], of: str, problems: list[FieldProblem]) -> list[dict[str, Any]]:
    if len(sent) > MOST_STEPS:
        sentence = _("節目は%(most)s個までです。") % {"most": MOST_STEPS}
        problems.append(FieldProblem("steps", sentence, code="too_many"))
        return []
    anchors = {key for key, _label, _attribute in ANCHORS.get(of, ())}
    roles, found = set(Role.objects.values_list("key", flat=True)), []
    for number, each in enumerate(sent):
        place = f"steps.{number}"
        step = clean_text(str(each.get("name") or ""))
        if not step:
            continue
        if len(step) > 120:
            problems.append(
                FieldProblem(f"{place}.name", _("120文字以内で入力してください。"), code="too_long")
            )
        if each.get("anchor") not in anchors:
            problems.append(
                FieldProblem(f"{place}.anchor", _("どの日から数えるかを選んでください。"), code="required")
            )
        days = _number(each.get("days", 0), -MOST_DAYS, f"{place}.days", problems)
        before = _number(each.get("before", 7), 0, f"{place}.before", problems)
        known = [role for role in each.get("roles") or () if role in roles]
        found.append(
            {"name": step, "anchor": each.get("anchor"), "days": days, "roles": known, "before": before}
        )
    return found


def _number(raw: Any, least: int, field: str, problems: list[FieldProblem]) -> int:
    text = str(raw).strip() or "0"
    most = MOST_DAYS if least else 365
    if not NUMBER.fullmatch(text) or not least <= int(text) <= most:
        sentence = _("%(least)sから%(most)sまでの日数を入力してください。") % {"least": least, "most": most}
        problems.append(FieldProblem(field, sentence, code="range"))
        return 0
    return int(text)
