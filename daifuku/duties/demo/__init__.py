"""The demo's last weeks: 本山 enters at once, 熱田 hardly, 八事 in the evening; who was asked why, and what he said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any

from daifuku.activities.actions import finish
from daifuku.activities.demo.plans import own_firms
from daifuku.activities.demo.words import PLANS, TALKS
from daifuku.activities.models import Talk
from daifuku.customers.demo.stage import TOKYO, Stage, Step
from daifuku.duties.actions import answer_why, ask_why, edit_policy, plead, take_day_off
from daifuku.duties.finding import leads, quiet
from daifuku.duties.models import Duty, Part, Why
from daifuku.duties.models.policy import policy
from daifuku.duties.sources.sweeping import sweep
from daifuku.ledger.channel import through
from daifuku.records import actions

DAYS = 21
# How many minutes after the visit each of them enters it, in turn; None is never.
HABITS: dict[str, tuple[int | None, ...]] = {
    "ryo": (8, 15, 25, 12, 40, 9),
    "katsumi": (None, 300, None, 1500, 60, None),
    "chinatsu": (30, 420, 90, 45, None, 20),
    "ken": (50, 70, 240, 35, 15, 100),
}
HOURS = (10, 14)
WHY = "外回りのあいだは両手がふさがっていて、夜にまとめて思い出すのが大変です。"


def duties(random: Random) -> Iterator[Step]:
    yield Step(DAYS + 30, 9 * 60, _begin, "page")
    for days in range(DAYS, 0, -1):
        for number, (word, habit) in enumerate(HABITS.items()):
            for turn, hour in enumerate(HOURS):
                after = habit[(days * len(HOURS) + turn) % len(habit)]
                key = f"duty of {word} {days} {hour}"
                minute = 8 * 60 + number
                yield Step(days + 5, minute, partial(_plan, key, word, days, hour, Random(key)), "page")  # noqa: S311
                if after is not None:
                    late, minute = divmod((hour + 1) * 60 + after, 24 * 60)
                    yield Step(days - late, minute, partial(_enter, key, Random(key)), "phone")  # noqa: S311
    for place, word in enumerate(("ryo", "katsumi", "chinatsu")):
        for ago in (101, 87, 73, 59, 45, 31):
            yield Step(ago + place, 15 * 60, partial(_call, word, Random(f"{word} {ago}")), "phone")  # noqa: S311
    yield Step(4, 18 * 60, _day_off, "page")
    yield Step(0, 1, _look, "system")


def _begin(stage: Stage) -> None:
    begins = stage.today - timedelta(days=DAYS + 2)
    edit_policy({"begins_on": begins, "weights": {"plan": 2}}, by=stage.people["makoto"])


def _plan(key: str, word: str, days: int, hour: int, random: Random, stage: Stage) -> None:
    """A visit on that day, where it is a working day."""
    day, own = stage.today - timedelta(days=days), own_firms(stage, word)
    if day.weekday() >= 5 or not own:
        return
    number = random.choice(own)
    people = stage.saved[f"firm{number}.people"]
    _method, subject, place, text = random.choice(PLANS)
    start = datetime.combine(day, time(hour), TOKYO)
    values = {
        "account": stage.saved[f"firm{number}.0"], "contact": random.choice(people) if people else None,
        "method": "visit", "subject": subject, "place": place, "text": text, "started_at": start,
        "ended_at": start + timedelta(hours=1), "owner": stage.people[word],
    }  # fmt: skip
    stage.saved[key] = actions.create("plan", values, by=stage.people[word])


def _call(word: str, random: Random, stage: Stage) -> None:
    """Every other week with the same firm, until a month ago."""
    own = own_firms(stage, word)
    if own:
        method, content, direction, subject, text, step = random.choice(TALKS)
        values = {
            "account": stage.saved[f"firm{own[-1]}.0"], "method": "phone", "content": content,
            "direction": direction, "subject": subject, "text": text, "next_step": step,
            "started_at": stage.now - timedelta(minutes=8), "minutes": 6, "owner": stage.people[word],
        }  # fmt: skip
        actions.create("talk", values, by=stage.people[word])


def _enter(key: str, random: Random, stage: Stage) -> None:
    plan = stage.saved.get(key)
    if plan is not None and plan.ended_at <= stage.now:
        _method, content, _direction, _subject, text, step = random.choice(TALKS)
        values = {
            "content": content,
            "text": text,
            "next_step": step,
            "started_at": plan.started_at,
            "minutes": 60,
        }
        finish(plan, values, by=plan.owner)


def _day_off(stage: Stage) -> None:
    ahead = stage.today + timedelta(days=(7 - stage.today.weekday()) % 7 + 2)
    take_day_off(stage.people["ryo"], ahead, Part.AFTERNOON, "通院", by=stage.people["ryo"])


def _look(stage: Stage) -> None:
    """What the minutes and the mornings would have found."""
    rules = policy()
    accounts = set(Talk.plain.filter(account__isnull=False).values_list("account_id", flat=True))
    quiet.learn(accounts, rules)
    sweep(stage.now)
    leads.find(stage.today, stage.now, rules)
    quiet.find(stage.today, stage.now, rules)
    monday = stage.today - timedelta(days=stage.today.weekday())
    for days in range(-7, 5):
        day = monday + timedelta(days=days)
        if day <= stage.today:
            with through(at=datetime.combine(day, time(6), TOKYO)):
                ask_why(day, rules)
    _say_why(stage)
    _plead(stage)


def _say_why(stage: Stage) -> None:
    katsumi = stage.people["katsumi"]
    first = Why.objects.filter(person=katsumi).order_by("week").first()
    if first is not None:
        answer_why(first, "phone", WHY, by=katsumi)


def _plead(stage: Stage) -> None:
    katsumi = stage.people["katsumi"]
    duty: Any = (
        Duty.objects.missing(stage.now).filter(owner=katsumi, weight__gt=0).order_by("-due_at").first()
    )
    if duty is not None:
        plead(duty, "山あいの工場で電波がなく、戻りも遅くなったため", by=katsumi)
