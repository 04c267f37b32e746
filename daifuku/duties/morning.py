"""Every working day before work begins: one job finds what was forgotten and left alone, and tells everybody his part.

Each step does what is left of it and nothing twice, so that a job that was killed begins again from the step at which
it stood. Areas above append steps from `apps.ready()`: quotes without an answer, the ledger of penalties.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from daifuku.duties import absences, telling
from daifuku.duties.actions.asking import ask_why
from daifuku.duties.finding import leads, quiet
from daifuku.duties.models import Policy
from daifuku.duties.models.policy import policy
from daifuku.duties.sources.sweeping import sweep, sweep_again
from daifuku.duties.working import Calendar
from daifuku.jobs import queue
from daifuku.jobs.running import Running
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment

JOB = "duties.morning"
# What came late or takes days is looked at once more.
AGAIN = timedelta(days=8)
# So many seconds at most for what a minute has left over.
LONGEST = 600.0


@dataclass(frozen=True)
class Step:
    """`run(today, now, rules)` returns how many it has found; the steps are run in the order of `order`."""

    key: str
    label: Any
    run: Callable[[date, datetime, Policy], int]
    order: int = 50


def _sweep(today: date, now: datetime, rules: Policy) -> int:
    return sweep(now, LONGEST) + sweep_again(now, AGAIN)


def _away(today: date, now: datetime, rules: Policy) -> int:
    absences.put_off(absences.everybody_with_time_off(today), today)
    return absences.stand_in(today)


def _ask(today: date, now: datetime, rules: Policy) -> int:
    asked = ask_why(today, rules)
    telling.ask(asked)
    telling.escalate(asked, rules)
    return len(asked)


def _tell(today: date, now: datetime, rules: Policy) -> int:
    return telling.tell_everybody(today)


STEPS = [
    Step("sweep", _("予定の結果と取引の記録"), _sweep, 10),
    Step("away", _("不在の人の代理"), _away, 20),
    Step("leads", _("一度も連絡していない見込み客"), leads.find, 30),
    Step("quiet", _("普段より長く連絡していないお客様"), quiet.find, 40),
    Step("why", _("入力できない理由の質問"), _ask, 80),
    Step("tell", _("お知らせ"), _tell, 90),
]


def begin(today: date | None = None) -> None:
    """Puts today's job into the queue, on working days; twice is once."""
    day = today or timezone.localdate(moment())
    if not Calendar([], day).works(day):
        return
    with translation.override("ja"):
        queue.enqueue(
            JOB, {"day": day.isoformat()}, by=None, title=str(_("朝の入力漏れの確認")), key=f"{JOB}:{day}"
        )


def run(running: Running) -> None:
    """The job."""
    today = date.fromisoformat(running.payload["day"])
    steps = sorted(STEPS, key=lambda step: step.order)
    running.expect(len(steps))
    for step in steps:
        if step.key in running.result:
            continue
        number = step.run(today, moment(), policy())
        with ledger.writing():
            running.result[step.key] = number
            running.advance()
    running.result["url"] = "/duties/"


def words_of(result: dict[str, Any]) -> list[tuple[Any, int]]:
    """What each step has found, for the page of the job."""
    return [
        (step.label, result[step.key]) for step in sorted(STEPS, key=lambda s: s.order) if step.key in result
    ]
