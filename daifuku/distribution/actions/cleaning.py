"""What is typed about the distribution of leads, brought into its stored form or refused with a sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from daifuku.distribution.house import House
from daifuku.distribution.models.rule import Target
from daifuku.distribution.models.setup import Strategy
from daifuku.foundation.errors import Invalid
from daifuku.foundation.whole import whole
from daifuku.records import conditions
from daifuku.records.catalogue.types.link import as_uid
from daifuku.staff.actions.cleaning import Cleaner, clock, day, number, one_of, text, truth
from daifuku.staff.models import Person, Team

# Least and most of every number.
NUMBERS = {
    "low_percent": (1, 100), "back_percent": (1, 100), "back_days": (1, 30), "grace_days": (0, 180),
    "alarm_hours": (1, 200), "return_hours": (1, 500), "warn_hours": (1, 200),
}  # fmt: skip
HOURS = ("opens", "closes")
TAKERS_NUMBERS = {"weight": (1, 10), "most_open": (0, 100_000), "most_a_day": (0, 1000)}


def clean_condition(raw: Any) -> dict[str, Any]:
    try:
        return conditions.parse(raw or {"all": []}, "lead", House()).to_json()
    except Invalid as error:
        raise ValueError(error.message) from error


def clean_team(raw: Any) -> Team | None:
    if raw in (None, ""):
        return None
    key = whole(raw.pk if isinstance(raw, Team) else raw)
    found = Team.objects.filter(pk=key).first() if key is not None else None
    if found is None:
        raise ValueError(_("チームを一覧から選んでください。"))
    return found


def _people(raw: Any) -> list[int]:
    """Keys of people, given as people, uids or keys."""
    wanted = {str(each.pk if isinstance(each, Person) else each) for each in raw or ()}
    keys = {key for each in wanted if (key := whole(each)) is not None}
    uids = {uid for each in wanted if (uid := as_uid(each)) is not None}
    found = set(Person.objects.filter(pk__in=keys).values_list("pk", flat=True))
    found |= set(Person.objects.filter(uid__in=uids).values_list("pk", flat=True)) if uids else set()
    if len(found) < len(wanted):
        raise ValueError(_("社員を一覧から選んでください。"))
    return sorted(found)


OF_SETUP: dict[str, Cleaner] = {
    **{name: number(*bounds) for name, bounds in NUMBERS.items()},
    **dict.fromkeys(HOURS, clock),
    "on": truth,
    "by_rate": truth,
    "strategy": one_of(Strategy.values),
    "queue_team": clean_team,
    "givers": _people,
}
OF_TAKER: dict[str, Cleaner] = {
    **{name: number(*bounds) for name, bounds in TAKERS_NUMBERS.items()},
    "active": truth,
    "grace_from": day,
}
OF_RULE: dict[str, Cleaner] = {
    "name": text(60, required=True),
    "active": truth,
    "condition": clean_condition,
    "target": one_of(Target.values),
    "strategy": one_of(Strategy.values),
    "people": _people,
    "team": clean_team,
}
