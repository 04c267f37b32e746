"""The headings under which lists of quotes kept in Excel bring each field."""

from __future__ import annotations

QUOTE = {
    "title": "件名、案件名、見積件名、title",
    "account": "取引先、得意先、会社名、見積先、customer",
    "contact": "先方の担当者、ご担当者、担当者名",
    "deal": "商談、案件",
    "day": "見積日、日付、date",
    "valid_until": "有効期限、見積有効期限",
    "lines": "明細、lines",
    "delivery": "納期、納入期日",
    "place": "納入場所、納品場所",
    "payment": "支払条件、お支払条件",
    "note": "備考、note",
}
