"""知識の偏り: what would be lost with somebody, customer by customer. If he left tomorrow, who knows anything?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from daifuku.activities.models import Talk, Task
from daifuku.customers.models import Account, Contact
from daifuku.duties.whose import sees_person
from daifuku.foundation.calendar import moment_on
from daifuku.foundation.errors import NotFound
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

YEARS, LISTED = timedelta(days=730), 100
# (key, what it is, colour), the worst first.
REASONS = (
    ("silent", _("2年間、取引の記録がない"), "red"),
    ("alone", _("本人しか話していない"), "orange"),
    ("nobody", _("担当者の登録がない"), "yellow"),
    ("promised", _("約束が残っている"), "blue"),
)
KEYS = tuple(key for key, _label, _colour in REASONS)


@dataclass(frozen=True)
class AtRisk:
    """One customer: why he is, in words and colours; how many promises are open."""

    account: Any
    reasons: Sequence[tuple[str, str]]
    promises: int


@dataclass(frozen=True)
class Risk:
    """`counts` by reason; `percent` of the customers nobody else could say anything about."""

    person: Person
    accounts: int
    counts: Sequence[tuple[str, str, int]]
    percent: int
    rows: Sequence[AtRisk]
    more: bool


def risk_of(person: Person, viewer: Viewer, today: date, only: str = "") -> Risk:
    """Of the customers that this viewer sees. Raises NotFound for whose work he may not look at."""
    if not sees_person(viewer, person.pk):
        raise NotFound
    rows: Any = _marked(Account.objects.visible_to(viewer).filter(owner=person), person, today)
    conditions = _conditions()
    told = {key: Count("pk", filter=conditions[key]) for key in KEYS}
    found = rows.aggregate(all=Count("pk"), unknown=Count("pk", filter=conditions["unknown"]), **told)
    listed = rows.filter(conditions.get(only if only in KEYS else "any"))
    shown = list(listed.order_by("-spoken", "others", "-promises", "sort_key", "pk")[: LISTED + 1])
    everything = found["all"]
    counts = [(key, str(label), found[key]) for key, label, _colour in REASONS]
    percent = round(found["unknown"] * 100 / everything) if everything else 0
    return Risk(
        person, everything, counts, percent, [_told(row) for row in shown[:LISTED]], len(shown) > LISTED
    )


def _marked(rows: Any, person: Person, today: date) -> QuerySet[Account]:
    """Each account with what is known of it, asked by the database where it keeps it sorted."""
    since = moment_on(today - YEARS)
    talks = Talk.plain.filter(account=OuterRef("pk"), trashed_at__isnull=True, started_at__gte=since)
    tasks = Task.plain.filter(account=OuterRef("pk"), trashed_at__isnull=True, done_at__isnull=True)
    open_ones = tasks.order_by().values("account").annotate(n=Count("pk")).values("n")
    marked: QuerySet[Account] = rows.annotate(
        spoken=Exists(talks),
        others=Exists(talks.exclude(owner=person)),
        known=Exists(Contact.plain.filter(account=OuterRef("pk"), trashed_at__isnull=True)),
        promises=Coalesce(Subquery(open_ones, output_field=IntegerField()), Value(0)),
    )
    return marked


def _conditions() -> dict[str, Any]:
    silent, alone = Q(spoken=False), Q(spoken=True, others=False)
    found = {"silent": silent, "alone": alone, "nobody": Q(known=False), "promised": Q(promises__gt=0)}
    return {**found, "unknown": silent | alone, "any": silent | alone | found["nobody"] | found["promised"]}


def _told(row: Any) -> AtRisk:
    met = {
        "silent": not row.spoken, "alone": row.spoken and not row.others, "nobody": not row.known,
        "promised": row.promises > 0,
    }  # fmt: skip
    reasons = [(str(label), colour) for key, label, colour in REASONS if met[key]]
    return AtRisk(row, reasons, row.promises)
