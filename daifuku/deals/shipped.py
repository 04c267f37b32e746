"""The process that comes with the program: from the enquiry to the payment in seven stages, and the lost ones.

What stands here is data in Japanese, as a firm would write it; the administrator changes it on the pages of processes.
"""

from __future__ import annotations

from daifuku.deals.models.deal import DONE, LOST, OPEN, WON
from daifuku.deals.processes import ALLOW, ASK, Process, stages_of

STAGES = (
    {
        "key": "inquiry", "name": "問合せ", "name_en": "Enquiry", "kind": OPEN, "probability": 10,
        "forecast": "pipeline", "colour": "grey", "target_days": 3, "quiet_days": 3, "skip": ALLOW,
        "purpose": "問い合わせや紹介を受け、会って話す約束をとる。",
        "proof": "お客様が、会う日時を返事してくれた。",
        "guidance": "その日のうちに折り返す。何がきっかけか、いつまでに要るか、だれが決めるかを聞く。",
        "tasks": [{"subject": "折り返しの連絡をする", "days": 1}],
    },
    {
        "key": "appointment", "name": "アポイント", "name_en": "Appointment", "kind": OPEN, "probability": 20,
        "forecast": "pipeline", "colour": "blue", "target_days": 7, "quiet_days": 7, "skip": ALLOW,
        "purpose": "会って話を聞く場をつくる。",
        "proof": "お客様が、話を聞かせてくれた（困りごと・時期・予算のどれかを話してくれた）。",
        "guidance": "会う前に、過去の取引履歴とお客様の声を見ておく。だれに会うか、決裁者が同席するかを確かめる。",
    },
    {
        "key": "visit", "name": "訪問・ヒアリング", "name_en": "Visit and hearing", "kind": OPEN, "probability": 30,
        "forecast": "pipeline", "colour": "teal", "target_days": 14, "quiet_days": 10,
        "purpose": "困りごと、決める人、決め方、時期、予算を聞き取る。",
        "proof": "お客様から、見積の依頼を受けた。",
        "guidance": "「何に困っているか」「いつまでに」「だれが決めるか」「予算」「ほかに検討している会社」を聞く。"
        "決裁者に会えていなければ、次に会う約束をとる。",
        "required": ["contact"],
    },
    {
        "key": "quote", "name": "見積", "name_en": "Quote", "kind": OPEN, "probability": 50, "forecast": "best",
        "colour": "indigo", "target_days": 14, "quiet_days": 5, "follows": "quote",
        "purpose": "条件を見積書にし、返事をもらう日を決める。",
        "proof": "お客様から、注文書（発注の返事）を受け取った。",
        "guidance": "見積は渡して終わりにしない。返事の日をその場で約束し、次にする日に入れる。",
        "required": ["amount", "close_on"],
        "tasks": [{"subject": "見積の返事を聞く", "days": 3}],
    },
    {
        "key": "order", "name": "受注（注文書）", "name_en": "Order", "kind": WON, "probability": 100,
        "forecast": "closed", "colour": "green", "target_days": 3, "follows": "order",
        "purpose": "注文書を受け取り、受注日・受注商品・納期を登録する。",
        "proof": "注文書が届いた。",
        "guidance": "注文書と見積の金額・数量・納期が同じか確かめる。注文請書を送る。",
        "required": ["amount"],
    },
    {
        "key": "delivery", "name": "納品", "name_en": "Delivery", "kind": WON, "probability": 100,
        "forecast": "closed", "colour": "yellow", "target_days": 30, "follows": "delivery",
        "purpose": "約束の日に納め、受領を確かめる。",
        "proof": "お客様の受領印・受領の返事をもらった。",
        "guidance": "納品の前日に、時間と場所を確かめる。納品のあと、使ってみてどうかを聞く。",
    },
    {
        "key": "payment", "name": "入金", "name_en": "Payment", "kind": DONE, "probability": 100,
        "forecast": "closed", "colour": "purple", "follows": "payment",
        "purpose": "入金を確かめ、次の注文につなげる。",
        "proof": "全額の入金があった。",
        "guidance": "担当者は入金があるまで責任を持つ。入金のお礼とともに、次の予定を聞く。",
    },
    {
        "key": "lost", "name": "失注", "name_en": "Lost", "kind": LOST, "probability": 0, "forecast": "omitted",
        "colour": "red", "back": ASK,
        "purpose": "なぜ決まらなかったかを残し、また声をかける日を決める。",
        "guidance": "責める場ではない。理由と、決まった会社と、いつまた声をかけるかを残す。",
        "required": ["lost_reason"],
    },
)  # fmt: skip
PROCESSES = (
    Process("standard", "標準", "Standard", "新しい商談から入金まで", stages=stages_of("standard", STAGES)),
)
