"""When a lead counts as ready for sales: the firm's condition, in the language of lists."""

from __future__ import annotations

from datetime import date

from daifuku.customers.models import Lead
from daifuku.distribution.house import House
from daifuku.passing.models import Setup
from daifuku.records.conditions import Condition, parse_leniently


def condition_of(rules: Setup) -> Condition:
    return parse_leniently(rules.condition, "lead", House())


def is_ready(lead: Lead, rules: Setup, today: date) -> bool:
    """Nothing is passed on with whom trading has begun."""
    if lead.trashed_at is not None or lead.converted_at is not None:
        return False
    return bool(condition_of(rules).matches(lead, House(), today))
