"""A report compiles itself: talks, plans, tasks, what was registered and changed, and what the reader may not see."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.activities.actions import cancel
from daifuku.daily import days
from daifuku.daily.actions import edit_habits
from daifuku.daily.compiling import Day, day_of
from daifuku.daily.models import habits
from daifuku.records import actions
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def compiled(cast: Cast, day: date, viewer: Any = None, closed_at: datetime | None = None) -> Day:
    return day_of(cast.aoyama, day, viewer_of(viewer or cast.aoyama), timezone.now(), habits(), closed_at)


def test_everything_of_the_day_is_there(
    cast: Cast, firm: Any, talk_at: Any, noon: datetime, today: date
) -> None:
    talk = talk_at(noon, minutes=30)
    plan = actions.create(
        "plan", {"account": firm, "started_at": noon, "method": "visit", "subject": "定例"}, by=cast.aoyama
    )
    cancel(plan, "先方都合", by=cast.aoyama)
    task = actions.create("task", {"subject": "見積を送る", "account": firm}, by=cast.aoyama)
    actions.edit(task, {"state": "done"}, by=cast.aoyama)
    actions.edit(firm, {"phone": "052-961-2571"}, by=cast.aoyama)
    lead = actions.create("lead", {"company": "新規商店", "family_name": "新田"}, by=cast.aoyama)
    found = compiled(cast, today)
    assert [item.line.record for item in found.talks] == [talk]
    assert found.minutes == 30
    assert [item.line.record.reason for item in found.plans] == ["先方都合"]
    assert [item.line.record for item in found.tasks] == [task]
    assert [(each.record, each.made) for each in found.records] == [(firm, True), (lead, True)]


def test_night_work_belongs_to_the_day_before(cast: Cast, talk_at: Any, today: date) -> None:
    day = today - timedelta(days=7)
    night = days.span(day, habits()).end - timedelta(hours=3)
    talk = talk_at(night)
    assert [item.line.record for item in compiled(cast, day).talks] == [talk]
    edit_habits({"switches_at": 0}, by=cast.mizuno)
    assert compiled(cast, day).talks == []
    assert [item.line.record for item in compiled(cast, day + days.ONE).talks] == [talk]


def test_who_may_not_know_a_customer_reads_a_number(
    cast: Cast, firm: Any, talk_at: Any, noon: datetime, today: date
) -> None:
    talk_at(noon)
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    found = compiled(cast, today, viewer=cast.osaki)
    assert (found.talks, found.records, found.hidden) == ([], [], 2)


def test_what_came_after_closing_is_marked(cast: Cast, talk_at: Any, noon: datetime, today: date) -> None:
    before = talk_at(noon)
    closed_at = timezone.now()
    after = talk_at(noon + timedelta(minutes=1))
    actions.edit(before, {"text": "直した"}, by=cast.aoyama)
    marks = {item.line.record.pk: item.later for item in compiled(cast, today, closed_at=closed_at).talks}
    assert marks == {before.pk: "changed", after.pk: "added"}
