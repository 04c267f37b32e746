"""The administrator says whether 入力漏れ are noted and what follows, within what the law allows.

労働基準法16条 forbids to fix a penalty or damages in advance; 91条 allows a cut as a disciplinary measure where the
work rules provide for it, up to half of a day's average wage for one event and a tenth of the wages of a pay period.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.duties.whose import POWER
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.penalties.models import Mode, Terms, Wage
from daifuku.penalties.models.terms import terms
from daifuku.penalties.periods import CLOSING_DAYS
from daifuku.records.actions.settling import settle, settle_back
from daifuku.staff.actions import cleaning
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

MOST = 100_000


def edit_terms(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Terms:
    """What is not named stays. Raises Invalid (fields, beyond the law), Stale, Forbidden."""
    return settle(
        Terms, changes, CLEANERS, "penalty.terms_changed", by=by, version=version, undoes=undoes,
        check=lambda row, done: _within_the_law(row, by),
    )  # fmt: skip


def undo_terms(event: Event, by: Person) -> Undone:
    return settle_back(event, terms(), edit_terms, by)


def _within_the_law(row: Terms, by: Person) -> None:
    """A cut needs a paragraph of the work rules, and must not be beyond the lowest cap of anybody. Whose that is and
    how much, from which his wage follows, is told to nobody but whoever keeps the people."""
    if not row.on or row.mode != Mode.DISCIPLINE:
        return
    if not row.work_rules:
        sentence = _(
            "減給には就業規則の定めが必要です。条文の番号を入力してください（労働基準法89条・91条）。"
        )
        raise Invalid([FieldProblem("work_rules", sentence, code="required")])
    lowest = Wage.objects.select_related("person").order_by("daily").first()
    if lowest is not None and row.amount > lowest.most_at_once:
        sentence = _(
            "1回の減給は平均賃金1日分の半額までです（労働基準法91条）。登録した賃金では、この金額が上限を超える人がいます。"
        )
        if viewer_of(by).has_power(POWER):
            sentence = _(
                "1回の減給は平均賃金1日分の半額までです（労働基準法91条）。%(person)sさんの上限は%(most)s円です。"
            )
        told = {"person": lowest.person, "most": f"{lowest.most_at_once:,}"}
        raise Invalid([FieldProblem("amount", sentence % told, code="beyond_the_law")])


def _amount(raw: Any) -> int:
    text = str(raw).strip().replace(",", "")
    if not text.isdecimal() or len(text) > 9 or not 1 <= int(text) <= MOST:
        raise ValueError(_("1円から100,000円までの整数で入力してください。"))
    return int(text)


def _closing_day(raw: Any) -> int:
    text = str(raw).strip()
    if not text.isdecimal() or len(text) > 2 or int(text) not in CLOSING_DAYS:
        raise ValueError(_("締め日は、1日から28日までか月末を選んでください。"))
    return int(text)


CLEANERS: dict[str, cleaning.Cleaner] = {
    "on": cleaning.truth,
    "mode": cleaning.one_of(Mode.values),
    "amount": _amount,
    "begins_on": cleaning.day,
    "clean_week": cleaning.truth,
    "closing_day": _closing_day,
    "work_rules": cleaning.text(200),
}
