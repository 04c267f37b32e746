"""消費税: the classes of tax, which rate was in force on which day, and the sentence for one that was not.

Source: 消費税法 第29条 with the laws that changed it (3 % from 1989-04-01, 5 % from 1997-04-01, 8 % from 2014-04-01,
10 % from 2019-10-01, of which 7.8, 6.3, 4 points are national), 軽減税率 8 %: 平成28年法律第15号 附則第34条, from
2019-10-01.
Rates are points: `Decimal("10")`. What is not taxed has a rate of zero and no place among the taxed sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.foundation.errors import FieldProblem, Invalid

STANDARD, REDUCED, EXPORT, EXEMPT, OUTSIDE = "standard", "reduced", "export", "exempt", "outside"
ZERO = Decimal(0)


@dataclass(frozen=True)
class TaxClass:
    """`mark` stands beside each line of this class on a paper, `word` at its sum."""

    key: str
    label: Any
    taxed: bool
    mark: str = ""


CLASSES: dict[str, TaxClass] = {
    each.key: each
    for each in (
        TaxClass(STANDARD, _("課税（標準税率）"), True),
        TaxClass(REDUCED, _("課税（軽減税率）"), True, "※"),
        TaxClass(EXPORT, _("免税（輸出）"), False),
        TaxClass(EXEMPT, pgettext_lazy("tax", "非課税"), False),
        TaxClass(OUTSIDE, _("不課税（対象外）"), False),
    )
}

# From this day on, this rate; None: there was no such tax.
_IN_FORCE: dict[str, Sequence[tuple[date, Decimal | None]]] = {
    STANDARD: (
        (date(1989, 4, 1), Decimal(3)),
        (date(1997, 4, 1), Decimal(5)),
        (date(2014, 4, 1), Decimal(8)),
        (date(2019, 10, 1), Decimal(10)),
    ),
    REDUCED: ((date(2019, 10, 1), Decimal(8)),),
}


def rate_on(tax_class: str, day: date) -> Decimal | None:
    """The rate in force on that day; None where the law knew no such class then."""
    if not CLASSES[tax_class].taxed:
        return ZERO
    found: Decimal | None = None
    for since, rate in _IN_FORCE[tax_class]:
        if since <= day:
            found = rate
    return found


def checked_rate(tax_class: str, day: date, rate: Decimal | None = None, *, field: str = "rate") -> Decimal:
    """The rate to keep on a line. Raises Invalid for a class that is not known or a rate not in force on that day."""
    if tax_class not in CLASSES:
        raise Invalid([FieldProblem(field, _("税区分を選んでください。"), code="tax_class")])
    right = rate_on(tax_class, day)
    if right is None or (rate is not None and rate != right):
        raise Invalid([FieldProblem(field, _not_in_force(tax_class, day, rate, right), code="rate")])
    return right


def _not_in_force(tax_class: str, day: date, rate: Decimal | None, right: Decimal | None) -> str:
    words = {"class": CLASSES[tax_class].label, "day": f"{day:%Y/%m/%d}"}
    if right is None:
        return _("%(day)sには「%(class)s」はありませんでした。税区分か日付を確認してください。") % words
    words |= {"rate": f"{rate.normalize():f}" if rate is not None else "", "right": f"{right:f}"}
    return (
        _(
            "税率%(rate)s%%は%(day)sの「%(class)s」では使えません。この日の税率は%(right)s%%です。税率か日付を確認してください。"
        )
        % words
    )
