"""What comes again: a weekly meeting with a customer, and the invoices that are checked at the end of the month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from daifuku.activities.actions.repeating import repeat_task
from daifuku.activities.actions.series import repeat_plan
from daifuku.activities.actions.ticking import add_items, tick_item
from daifuku.activities.demo.plans import own_firms
from daifuku.customers.demo.house import REPS
from daifuku.customers.demo.stage import TOKYO, Stage, Step, working_minute
from daifuku.foundation.calendar import add_business_days, last_of_month
from daifuku.records import actions

LINES = ("締め日の過ぎた納品書を数える", "単価の変わった品を確かめる", "経理に渡す")


def repeating(random: Random) -> Iterator[Step]:
    for number, word in enumerate(REPS[:3]):
        yield Step(2, working_minute(random), partial(_meet_weekly, word, number), "page")
        yield Step(2, working_minute(random), partial(_check_invoices, word), "page")


def _meet_weekly(word: str, number: int, stage: Stage) -> None:
    own, by = own_firms(stage, word), stage.people[word]
    if not own:
        return
    day = add_business_days(stage.today, 2 + number)
    start = datetime.combine(day, time(16, 30), TOKYO)
    values = {
        "account": stage.saved[f"firm{own[0]}.0"], "method": "online", "subject": "定例の打ち合わせ",
        "text": "納期と在庫を確かめる。", "started_at": start, "ended_at": start + timedelta(minutes=30), "owner": by,
    }  # fmt: skip
    repeat_plan(actions.create("plan", values, by=by), {"unit": "week", "rest": "skip"}, by=by)


def _check_invoices(word: str, stage: Stage) -> None:
    by = stage.people[word]
    due = last_of_month(stage.today)
    values = {"subject": "月末の請求書を確かめる", "due_on": due, "priority": "middle", "owner": by}
    task = actions.create("task", values, by=by)
    task = add_items(task, LINES, by=by)
    task = tick_item(task, task.items[0]["key"], by=by)
    repeat_task(task, {"unit": "month", "day": 0, "rest": "before"}, by=by)
