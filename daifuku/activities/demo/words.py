"""What was said, in the words of salespeople from Nagoya; each with how it was said and what it was about."""

from __future__ import annotations


def _told(lines: str) -> tuple[tuple[str, ...], ...]:
    """(method, content, direction, subject, text, next step) of each line."""
    rows = []
    for line in lines.strip().splitlines():
        how, *words = (part.strip() for part in line.split("|"))
        rows.append((*how.split(), *words, *[""] * (3 - len(words))))
    return tuple(rows)


TALKS = _told(
    """
    phone question in | カタログの商品について | 梱包フィルムの厚さと在庫の問い合わせ。折り返し回答した。 | 見本を送る
    phone question in | 包装機の更新 | 年度内に入れ替えたいとのこと。予算は300万円くらい。 | 現地を見に伺う
    phone delivery in | 納期の確認 | 先週の注文の納期の確認。月末で了承いただいた。
    phone delivery out | 納期の連絡 | メーカーの都合で3日遅れることを連絡。了承いただいた。 | 入荷したら電話する
    phone order in | 追加の注文 | 前回と同じものを50ケース追加。注文書はFAXで届く。 | 注文書を待つ
    phone order out | 数量の確認 | 注文書の数量が単位違いだったため確認。箱ではなく個。 | 注文書の差し替え
    phone complaint in | 箱の破損 | 届いた箱のうち2箱がつぶれていた。代わりを手配。 | 運送会社に確認
    phone other out | 訪問の約束 | 来週の訪問の約束をとった。工場長も同席される。 | 資料を2部用意
    mail question in | 見積の依頼 | 省エネ照明40台の見積の依頼。工事費込みで。 | 見積を送る
    mail order out | 見積の送付 | 見積書を送付。単価は前回から据え置き。 | 来週電話で確認
    mail other out | 展示会の案内 | 秋の展示会の案内を送付。
    visit question out | 新商品の紹介 | 新しい保護手袋を紹介。現場で1週間試していただく。 | 来週感想を聞く
    visit question out | 現地の確認 | 倉庫の照明を見た。高所の交換が課題とのこと。 | 見積を作る
    visit order out | 見積の説明 | 見積を説明。金額は了承、支払条件だけ社内で確認される。 | 月曜に電話する
    visit order out | 注文のお礼 | 注文のお礼に伺った。次の工事の話も少し聞けた。
    visit complaint out | 不具合のおわび | ラベルのはがれのおわび。原因はのりの保管温度だった。 | 対策書を届ける
    visit other out | あいさつ | 担当が替わられたので、あいさつに伺った。
    online question out | 使い方の説明 | 画面で使い方を説明。現場の方が3名参加された。 | 質問への回答を送る
    online order out | 仕様の打ち合わせ | 特注サイズの仕様を打ち合わせ。図面は先方が作成。 | 図面を待つ
    other other out | 展示会でのあいさつ | 展示会でお会いした。来月相談したいことがあるとのこと。 | 来月電話する
    """
)
LEAD_TALKS = _told(
    """
    phone question in | 資料請求の電話 | 資料が届いたことを確認。来週説明してほしいとのこと。 | 訪問の日を決める
    phone other out | お礼の電話 | 展示会のお礼の電話。いまは予定がないとのこと。 | 半年後に電話する
    visit question out | はじめての訪問 | 困っていることを聞いた。見積を出すことになった。 | 見積を作る
    mail question out | 資料の送付 | カタログと事例の資料を送付。 | 届いたころに電話する
    """
)
# (method, subject, place, purpose)
PLANS = (
    ("visit", "見積の説明", "先方の応接室", "見積書2部。支払条件の希望を聞く。"),
    ("visit", "定期訪問", "", "在庫の様子と来月の予定を聞く。"),
    ("visit", "現地の確認", "先方の工場", "巻き尺とカメラを持参。"),
    ("phone", "注文の確認の電話", "", "数量と納期の確認。"),
    ("phone", "見積の感触を聞く電話", "", "競合の金額も聞けたら聞く。"),
    ("online", "仕様の打ち合わせ", "", "図面を画面で共有する。"),
    ("visit", "新商品の紹介", "先方の事務所", "見本3種類を持参。"),
)  # fmt: skip
REASONS = ("先方の都合", "担当の方が急な出張", "資料の準備が間に合わず", "台風のため")
TASKS = (
    ("見積を送る", "照明40台。工事費を分けて書く。"),
    ("見本を送る", "手袋のSとMを5双ずつ。"),
    ("納期を購買に確認", "月末に間に合うかどうか。"),
    ("カタログを届ける", "新しい版。2部。"),
    ("請求書の宛名を直す", "「御中」の前に部署名を入れる。"),
    ("お礼状を書く", "工場見学のお礼。"),
    ("与信の確認を頼む", "経理課に依頼する。"),
    ("図面の修正を頼む", "穴の位置が違う。"),
    ("年末のあいさつの日を決める", ""),
    ("競合の価格を調べる", "同じ厚さのフィルム。"),
)
