"""The sets of milestones that come with the program; data in Japanese, as a firm would write it."""

from __future__ import annotations

from typing import Any

ALL, BOTH = ["purchaser", "clerk", "accountant"], ["purchaser", "clerk"]
PLANS: tuple[dict[str, Any], ...] = (
    {
        "key": "long_order", "name": "設備・大型案件の受注", "of": "order",
        "steps": [
            {"name": "仕入先へ発注", "anchor": "ordered_on", "days": 3, "roles": ["purchaser"], "before": 2},
            {"name": "仕入先の納期を確認", "anchor": "ordered_on", "days": 10, "roles": BOTH, "before": 3},
            {"name": "入荷・検品", "anchor": "due_on", "days": -7, "roles": BOTH, "before": 7},
            {"name": "納品・据付", "anchor": "due_on", "days": 0, "roles": ["clerk"], "before": 7},
            {"name": "検収", "anchor": "due_on", "days": 7, "roles": ["clerk"], "before": 3},
            {"name": "請求書の発行", "anchor": "due_on", "days": 10, "roles": ["clerk", "accountant"], "before": 5},
            {"name": "入金の確認", "anchor": "due_on", "days": 60, "roles": ["accountant"], "before": 3},
        ],
    },
    {
        "key": "long_deal", "name": "長い商談", "of": "deal",
        "steps": [
            {"name": "現地調査", "anchor": "begun", "days": 14, "roles": [], "before": 3},
            {"name": "仕様の確定", "anchor": "close_on", "days": -45, "roles": ["purchaser"], "before": 7},
            {"name": "仕入先の見積をとる", "anchor": "close_on", "days": -35, "roles": ["purchaser"], "before": 7},
            {"name": "見積書の提出", "anchor": "close_on", "days": -28, "roles": ["clerk"], "before": 5},
            {"name": "お客様の社内決裁", "anchor": "close_on", "days": -7, "roles": [], "before": 5},
            {"name": "受注（注文書を受け取る）", "anchor": "close_on", "days": 0, "roles": ALL, "before": 14},
        ],
    },
)  # fmt: skip
