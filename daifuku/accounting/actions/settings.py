"""How the books are kept, and until when they are closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from daifuku.accounting.layouts import LAYOUTS
from daifuku.accounting.models import AccountingSetting
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.staff.actions import cleaning
from daifuku.staff.actions.changes import check_version, put
from daifuku.staff.models import Person


def edit_setting(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> AccountingSetting:
    """What is not sent stays. Raises Invalid, Forbidden, Stale."""
    need_settings(by)
    return _put(cleaning.clean_all(changes, CLEANERS), "accounting.setting_changed", by, version, undoes)


def close_period(
    day: date | None, *, by: Person, today: date, undoes: Event | None = None
) -> AccountingSetting:
    """Until this day nothing changes any more; None or an earlier day opens what was closed, and the ledger says who
    did it. Raises Invalid, Forbidden."""
    need_settings(by)
    if day is not None and day >= today:
        sentence = _("今日より前の日付を選んでください。終わった期間だけを締められます。")
        raise Invalid([FieldProblem("closed_until", sentence, code="future")])
    return _put({"closed_until": day}, "accounting.period_closed", by, None, undoes)


def undo_changed(event: Event, by: Person) -> Undone:
    row = AccountingSetting.objects.first() or AccountingSetting()
    back = {name: old for name, (old, new) in event.changes.items() if _plain(getattr(row, name)) == new}
    if not back:
        raise ChangedSince
    need_settings(by)
    if "closed_until" in back and back["closed_until"]:
        back["closed_until"] = date.fromisoformat(back["closed_until"])
    _put(back, event.kind, by, None, event)
    return Undone(1)


def _put(
    values: dict[str, Any], kind: str, by: Person, version: int | None, undoes: Event | None
) -> AccountingSetting:
    with ledger.writing():
        row = AccountingSetting.objects.select_for_update().first() or AccountingSetting()
        check_version(row, version)
        done = {name: [_plain(old), _plain(new)] for name, (old, new) in put(row, values).items()}
        if not done and undoes is None:
            return row
        row.version = row.version + 1 if row.pk else 2
        row.save()
        about = [ledger.About("accounting_setting", row.pk)]
        ledger.record(kind, by=by, about=about, data={"changes": done}, undoes=undoes)
    return row


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _package(raw: Any) -> str:
    if raw not in LAYOUTS:
        raise ValueError(_("会計ソフトを選んでください。"))
    return str(raw)


def _account(raw: Any) -> str:
    name = clean_text(str(raw or ""))
    if not 1 <= len(name) <= 24:
        raise ValueError(_("勘定科目の名前を24文字以内で入力してください。"))
    return name


CLEANERS: dict[str, cleaning.Cleaner] = {
    "package": _package, "receivable": _account, "sales": _account, "bank": _account, "fee": _account,
    "cash": _account, "bill": _account, "offset": _account, "by_partner": cleaning.truth,
}  # fmt: skip
