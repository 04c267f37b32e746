"""Of several limits of credit one can stay: the survivor's, else the first; the page says whose goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from daifuku.billing import owed
from daifuku.billing.models import CreditLimit
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Limit:
    """`name` is the customer's, `amount` in whole yen."""

    name: str
    amount: int

    @property
    def said(self) -> str:
        return f"{self.amount:,}"


@dataclass(frozen=True)
class Limits:
    kept: Limit
    lost: list[Limit]


def limits_of(records: Sequence[Any], survivor: Any, viewer: Viewer) -> Limits | None:
    """None where nothing is lost, or for whom may not see what customers owe."""
    if survivor.object_key != "account" or not owed.may_see(viewer):
        return None
    names = {record.pk: str(record) for record in records}
    rows = list(CreditLimit.objects.filter(account__in=names).order_by("pk"))
    if len(rows) < 2:
        return None
    stays = next((row for row in rows if row.account_id == survivor.pk), rows[0])
    lost = [row for row in rows if row.pk != stays.pk and row.amount != stays.amount]
    if not lost:
        return None
    return Limits(_limit(stays, names), [_limit(row, names) for row in lost])


def _limit(row: CreditLimit, names: dict[int, str]) -> Limit:
    return Limit(names[row.account_id], row.amount)
