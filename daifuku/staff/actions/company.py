"""The particulars of the firm, as they stand on its documents, and what it asks of everybody's sign-in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import identifiers
from daifuku.foundation.errors import ChangedSince
from daifuku.foundation.japanese import clean_kana
from daifuku.foundation.phone import format_number
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.staff.actions import cleaning, rights
from daifuku.staff.actions.changes import check_version, fresh, put
from daifuku.staff.models import Company, Person


def edit_company(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Event | None:
    """Needs the power "settings". Raises Stale when somebody else saved since `version`."""
    rights.need(by, "settings")
    values = cleaning.clean_all(changes, CLEANERS)
    with ledger.writing():
        company = fresh(Company.objects.get())
        check_version(company, version)
        done = put(company, values)
        if not done and undoes is None:
            return None
        company.version += 1
        company.save()
        about = [ledger.About("company", company.pk)]
        return ledger.record("company.edited", by=by, about=about, data={"changes": done}, undoes=undoes)


def undo_edit(event: Event, by: Person) -> Undone:
    company = Company.objects.get()
    back = {name: old for name, (old, new) in event.changes.items() if getattr(company, name) == new}
    if not back:
        raise ChangedSince
    edit_company(back, by=by, undoes=event)
    return Undone(1)


def _checked(clean: Callable[[str], str], sentence: Any) -> cleaning.Cleaner:
    def cleaned(raw: Any) -> str:
        value = str(raw or "").strip()
        try:
            return clean(value) if value else ""
        except ValueError as error:
            raise ValueError(str(sentence)) from error

    return cleaned


def _kana(raw: Any) -> str:
    return str(cleaning.text(120)(clean_kana(str(raw or ""))))


def _phone(raw: Any) -> str:
    value = str(cleaning.text(40)(raw))
    return format_number(value) if value else ""


def _month(raw: Any) -> int:
    try:
        month = int(raw)
    except (TypeError, ValueError):
        month = 0
    if not 1 <= month <= 12:
        raise ValueError(str(_("1月から12月の中から選んでください。")))
    return month


CLEANERS: dict[str, cleaning.Cleaner] = {
    "name": cleaning.text(120, required=True),
    "kana": _kana,
    "postal_code": _checked(
        identifiers.clean_postal_code, _("郵便番号は7桁の数字で入力してください。例: 450-0002")
    ),
    "address": cleaning.text(200),
    "phone": _phone,
    "corporate_number": _checked(
        identifiers.clean_corporate_number,
        _("法人番号は13桁の数字です。数字の間違いがないか確認してください。"),
    ),
    "invoice_number": _checked(
        identifiers.clean_invoice_number,
        _("インボイス登録番号は「T」と13桁の数字です。間違いがないか確認してください。"),
    ),
    "fiscal_start_month": _month,
    "second_factor_required": bool,
}
