"""A report of a working day is expected of everybody who writes one; whoever is off that day owes none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.daily import days, who
from daifuku.daily.models import Report, habits
from daifuku.daily.models.report import duty_key
from daifuku.duties import kinds
from daifuku.duties.actions import owe_many, release
from daifuku.duties.actions.fulfilling import fulfil_many
from daifuku.duties.actions.fulfilling import reopen as expect_again
from daifuku.duties.actions.owing import Owed
from daifuku.duties.models import Duty
from daifuku.duties.working import Calendar
from daifuku.foundation.reversing import url_of
from daifuku.ledger.models import Event

KIND = "daily_report"
# A server that stood still for a few days owes what it missed.
BACK = timedelta(days=4)


def register() -> None:
    kinds.register(
        kinds.Kind(KIND, gettext_lazy("日報"), icon="file", name=_name, do=_do, order=30),
    )


def owe_all(now: datetime | None = None, back: timedelta = BACK) -> int:
    """For the last working days and this one; what is there already stays. Returns how many are new."""
    now, rules = now or timezone.now(), habits()
    today, people = days.business_day(now, rules), who.writers(rules)
    calendar = Calendar([person.pk for person in people], today)
    owed, none = [], []
    for number in range(back.days, -1, -1):
        day = today - timedelta(days=number)
        if not calendar.works(day):
            continue
        closed = _closed(day)
        for person in people:
            if timezone.localdate(person.joined_at) > day:
                continue
            if calendar.off(person.pk, day) == "whole":
                none.append(duty_key(person.pk, day))
            else:
                owed.append(_owed(person.pk, day, rules, closed.get(person.pk)))
    release(none)
    return owe_many(owed)


def anything_to_owe() -> bool:
    """Only reads: whether today's are there already."""
    rules, now = habits(), timezone.now()
    today = days.business_day(now, rules)
    if not Calendar([], today).works(today):
        return False
    return not Duty.objects.filter(kind=KIND, facts__day=today.isoformat()).exists() and bool(
        who.writers(rules)
    )


def follow_trash(event: Event) -> None:
    """A report that lies in the trash was not handed in; restored, it was."""
    subject = event.subjects.filter(object=KIND).first()
    report = Report.plain.filter(pk=subject.record_id).first() if subject else None
    if report is None:
        return
    if report.trashed_at is not None:
        expect_again([report.duty])
    elif report.is_closed:
        fulfil_many([report.duty], by=report.owner, at=report.first_closed_at)


def _closed(day: date) -> dict[int, Report]:
    rows = Report.plain.filter(day=day, trashed_at__isnull=True)
    return {report.owner_id or 0: report for report in rows if report.is_closed}


def _owed(person: int, day: date, rules: Any, report: Report | None) -> Owed:
    due = days.due(day, rules)
    return Owed(
        duty_key(person, day), KIND, person, due, label="", url=f"{url_of('daily:mine')}?day={day.isoformat()}",
        facts={"day": day.isoformat()}, done_at=report.first_closed_at if report else None,
        done_by=person if report else None,
    )  # fmt: skip


def _name(duty: Any, record: Any) -> str:
    day = date.fromisoformat(duty.facts["day"]) if duty.facts.get("day") else duty.due_on
    return _("%(month)s月%(day)s日の日報") % {"month": day.month, "day": day.day}


def _do(duty: Any, record: Any) -> tuple[str, Any]:
    return duty.url, _("日報を書く")
