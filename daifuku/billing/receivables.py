"""売掛: what each customer owes, and how long it has been due. Every number knows the list of what it is made of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from daifuku.billing import credit, owed
from daifuku.billing.models import Invoice, Payment
from daifuku.billing.settled import ISSUED
from daifuku.customers.models import Account
from daifuku.foundation.reversing import url_of
from daifuku.staff.viewer import Viewer

MOST = 300
DUE = Coalesce("due_on", "issued_on")


@dataclass(frozen=True)
class Age:
    """So many days after the day on which it was due: from `first` to `last`, both included; None: without end."""

    key: str
    label: Any
    first: int | None
    last: int | None

    def span(self, today: date) -> tuple[date | None, date | None]:
        """The days on which such invoices were due."""
        begin = today - timedelta(days=self.last) if self.last is not None else None
        end = today - timedelta(days=self.first) if self.first is not None else None
        return begin, end

    def where(self, today: date) -> Q:
        begin, end = self.span(today)
        found = Q(due__gte=begin) if begin else Q()
        return found & Q(due__lte=end) if end else found


AGES = (
    Age("not_due", _("期日前"), None, 0),
    Age("to_30", _("1〜30日"), 1, 30),
    Age("to_60", _("31〜60日"), 31, 60),
    Age("to_90", _("61〜90日"), 61, 90),
    Age("older", _("91日以上"), 91, None),
)
FILTERS = ("", "overdue", "over", "advance")


@dataclass
class Row:
    """`open` is what invoices still ask, `advance` what was paid ahead; the balance is the one less the other."""

    account: Any
    ages: dict[str, int] = field(default_factory=lambda: dict.fromkeys([age.key for age in AGES], 0))
    advance: int = 0
    standing: credit.Standing = field(default_factory=credit.Standing)

    @property
    def open(self) -> int:
        return sum(self.ages.values())

    @property
    def balance(self) -> int:
        return self.open - self.advance

    @property
    def overdue(self) -> int:
        return sum(self.ages[age.key] for age in AGES if age.first is not None)


def rows(
    viewer: Viewer, today: date, *, account: Account | None = None, mine: bool = False, only: str = ""
) -> list[Row]:
    """Of all customers whom this person may know; the largest balance first. Constant questions."""
    found: dict[int, Row] = {}
    open_, left = _open(viewer), _left(viewer)
    if account is not None:
        open_, left = open_.filter(account=account), left.filter(account=account)
    sums = {age.key: Sum("open", filter=age.where(today)) for age in AGES}
    for key, *amounts in open_.values_list("account").annotate(**sums):
        row = found.setdefault(key, Row(None))
        row.ages = {age.key: amount or 0 for age, amount in zip(AGES, amounts, strict=True)}
    for key, amount in left.values_list("account").annotate(Sum("left")):
        found.setdefault(key, Row(None)).advance = amount
    people = Account.objects.visible_to(viewer).filter(pk__in=found).select_related("owner")
    if mine:
        people = people.filter(owner_id=viewer.pk)
    shown = {each.pk: each for each in people}
    for key, standing in credit.standings(shown, today, viewer).items():
        found[key].account, found[key].standing = shown[key], standing
    kept = [row for row in found.values() if row.account is not None and _fits(row, only)]
    return sorted(kept, key=lambda row: (-row.balance, row.account.sort_key, row.account.pk))


def whole(found: Iterable[Row]) -> Row:
    """The sum of all rows."""
    total = Row(None)
    for row in found:
        for age in AGES:
            total.ages[age.key] += row.ages[age.key]
        total.advance += row.advance
    return total


def invoices_address(today: date, account: Any = None, age: Age | None = None) -> str:
    """The list of the invoices that a number is made of."""
    where: list[Mapping[str, Any]] = [
        {"field": "open", "op": "ne", "value": 0},
        {"field": "state", "op": "any_of", "value": ["issued"]},
    ]
    if account is not None:
        where.append({"field": "account", "op": "any_of", "value": [str(account.uid)]})
    begin, end = age.span(today) if age else (None, None)
    if begin:
        where.append({"field": "due_on", "op": "after", "value": (begin - timedelta(days=1)).isoformat()})
    if end:
        where.append({"field": "due_on", "op": "before", "value": (end + timedelta(days=1)).isoformat()})
    return f"{url_of('records:list', 'invoices')}?{urlencode({'where': json.dumps({'all': where})})}"


def advances_address(account: Any = None) -> str:
    where: list[Mapping[str, Any]] = [{"field": "left", "op": "gt", "value": 0}]
    if account is not None:
        where.append({"field": "account", "op": "any_of", "value": [str(account.uid)]})
    return f"{url_of('records:list', 'payments')}?{urlencode({'where': json.dumps({'all': where})})}"


def _open(viewer: Viewer) -> Any:
    if not owed.may_see(viewer):
        return Invoice.plain.none()
    seen = Invoice.objects.visible_to(viewer).filter(ISSUED).filter(~Q(open=0))
    return seen.annotate(due=DUE).order_by()


def _left(viewer: Viewer) -> Any:
    if not (viewer.may("payment", "view") and owed.may_see(viewer)):
        return Payment.plain.none()
    return Payment.objects.visible_to(viewer).filter(left__gt=0).order_by()


def _fits(row: Row, only: str) -> bool:
    if only == "overdue":
        return row.overdue > 0
    if only == "over":
        return row.standing.over
    return row.advance > 0 if only == "advance" else True
