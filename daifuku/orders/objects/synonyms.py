"""The headings under which lists of orders kept in Excel and in other programs bring each field."""

from __future__ import annotations

ORDER = {
    "number": "受注番号、受注No、注文番号、伝票番号、order number、order no",
    "account": "取引先、得意先、得意先コード、得意先名、顧客名、会社名、account",
    "contact": "先方の担当者、先方担当者、担当者、contact",
    "title": "件名、案件名、受注件名、subject",
    "ordered_on": "受注日、注文日、受付日、order date",
    "due_on": "納期、希望納期、納品予定日、due date",
    "customer_number": "先方の注文番号、客先注文番号、注文書番号、po number",
    "place": "納品先、届け先、送り先、納入場所",
    "payment_terms": "支払条件、支払方法",
    "note": "備考、メモ、摘要、note",
    "owner": "営業担当、担当、担当社員、owner",
}
LINE = {
    "order": "受注、受注番号、受注No、注文番号、伝票番号、order number",
    "place": "行、行番号、明細番号、line no",
    "product": "商品、商品コード、品番、product",
    "name": "品名、商品名、name",
    "spec": "仕様、規格、型番",
    "quantity": "数量、注文数、受注数、quantity",
    "unit": "単位、unit",
    "unit_price": "単価、販売単価、price",
    "discount": "値引率、値引、discount",
    "tax_class": "税区分、課税区分",
    "due_on": "納期、明細納期、納品予定日",
    "deliver_to": "納品先、届け先",
    "note": "明細の備考、備考、摘要",
}
