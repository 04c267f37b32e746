"""Which voices matter now: those of a customer before one goes there, and those of several customers at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from daifuku.activities.today import Plans
from daifuku.foundation.calendar import moment_on
from daifuku.foundation.sql.prepared import Prepared, PreparedByKeys
from daifuku.records.catalogue import vocabulary
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer
from daifuku.voices.models import Voice
from daifuku.voices.models.conduct import conduct
from daifuku.voices.showing import Line, voice_line

MOST, MOST_EACH, FETCHED = 20, 3, 40
LINKED = ("account", "contact", "lead", "solver", "owner")


def may_see(viewer: Viewer) -> bool:
    return viewer.may("voice", "view") and "text" in vocabulary.fields_for(viewer, "voice")


def _news_since(now: datetime) -> datetime:
    """An answer is news for so many whole days."""
    return moment_on(timezone.localdate(now)) - timedelta(days=conduct().news_days)


def _matters(since: datetime) -> Q:
    """Open ones, and answers that the customer has not been told long ago."""
    return Q(answered_at__isnull=True) | Q(answered_at__gte=since)


def of_customer(link: str, key: int, viewer: Viewer, now: datetime | None = None) -> list[Voice]:
    """New answers first, then what is open, the oldest first."""
    since = _news_since(now or timezone.now())
    rows = _of(link, since)(key)
    seen = [row for row in rows if sees(viewer, row, "view")]
    if len(rows) < FETCHED or len(seen) > MOST:
        return seen[: MOST + 1]
    # Where somebody sees few of many, the database picks.
    return list(
        _in_order(Voice.objects.visible_to(viewer).filter(_matters(since), **{link: key}))[: MOST + 1]
    )


@lru_cache(16)
def _of(link: str, since: datetime) -> Prepared:
    """Written once a day: the text of the question is the same for everybody."""
    return Prepared(
        lambda key: _in_order(Voice.plain.filter(_matters(since), trashed_at__isnull=True, **{link: key}))[
            :FETCHED
        ]
    )


@lru_cache(16)
def _of_many(link: str, since: datetime) -> PreparedByKeys:
    rows = Voice.plain.filter(_matters(since), trashed_at__isnull=True).select_related(*LINKED)
    return PreparedByKeys(rows, by=f"{link}_id")


def _place(voice: Voice) -> tuple[bool, float, datetime, int]:
    """As `_in_order` has them."""
    answered = voice.answered_at
    return (answered is None, -answered.timestamp() if answered else 0.0, voice.created_at, voice.pk)


def _in_order(rows: Any) -> Any:
    return rows.select_related(*LINKED).order_by(F("answered_at").desc(nulls_last=True), "created_at", "id")


def of_customers(
    customers: Iterable[Any], viewer: Viewer, now: datetime
) -> dict[tuple[str, int], list[Voice]]:
    """The same of many at once, a question for firms and one for leads, by (kind, key) of the firm or the lead."""
    keys: dict[str, set[int]] = {"account": set(), "lead": set()}
    for each in customers:
        keys[each.object_key].add(each.pk)
    if not any(keys.values()) or not may_see(viewer):
        return {}
    since, found = _news_since(now), dict[tuple[str, int], list[Voice]]()
    for link, wanted in keys.items():
        rows = sorted(_of_many(link, since)(wanted), key=_place)
        for voice in [row for row in rows if sees(viewer, row, "view")]:
            found.setdefault((link, getattr(voice, f"{link}_id")), []).append(voice)
    return found


def products(viewer: Viewer) -> list[str]:
    """What was named before, for whoever types one now."""
    rows = Voice.objects.visible_to(viewer).exclude(product="")
    return list(rows.order_by("product").values_list("product", flat=True).distinct()[:200])


def for_today(viewer: Viewer, plans: Plans, now: datetime) -> dict[str, Any] | None:
    """Of those to whom this person goes today, each customer's beside its name."""
    customers, heard = {}, voices_of_plans(viewer, plans, now)
    for line in (*plans.waiting, *plans.today):
        customer = customer_of(line.record)
        if customer is not None and line.record.pk in heard:
            customers[customer] = heard[line.record.pk]
    return {"customers": list(customers.items())} if customers else None


def voices_of_plans(viewer: Viewer, plans: Plans, now: datetime) -> dict[int, list[Line]]:
    """By the key of the plan that waits or is today's; one question for all of them."""
    lines = [*plans.waiting, *plans.today]
    customers = {line.record.pk: customer_of(line.record) for line in lines}
    seen = {pk: each for pk, each in customers.items() if each is not None and sees(viewer, each, "view")}
    found = of_customers(seen.values(), viewer, now)
    told = {
        key: [voice_line(voice, viewer, ("account", "contact", "lead"), now) for voice in voices[:MOST_EACH]]
        for key, voices in found.items()
    }
    by_plan = {pk: told.get((each.object_key, each.pk), []) for pk, each in seen.items()}
    return {pk: voices for pk, voices in by_plan.items() if voices}


def customer_of(plan: Any) -> Any | None:
    """The firm or the lead to whom a plan goes."""
    return plan.account or plan.lead
