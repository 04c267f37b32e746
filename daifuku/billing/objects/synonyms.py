"""The headings under which lists of invoices kept in Excel and in other programs bring each field."""

from __future__ import annotations

INVOICE = {
    "account": "取引先、請求先、得意先、得意先コード、得意先名、顧客名、会社名、account",
    "contact": "先方の担当者、先方担当者、担当者、contact",
    "title": "件名、請求件名、subject",
    "traded_on": "取引日、納品日、売上日",
    "due_on": "支払期日、支払期限、入金予定日、due date",
    "lines": "明細、品目、内容",
    "payment": "支払条件、支払方法",
    "note": "備考、摘要、note",
    "memo": "社内メモ、メモ",
    "owner": "営業担当、担当、担当社員、owner",
}
