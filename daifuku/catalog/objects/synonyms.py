"""The headings under which lists of goods and prices kept in Excel and in other programs bring each field."""

from __future__ import annotations

PRODUCT = {
    "code": "商品コード、品番、商品番号、商品CD、コード、製品コード、product code、code、sku",
    "name": "商品名、品名、製品名、商品、名称、product、product name、name",
    "kana": "カナ、商品名カナ、フリガナ、商品カナ、よみ、kana",
    "spec": "規格・型番、規格、型番、型式、仕様、サイズ、model",
    "unit": "単位、unit",
    "price": "標準価格、単価、定価、売価、標準単価、販売価格、sales price、price",
    "cost": "原価、仕入単価、仕入価格、標準原価、下代、cost",
    "tax_class": "税区分、消費税区分、税率、課税区分、tax",
    "group": "商品グループ、分類、商品分類、カテゴリ、シリーズ、グループ、category、series、group",
    "supplier": "仕入先、仕入先名、メーカー、発注先、supplier",
    "supplier_code": "仕入先の品番、仕入先品番、メーカー品番",
    "lead_days": "標準納期（日）、標準納期、納期日数、リードタイム、lead time",
    "successor": "後継の商品、後継商品、後継品、後継",
    "higher": "上位の商品、上位商品、上位機種",
    "discontinued_on": "販売終了日、廃番日、終売日、販売終了、廃番",
    "note": "備考、メモ、摘要、note",
}
PRICE = {
    "product": "商品、商品コード、品番、商品名、品名、product",
    "account": "取引先、得意先、得意先コード、得意先名、会社名、account",
    "rank": "ランク、得意先ランク、価格ランク、rank",
    "quantity": "数量（以上）、数量、ロット、下限数量、quantity",
    "amount": "単価、価格、販売単価、契約単価、特別単価、price",
    "rate": "掛率、掛け率、仕切率、rate",
    "begins_on": "適用開始日、開始日、適用日、from",
    "ends_on": "適用終了日、終了日、期限、until",
    "note": "備考、メモ、摘要、note",
}
