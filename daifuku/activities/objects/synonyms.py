"""The headings under which files of other systems and daily reports kept in Excel bring each field."""

from __future__ import annotations

_SUBJECTS = {
    "deal": "商談、案件、商談名、案件名、opportunity、deal",
    "account": "取引先、会社名、得意先名、取引先名、お客様名、顧客名、訪問先、訪問先名、company",
    "contact": "先方の担当者、担当者、面談者、先方担当者、相手先担当者、contact",
    "lead": "見込み客、見込客、lead",
    "ended_at": "終了日時、終了、終了時刻、end",
    "method": "対応方法、方法、手段、活動種別、活動区分、method",
    "subject": "件名、タイトル、用件、表題、subject",
}
TALK = _SUBJECTS | {
    "started_at": "日時、日付、対応日時、対応日、活動日、訪問日、開始日時、date",
    "minutes": "所要時間（分）、所要時間、時間（分）、分、minutes",
    "content": "対応内容、内容区分、用件区分、content",
    "direction": "どちらから、受発信、発着信、direction",
    "text": "詳細、内容、対応内容の詳細、商談内容、活動内容、報告、日報、text",
    "order": "受注、受注番号、order",
    "next_step": "次にすること、次のアクション、次回アクション、今後の予定、next step",
    "owner": "対応した人、対応者、訪問者、営業担当、担当社員、社員、owner",
}
PLAN = _SUBJECTS | {
    "started_at": "日時、予定日時、予定日、日付、訪問予定日、開始日時、date",
    "place": "場所、訪問場所、place",
    "text": "目的・準備、目的、準備、内容、text",
    "owner": "担当、営業担当、担当社員、訪問者、owner",
}
TASK = {
    "subject": "件名、タスク、タスク名、やること、ToDo、todo、subject",
    "due_on": "期限、期日、締め切り、締切、due date",
    "priority": "優先度、重要度、priority",
    "state": "状態、ステータス、進み具合、status",
    "account": _SUBJECTS["account"],
    "contact": _SUBJECTS["contact"],
    "lead": _SUBJECTS["lead"],
    "deal": _SUBJECTS["deal"],
    "text": "詳細、内容、メモ、text",
    "owner": "担当、営業担当、担当社員、担当者名、owner",
}
