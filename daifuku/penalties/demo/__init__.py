"""The demo keeps points: what 熱田 left out in the last weeks, an objection of hers, and clean weeks of the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from daifuku.customers.demo.stage import TOKYO, Stage, Step
from daifuku.ledger.channel import through
from daifuku.penalties.actions import decide, edit_terms, enter_clean_weeks, enter_misses, object_to
from daifuku.penalties.models import Entry

WEEKS = 3


def penalties(random: Random) -> Iterator[Step]:
    # Duties are looked through a minute before.
    yield Step(0, 2, _keep, "system")


def _keep(stage: Stage) -> None:
    begins = stage.today - timedelta(weeks=WEEKS)
    edit_terms({"on": True, "mode": "points", "begins_on": begins}, by=stage.people["makoto"])
    day = begins
    while day <= stage.today:
        _morning(day)
        day += timedelta(days=1)
    _objections(stage)


def _morning(day: date) -> None:
    now = datetime.combine(day, time(6), TOKYO)
    with through(at=now):
        enter_misses(day, now)
        if day.weekday() == 0:
            enter_clean_weeks(day, now)


def _objections(stage: Stage) -> None:
    katsumi, midori = stage.people["katsumi"], stage.people["midori"]
    entries = list(Entry.objects.filter(person=katsumi, kind="miss").order_by("-day", "-id")[:2])
    for number, entry in enumerate(entries):
        words = (
            "先方の都合で打ち合わせが流れ、夜に連絡を受けました"
            if number
            else "この日は社用車の故障で帰社が深夜でした"
        )
        object_to(entry, words, by=katsumi)
        if number:
            decide(
                entry,
                accept=True,
                reason="先方にも確認しました。次からは中止として記録してください。",
                by=midori,
            )
