"""Minutes of the last two months: what was agreed, who sends what until when, what customers would like."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random

from daifuku.customers.demo import customers
from daifuku.customers.demo.stage import Stage, Step, working_minute
from daifuku.minutes.actions import write
from daifuku.minutes.found import found_in_text
from daifuku.staff.viewer import viewer_of

TEXTS = (
    """【出席者】
先方: 購買部長、倉庫ご担当 / 当方: 担当、配送
【前回からの動き】
・先月の納品は数量、日付とも問題なし
【課題】
・箱が大きく、棚に一段しか積めない
【要望】
要望: 20個入りの小さい箱がほしい
【決定事項】
決定: 来月から20ケースずつ、月2回に分けて納める
【次にすること】
ToDo: 小箱の見積を送る 来週金曜
ToDo: 配送便の空きを確認 週明け
【次回】
次回: 来月5日 14:00 小箱の見積の説明
""",
    """【出席者】
先方: 専務（決める人）、製造課 / 当方: 課長、担当
【提案の内容】
商品: 業務用みそだれ 2kg
数量: 120箱
金額: 64万8千円
初回のみ送料は当方
【先方の反応】
手ごたえ: よい
返事の期日: 来月10日
味はよい。価格は今の仕入れ先より少し高い
【懸念】
他社は1箱5,100円とのこと
【決定事項】
決定: 試しに10ケース
【保留】
? 年間契約にしたときの値引き
【次にすること】
ToDo: 年間契約の条件をまとめる 月末
【試食の感想】
だしの香りがよいとのこと
""",
    """【出席者】
先方: 店長 / 当方: 担当
【起きたこと】
商品: みそ煮込みうどん 10食
数量: 2箱
昨日届いた30箱のうち2箱で、中の容器が割れていた
【先方のお怒りと要望】
クレーム: 土曜の売り場に間に合わず、お客様にご迷惑をかけた
【原因】
配送中の積み替え
【応急の対応】
本日、代わりの2箱をお届けした
【再発の防止】
仕切りの段ボールを厚くする
【約束したこと】
ToDo: 原因と対策の報告書を届ける 3日後
""",
)
WITHIN = (
    """【出席者】
営業1課の全員、配送
【議題】
年末の配送
【決定事項】
決定: 12月25日までの注文は年内に届ける
決定: 26日からの注文は1月6日の便になることを、注文のときに伝える
【保留】
? 冷蔵の便を増やすかどうか
【次にすること】
ToDo: 年末の配送予定を取引先に案内する 来週金曜
次回: 来月5日 9:00 年末の配送
""",
    """【出席者】
営業部の課長、情報システム担当
【議題】
今月の入力率
【決定事項】
決定: 訪問の記録は、車に戻ったらスマートフォンで入力する
【次にすること】
ToDo: 文例を3つ増やす 週明け
""",
)
EVERY_FIRM, DAYS = 9, 60


def minutes(random: Random) -> Iterator[Step]:
    for number in range(0, customers.FIRMS, EVERY_FIRM):
        text = TEXTS[number // EVERY_FIRM % len(TEXTS)]
        do = partial(_write, number, text, random.random() < 0.7)
        yield Step(random.randrange(1, DAYS), working_minute(random), do, "page")
    for turn, days in enumerate((4, 11, 19, 33)):
        yield Step(
            days,
            9 * 60 + 50,
            partial(_meet, WITHIN[turn % 2], "今月の入力率" if turn % 2 else "年末の配送"),
            "page",
        )


def _write(number: int, text: str, accepts: bool, stage: Stage) -> None:
    head = stage.saved.get(f"firm{number}.0")
    if head is None:
        return
    people = stage.saved[f"firm{number}.people"]
    began = stage.now - timedelta(minutes=70)
    complaint = "クレーム:" in text
    values = {
        "account": head, "contact": people[0] if people else None, "owner": head.owner, "started_at": began,
        "minutes": 60, "method": "visit", "content": "complaint" if complaint else "question", "text": text,
        "subject": "容器の破損のおわび" if complaint else "打ち合わせの議事録",
    }  # fmt: skip
    told = found_in_text(text, began.date(), {"account": head}, viewer_of(head.owner))
    keys = [
        chip.finding.key for chip in told.chips if chip.finding.kind in {"task", "plan", "decision", "voice"}
    ]
    write(values, by=head.owner, accepted=keys if accepts else ())


def _meet(text: str, subject: str, stage: Stage) -> None:
    """A meeting of the house, written down by a manager."""
    by, began = stage.people["midori"], stage.now - timedelta(minutes=45)
    told = found_in_text(text, began.date(), {}, viewer_of(by))
    keys = [chip.finding.key for chip in told.chips if chip.finding.kind in {"task", "decision"}]
    values = {
        "internal": True, "owner": by, "started_at": began, "minutes": 40, "method": "other", "content": "other",
        "subject": subject, "text": text,
    }  # fmt: skip
    write(values, by=by, accepted=keys)
