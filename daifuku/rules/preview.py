"""Before a rule is switched on: how many of the records that there are would not meet it, and which."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from daifuku.foundation.reversing import url_of
from daifuku.records.catalogue import registry
from daifuku.records.conditions import parse
from daifuku.records.formulas.rolling import House
from daifuku.rules.models import Rule
from daifuku.rules.rulings import whole_condition

COUNTED = 10_000


@dataclass(frozen=True)
class Preview:
    """`total` records are under the rule, `failing` of them do not meet it; `more`: it stopped counting."""

    total: int
    failing: int
    more: bool
    address: str


def preview(rule: Rule, today: date) -> Preview:
    """Counted over all records of the firm, for whoever keeps the settings; the list shows each what he may see."""
    asked, failing = whole_condition(rule), failing_condition(rule)
    total, failed = _count(rule, asked, today), _count(rule, failing, today)
    where = urlencode({"view": "all", "where": json.dumps(failing, ensure_ascii=False)})
    address = f"{url_of('records:list', registry.get(rule.object).slug)}?{where}"
    return Preview(total, failed, COUNTED in {total, failed}, address)


def failing_condition(rule: Rule) -> dict[str, Any]:
    """Those under the rule of which something is missing, or filled in against it."""
    lacking = [{"field": key, "op": "empty"} for key in rule.required]
    too_much = [{"field": key, "op": "filled"} for key in rule.emptied]
    return {"all": [*whole_condition(rule)["all"], {"any": [*lacking, *too_much]}]}


def _count(rule: Rule, written: dict[str, Any], today: date) -> int:
    condition = parse(written, rule.object, House())
    rows = registry.get(rule.object).model.objects.unrestricted(reason="a number for whoever keeps the rules")
    found = rows.filter(Q(trashed_at__isnull=True) & condition.q(House(), today))
    return int(found.order_by().values("pk")[:COUNTED].count())
