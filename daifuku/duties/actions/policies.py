"""The administrator says what is expected and how it counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.duties import kinds
from daifuku.duties.models import Policy
from daifuku.duties.models.policy import policy
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.settling import settle, settle_back
from daifuku.staff.actions import cleaning
from daifuku.staff.actions.changes import Changes
from daifuku.staff.models import Person

# Least and most of every number.
NUMBERS = {
    "window_days": (1, 60), "fewest": (1, 50), "credit_late": (0, 100), "credit_missing": (0, 100),
    "call_minutes": (1, 1440), "visit_minutes": (15, 2880), "lead_days": (1, 60), "quiet_floor": (1, 180),
    "quiet_percent": (100, 1000), "low_percent": (1, 100), "weeks_to_manager": (1, 26),
    "weeks_to_president": (1, 52),
}  # fmt: skip
HEAVIEST = 10
MOST_CLOSED = 400


def edit_policy(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Policy:
    """What is not named stays. Raises Invalid (fields), Stale, Forbidden."""
    kind = "duties.policy_changed"
    return settle(Policy, changes, CLEANERS, kind, by=by, version=version, undoes=undoes, check=_must_fit)


def undo_policy(event: Event, by: Person) -> Undone:
    return settle_back(event, policy(), edit_policy, by)


def _must_fit(row: Policy, done: Changes) -> None:
    if row.weeks_to_president < row.weeks_to_manager:
        sentence = _("社長に知らせるのは、上司に知らせるより後にしてください。")
        raise Invalid([FieldProblem("weeks_to_president", sentence, code="order")])


def _closed_days(raw: Any) -> list[str]:
    given = raw.split() if isinstance(raw, str) else list(raw or [])
    if len(given) > MOST_CLOSED:
        raise ValueError(_("休業日は400日までです。"))
    return sorted({cleaning.day(each).isoformat() for each in given})


def _weights(raw: Any) -> dict[str, int]:
    known = {kind.key for kind in kinds.counted()}
    if not isinstance(raw, Mapping) or not set(raw) <= known:
        raise ValueError(_("種類の名前を確認してください。"))
    clean = cleaning.number(0, HEAVIEST)
    return {key: clean(value) for key, value in raw.items()}


CLEANERS: dict[str, cleaning.Cleaner] = {
    **{name: cleaning.number(*bounds) for name, bounds in NUMBERS.items()},
    "asks_why": cleaning.truth,
    "begins_on": cleaning.day,
    "closed_days": _closed_days,
    "weights": _weights,
}
