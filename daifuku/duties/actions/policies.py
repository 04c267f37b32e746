"""The administrator says what is expected and how it counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.duties import kinds
from daifuku.duties.models import Policy
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid, Stale
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.staff.models import Person

# Least and most of every number.
NUMBERS = {
    "window_days": (1, 60), "fewest": (1, 50), "credit_late": (0, 100), "credit_missing": (0, 100),
    "call_minutes": (1, 1440), "visit_minutes": (15, 2880), "lead_days": (1, 60), "quiet_floor": (1, 180),
    "quiet_percent": (100, 1000), "low_percent": (1, 100), "weeks_to_manager": (1, 26),
    "weeks_to_president": (1, 52),
}  # fmt: skip
HEAVIEST = 10


def edit_policy(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Policy:
    """What is not named stays. Raises Invalid (fields), Stale, Forbidden."""
    need_settings(by)
    values = _cleaned(changes)
    with ledger.writing():
        row = Policy.objects.select_for_update().order_by("pk").first() or Policy.objects.create()
        if version is not None and version != row.version:
            raise Stale(_("ほかの人が先に変更しました。画面を開き直して、もう一度変更してください。"))
        together = {
            name: values.get(name, getattr(row, name)) for name in ("weeks_to_manager", "weeks_to_president")
        }
        if together["weeks_to_president"] < together["weeks_to_manager"]:
            sentence = _("社長に知らせるのは、上司に知らせるより後にしてください。")
            raise Invalid([FieldProblem("weeks_to_president", sentence, code="order")])
        done = {
            name: [_plain(getattr(row, name)), _plain(value)]
            for name, value in values.items()
            if getattr(row, name) != value
        }
        if not done and undoes is None:
            return row
        for name in done:
            setattr(row, name, values[name])
        row.version += 1
        row.save()
        ledger.record("duties.policy_changed", by=by, data={"changes": done}, undoes=undoes)
    return row


def undo_policy(event: Event, by: Person) -> Undone:
    row = Policy.objects.order_by("pk").first() or Policy()
    if any(_plain(getattr(row, name)) != new for name, (_old, new) in event.changes.items()):
        raise ChangedSince
    edit_policy({name: old for name, (old, _new) in event.changes.items()}, by=by, undoes=event)
    return Undone(1)


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
    if name in NUMBERS:
        least, most = NUMBERS[name]
        return _whole(raw, least, most)
    if name == "asks_why":
        return raw in (True, "true", "on", "1", 1)
    if name == "begins_on":
        return _day(raw)
    if name == "closed_days":
        given = raw.split() if isinstance(raw, str) else list(raw or [])
        if len(given) > 400:
            raise ValueError(str(_("休業日は400日までです。")))
        return sorted({_day(each).isoformat() for each in given})
    if name == "weights":
        known = {kind.key for kind in kinds.counted()}
        if not isinstance(raw, Mapping) or not set(raw) <= known:
            raise ValueError(str(_("種類の名前を確認してください。")))
        return {key: _whole(value, 0, HEAVIEST) for key, value in raw.items()}
    raise ValueError(str(_("この設定はありません。")))


def _whole(raw: Any, least: int, most: int) -> int:
    text = str(raw).strip()
    number = int(text) if text.isdecimal() and len(text) < 6 else -1
    if not least <= number <= most:
        raise ValueError(
            str(_("%(least)sから%(most)sまでの整数で入力してください。") % {"least": least, "most": most})
        )
    return number


def _day(raw: Any) -> date:
    try:
        return raw if isinstance(raw, date) else date.fromisoformat(str(raw).strip().replace("/", "-"))
    except ValueError as error:
        sentence = _("「%(text)s」は日付ではありません。2026-12-29のように入力してください。")
        raise ValueError(str(sentence % {"text": str(raw)[:20]})) from error


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
