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
PAYMENT = {
    "number": "入金番号、入金No、伝票番号、payment number",
    "account": "取引先、得意先、得意先コード、得意先名、顧客名、会社名、account",
    "paid_on": "入金日、日付、取引日、payment date",
    "method": "入金の方法、入金方法、入金区分、決済方法、method",
    "amount": "入金額、金額、入金金額、amount",
    "fee": "振込手数料（当社負担）、振込手数料、手数料、支払手数料、fee",
    "matures_on": "手形・電子記録債権の期日、手形期日、期日",
    "payer": "振込名義、振込依頼人、振込人名、名義、payer",
    "note": "備考、メモ、摘要、note",
}
