"""The headings under which lists of requests and claims kept in Excel bring each field."""

from __future__ import annotations

VOICE = {
    "subject": "件名、タイトル、表題、subject",
    "text": "声、内容、要望、ご要望、クレーム内容、お客様の声、意見、ご意見、text",
    "topic": "分類、区分、種別、カテゴリ、カテゴリー、topic",
    "product": "商品、商品名、製品、製品名、品名、品番、product",
    "account": "取引先、会社名、得意先名、取引先名、お客様名、顧客名、company",
    "contact": "先方の担当者、担当者、先方担当者、contact",
    "lead": "見込み客、見込客、lead",
    "severity": "重要度、重大度、severity",
    "state": "状態、ステータス、対応状況、status",
    "countermeasure": "対策、対応、処置、対策内容、countermeasure",
    "solver": "対策の担当、対策担当、対応者、solver",
    "due_on": "回答の期限、期限、回答期限、due date",
    "answer": "お客様への回答、回答、回答内容、answer",
    "owner": "聞いた人、受付者、営業担当、担当社員、owner",
}
