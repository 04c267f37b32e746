"""Keeps who is out by his input rate up to date, and tells him when that changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from daifuku.distribution import ring
from daifuku.distribution.models import Rule, Setup, Spell, Taker
from daifuku.distribution.standing import Limits, Standing, judge
from daifuku.duties.rate import rates
from daifuku.duties.working import Calendar
from daifuku.ledger import writing as ledger
from daifuku.ledger.writing import About


def limits_of(rules: Setup) -> Limits:
    return Limits(rules.low_percent, rules.back_percent, rules.back_days, rules.grace_days, on=rules.by_rate)


def judge_all(rules: Setup, takers: Sequence[Taker], now: datetime) -> list[Taker]:
    """Call inside `writing()`, with the settings held. Returns those for whom it is now another way."""
    today = timezone.localdate(now)
    if not Calendar([], today).works(today):
        return []
    found = rates([taker.person_id for taker in takers], now=now)
    changed, touched = [], []
    for taker in takers:
        percent = found[taker.person_id].percent
        before = Standing(taker.out_since is not None, taker.good_days, taker.judged_on)
        after = judge(before, percent, today, taker.grace_from, limits_of(rules))
        if (after, percent) == (before, taker.percent):
            continue
        taker.good_days, taker.judged_on, taker.percent = after.good_days, after.judged_on, percent
        touched.append(taker)
        if after.out != before.out:
            _turn(rules, taker, after.out, percent, now)
            changed.append(taker)
    Taker.objects.bulk_update(touched, ["good_days", "judged_on", "percent", "out_since"])
    return changed


def _turn(rules: Setup, taker: Taker, out: bool, percent: int | None, now: datetime) -> None:
    """Out: the days begin that the report compares. Back: at the end of every ring."""
    about = [About("person", taker.person_id)]
    data = {"percent": percent, "low": rules.low_percent, "back": rules.back_percent, "days": rules.back_days}
    if out:
        taker.out_since = now
        Spell.objects.create(person_id=taker.person_id, began_at=now, began_percent=percent or 0)
        ledger.record("distribution.person_out", by=None, about=about, data=data)
        return
    taker.out_since = None
    open_spells = Spell.objects.filter(person_id=taker.person_id, ended_at__isnull=True)
    open_spells.update(ended_at=now, ended_percent=percent)
    rings: list[Setup | Rule] = [rules, *Rule.objects.select_for_update()]
    for kept in rings:
        turn = ring.read(kept.ring)
        if turn:
            ring.to_the_end(turn, taker.person_id)
            kept.ring = ring.written(turn)
            kept.save(update_fields=["ring"])
    ledger.record("distribution.person_back", by=None, about=about, data=data)
