"""The administrator says whether 入力漏れ are noted and what follows, within what the law allows.

労働基準法16条 forbids to fix a penalty or damages in advance; 91条 allows a cut as a disciplinary measure where the
work rules provide for it, up to half of a day's average wage for one event and a tenth of the wages of a pay period.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid, Stale
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.penalties.models import Mode, Terms, Wage
from daifuku.penalties.periods import CLOSING_DAYS
from daifuku.records.actions.powers import need_settings
from daifuku.staff.models import Person

MOST = 100_000


def edit_terms(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Terms:
    """What is not named stays. Raises Invalid (fields, beyond the law), Stale, Forbidden."""
    need_settings(by)
    values = _cleaned(changes)
    with ledger.writing():
        row = Terms.objects.select_for_update().order_by("pk").first() or Terms.objects.create()
        if version is not None and version != row.version:
            raise Stale(_("ほかの人が先に変更しました。画面を開き直して、もう一度変更してください。"))
        old = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        _within_the_law(row)
        done = {
            name: [_plain(old[name]), _plain(value)] for name, value in values.items() if old[name] != value
        }
        if not done and undoes is None:
            return row
        row.version += 1
        row.save()
        ledger.record("penalty.terms_changed", by=by, data={"changes": done}, undoes=undoes)
    return row


def undo_terms(event: Event, by: Person) -> Undone:
    row = Terms.objects.order_by("pk").first() or Terms()
    if any(_plain(getattr(row, name)) != new for name, (_old, new) in event.changes.items()):
        raise ChangedSince
    edit_terms({name: old for name, (old, _new) in event.changes.items()}, by=by, undoes=event)
    return Undone(1)


def _within_the_law(row: Terms) -> None:
    """A cut needs a paragraph of the work rules, and must not be beyond the lowest cap of anybody."""
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
            "1回の減給は平均賃金1日分の半額までです（労働基準法91条）。%(person)sさんの上限は%(most)s円です。"
        )
        told = {"person": lowest.person, "most": f"{lowest.most_at_once:,}"}
        raise Invalid([FieldProblem("amount", sentence % told, code="beyond_the_law")])


def _cleaned(changes: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for name, raw in changes.items():
        try:
            values[name] = _clean(name, raw)
        except ValueError as error:
            problems.append(FieldProblem(name, str(error)))
    if problems:
        raise Invalid(problems)
    return values


def _clean(name: str, raw: Any) -> Any:
    if name in {"on", "clean_week"}:
        return raw in (True, "true", "on", "1", 1)
    if name == "mode":
        if raw not in Mode.values:
            raise ValueError(str(_("選択肢から選んでください。")))
        return str(raw)
    if name == "amount":
        text = str(raw).strip().replace(",", "")
        if not text.isdecimal() or len(text) > 9 or not 1 <= int(text) <= MOST:
            raise ValueError(str(_("1円から100,000円までの整数で入力してください。")))
        return int(text)
    if name == "closing_day":
        text = str(raw).strip()
        if not text.isdecimal() or len(text) > 2 or int(text) not in CLOSING_DAYS:
            raise ValueError(str(_("締め日は、1日から28日までか月末を選んでください。")))
        return int(text)
    if name == "begins_on":
        try:
            return raw if isinstance(raw, date) else date.fromisoformat(str(raw).strip())
        except ValueError as error:
            raise ValueError(str(_("日付を入力してください。"))) from error
    if name == "work_rules":
        words = " ".join(clean_text(str(raw or "")).split())
        if len(words) > 200:
            raise ValueError(str(_("200文字以内で入力してください。")))
        return words
    raise ValueError(str(_("この設定はありません。")))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
