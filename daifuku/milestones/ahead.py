"""What is ahead, week by week, for whoever has to act or to know: late ones first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from daifuku.milestones.models import Milestone
from daifuku.records.models.share import Share
from daifuku.records.scope import sees
from daifuku.staff.models import Role
from daifuku.staff.viewer import Viewer

WEEK, WEEKS, MOST = timedelta(days=7), 8, 300
MINE, ALL = "mine", "all"


@dataclass(frozen=True)
class Line:
    """`why` it is shown to somebody who is not its owner; `names` are the roles that should know."""

    milestone: Milestone
    late: int
    left: int
    may_edit: bool
    names: Sequence[str]
    account: Any = None
    of: Any = None


@dataclass(frozen=True)
class Week:
    name: str
    begin: date | None
    lines: list[Line]


def lines_of(viewer: Viewer, today: date, whose: str = MINE, until: date | None = None) -> list[Line]:
    """Open ones in the order of their days; with `mine` those that one has to do or should know."""
    rows = Milestone.objects.visible_to(viewer).filter(done_on__isnull=True)
    if until is not None:
        rows = rows.filter(due_on__lte=until)
    rows = rows.select_related("account", "deal", "order", "owner").order_by("due_on", "pk")
    if whose == ALL:
        return described(list(rows[:MOST]), viewer, today)
    found = [each for each in rows[: MOST * 10] if concerns(each, viewer, _member_of(viewer))]
    return described(found[:MOST], viewer, today)


def _member_of(viewer: Viewer) -> set[int]:
    memo = viewer.memo
    if "milestones" not in memo:
        rows = Share.objects.filter(object="milestone", person_id=viewer.pk).exclude(role="")
        memo["milestones"] = set(rows.values_list("record_id", flat=True))
    found: set[int] = memo["milestones"]  # type: ignore[assignment]
    return found


def concerns(milestone: Milestone, viewer: Viewer, member_of: set[int]) -> bool:
    """Has this person to see to it, or to know of it?"""
    if viewer.pk == milestone.owner_id or milestone.pk in member_of:
        return True
    return any(role.key in milestone.roles for role in viewer.roles)


def described(rows: Sequence[Milestone], viewer: Viewer, today: date) -> list[Line]:
    names = dict(Role.objects.values_list("key", "name")) if rows else {}
    return [_line(each, viewer, today, names) for each in rows]


def _line(milestone: Milestone, viewer: Viewer, today: date, names: dict[str, str]) -> Line:
    days = (milestone.due_on - today).days
    of, account = milestone.of, milestone.account
    people = [each["label"] for each in milestone.members]
    return Line(
        milestone, max(0, -days) if milestone.done_on is None else 0, max(0, days), sees(viewer, milestone, "edit"),
        [*(names.get(role, role) for role in milestone.roles), *people],
        account if account is not None and sees(viewer, account, "view") else None,
        of if of is not None and sees(viewer, of, "view") else None,
    )  # fmt: skip


def weeks(lines: Sequence[Line], today: date) -> list[Week]:
    """Late ones, this week, each of the next seven, and what is farther away; empty ones are left out but this week."""
    monday = today - timedelta(days=today.weekday())
    found = [Week(_("遅れ"), None, [line for line in lines if line.late])]
    for number in range(WEEKS):
        begin = monday + WEEK * number
        inside = [each for each in lines if not each.late and begin <= each.milestone.due_on < begin + WEEK]
        found.append(Week(_name(number, begin), begin, inside))
    far = [each for each in lines if each.milestone.due_on >= monday + WEEK * WEEKS]
    found.append(Week(_("それより先"), None, far))
    return [week for place, week in enumerate(found) if week.lines or place == 1]


def _name(number: int, begin: date) -> str:
    if number < 2:
        return (_("今週"), _("来週"))[number]
    return _("%(month)s月%(day)s日の週") % {"month": begin.month, "day": begin.day}


def for_today(viewer: Viewer, today: date) -> list[Line]:
    """What somebody sees on the page of his day: late ones, and those of the next two weeks."""
    if not viewer.may("milestone", "view"):
        return []
    return lines_of(viewer, today, MINE, today + WEEK * 2)[:12]
