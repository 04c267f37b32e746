"""The headings under which lists of deals kept in Excel or in other systems bring each field."""

from __future__ import annotations

DEAL = {
    "name": "商談名、案件名、件名、タイトル、商談、案件、opportunity name、deal name、opportunity_id",
    "account": "取引先、会社名、得意先名、取引先名、お客様名、顧客名、account、account name、company",
    "contact": "先方の担当者、先方担当者、担当者名、contact",
    "lead": "見込み客、元の見込み客、lead",
    "process": "営業プロセス、プロセス、パイプライン、pipeline",
    "stage": "段階、フェーズ、商談フェーズ、ステージ、進捗、stage、deal stage、deal_stage",
    "stage_note": "お客様の反応・理由、段階を変えた理由",
    "amount": "金額、商談金額、受注金額、見積金額、売上、amount、close_value、value",
    "probability": "受注確度、確度、確率、probability",
    "forecast": "ヨミ、見込みランク、forecast category",
    "close_on": "受注予定日、完了予定日、予定日、クローズ予定日、expected close date",
    "closed_on": "結果が出た日、受注日、失注日、完了日、close date、close_date",
    "product": "商品、商品名、製品、品名、product",
    "source": "きっかけ、リードソース、商談の経路、流入元、lead source",
    "next_step": "次にすること、次のステップ、ネクストアクション、next step",
    "next_on": "次にする日、次回予定日、次回アクション日",
    "lost_reason": "失注理由、失注原因、lost reason",
    "competitor": "決まった他社、競合、競合他社、失注先、competitor",
    "lost_note": "失注の詳細、失注メモ",
    "ask_again_on": "いつまた声をかけるか、再アプローチ日、掘り起こし日",
    "note": "備考、メモ、摘要、説明、note、notes、description",
    "owner": "営業担当、担当者、担当社員、担当営業、owner、sales agent、sales_agent",
    "created_at": "登録日時、開始日、engage_date、engage date",
}
