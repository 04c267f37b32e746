"""The plans of a series are made ahead, up to sixty days: they stand in every list and schedule like any other."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from daifuku.activities import repetition
from daifuku.activities.models import Plan, Series
from daifuku.customers.models import Account, Contact, Lead
from daifuku.deals.models import Deal
from daifuku.foundation.repeating import days_of
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment, through
from daifuku.records.actions.creating import insert
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types.moment import TOKYO
from daifuku.records.formulas.filling import fill
from daifuku.records.formulas.turns import take_turn
from daifuku.staff.models import Person

AHEAD = timedelta(days=60)
WORDS = ("subject", "method", "place", "text")
LINKS: dict[str, Any] = {"account": Account, "contact": Contact, "lead": Lead, "deal": Deal, "owner": Person}


def pattern_of(plan: Plan) -> dict[str, Any]:
    """What every plan of a series like this one gets."""
    length = plan.ended_at - plan.started_at if plan.ended_at else None
    return {
        **{name: getattr(plan, name) for name in WORDS},
        **{name: getattr(plan, f"{name}_id") for name in LINKS},
        "clock": f"{timezone.localtime(plan.started_at):%H:%M}",
        "minutes": length // timedelta(minutes=1) if length is not None else None,
        "custom": plan.custom,
    }  # fmt: skip


def make_ahead(series: Series, today: date, by: Person) -> int:
    """Makes what is missing from `today` up to sixty days on; how many.

    Call inside `ledger.writing()`, the series held. What was missed while the program stood still is past, and is not
    planned any more.
    """
    until, count = today + AHEAD, series.repetition["count"]
    made = 0
    for day in days_of(repetition.rule_of(series.repetition)):
        if day > until or (count is not None and made >= count):
            break
        if (
            day > series.made_until
            and day >= today
            and not Plan.plain.filter(series=series, series_on=day).exists()
        ):
            _make(series, day, by)
            made += 1
    series.made_until = max(series.made_until, until)
    if count is not None:
        series.repetition = {**series.repetition, "count": count - made}
    series.save(update_fields=["made_until", "repetition"])
    return made


def _make(series: Series, day: date, by: Person) -> None:
    object_type, pattern = registry.get("plan"), series.pattern
    take_turn(object_type)
    plan = Plan(created_by=by, series=series, series_on=day, state="planned", custom=dict(pattern["custom"]))
    for name in WORDS:
        setattr(plan, name, pattern[name])
    for name in LINKS:
        setattr(plan, f"{name}_id", pattern.get(name))
    plan.started_at = datetime.combine(day, time.fromisoformat(pattern["clock"]), TOKYO)
    if pattern["minutes"] is not None:
        plan.ended_at = plan.started_at + timedelta(minutes=pattern["minutes"])
    plan.created_at = plan.updated_at = moment()
    fields = vocabulary.fields_of("plan")
    object_type.prepare(plan, frozenset(fields))
    fill(object_type, plan)
    insert(object_type, plan, fields, by=by)


def make_all() -> int:
    """Every night: what came into reach since yesterday. A series whose person has left, or whose customer lies in
    the trash, ends."""
    today = timezone.localdate()
    keys = list(_due(today).values_list("pk", flat=True))
    with through("job"):
        return sum(_make_one(key, today) for key in keys)


def wanted() -> bool:
    return bool(_due(timezone.localdate()).exists())


def _due(today: date) -> Any:
    return Series.objects.filter(ended_at__isnull=True, made_until__lt=today + AHEAD)


def _make_one(key: int, today: date) -> int:
    with ledger.writing():
        series = (
            Series.objects.select_for_update(of=("self",)).select_related("line", "created_by").get(pk=key)
        )
        if series.ended_at is not None:
            return 0
        if not _alive(series):
            series.ended_at = moment()
            series.save(update_fields=["ended_at"])
            return 0
        with through(cause=series.line):
            return make_ahead(series, today, series.created_by)


def _alive(series: Series) -> bool:
    """Whoever was erased since is as good as in the trash."""
    for name in ("account", "contact", "lead", "deal"):
        key = series.pattern.get(name)
        if key is not None and not LINKS[name].plain.filter(pk=key, trashed_at__isnull=True).exists():
            return False
    owner = Person.objects.filter(pk=series.pattern["owner"]).first()
    return owner is None or owner.is_active
