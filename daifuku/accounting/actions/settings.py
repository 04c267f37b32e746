"""How the books are kept, and until when they are closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from daifuku.accounting.layouts import LAYOUTS
from daifuku.accounting.models import AccountingSetting
from daifuku.accounting.models.setting import accounting_setting
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.records.actions.settling import settle, settle_back
from daifuku.staff.actions import cleaning
from daifuku.staff.models import Person

ABOUT = "accounting_setting"


def edit_setting(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> AccountingSetting:
    """What is not sent stays. Raises Invalid, Forbidden, Stale."""
    kind = "accounting.setting_changed"
    return settle(
        AccountingSetting, changes, CLEANERS, kind, by=by, version=version, undoes=undoes, about=ABOUT
    )


def close_period(
    day: date | None, *, by: Person, today: date, undoes: Event | None = None
) -> AccountingSetting:
    """Until this day nothing changes any more; None or an earlier day opens what was closed, and the ledger says who
    did it. Raises Invalid, Forbidden."""
    need_settings(by)
    if day is not None and day >= today:
        sentence = _("今日より前の日付を選んでください。終わった期間だけを締められます。")
        raise Invalid([FieldProblem("closed_until", sentence, code="future")])
    changes, kind = {"closed_until": day}, "accounting.period_closed"
    return settle(AccountingSetting, changes, CLOSING, kind, by=by, undoes=undoes, about=ABOUT)


def undo_changed(event: Event, by: Person) -> Undone:
    """Both of the account names and of the day."""

    def back(changes: Mapping[str, Any], **who: Any) -> AccountingSetting:
        return settle(AccountingSetting, changes, CLEANERS | CLOSING, event.kind, about=ABOUT, **who)

    return settle_back(event, accounting_setting(), back, by)


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
CLOSING: dict[str, cleaning.Cleaner] = {"closed_until": lambda raw: cleaning.day(raw) if raw else None}
