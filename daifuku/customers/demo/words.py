"""The syllables of which names of firms and people are invented; no firm of this world is meant."""

from __future__ import annotations


def _pairs(words: str) -> tuple[tuple[str, str], ...]:
    """Of 雛/ヒナ 凪/ナギ: what is written and how it is read."""
    return tuple(
        (written, reading) for written, _slash, reading in (word.partition("/") for word in words.split())
    )


# The first and the second part of a firm's own name.
FIRST = _pairs(
    """
    雛/ヒナ 琴乃/コトノ 月見/ツキミ 星乃/ホシノ 風待/カザマチ 凪/ナギ 雲井/クモイ 虹/ニジ 霧里/キリサト
    蛍/ホタル 鈴音/スズネ 錦野/ニシキノ 小夜/サヨ 夕凪/ユウナギ 朝霧/アサギリ 花見/ハナミ 雪待/ユキマチ
    千鳥/チドリ 若竹/ワカタケ 白鷺/シラサギ 翡翠/ヒスイ 瑠璃/ルリ 茜/アカネ 藍/アイ ミナ/ミナ トキ/トキ
    アオ/アオ コマ/コマ ハル/ハル ソラ/ソラ
    """
)
SECOND = _pairs(
    """
    羽根/バネ 野辺/ノベ ヶ峰/ガミネ 沢/ザワ ノ浦/ノウラ 小路/コウジ 瀬/セ 原野/ハラノ ノ森/ノモリ 渡/ワタリ
    が谷/ガヤ 橋詰/ハシヅメ
    """
)
# The trade in the name, its reading, industry, business type, what such a firm handles.
TRADES = (
    ("精機", "セイキ", "manufacturing", "maker", "切削部品、治具、金型"),
    ("製作所", "セイサクショ", "manufacturing", "maker", "板金加工、溶接、組立"),
    ("化成", "カセイ", "manufacturing", "maker", "樹脂成形品、緩衝材"),
    ("食品", "ショクヒン", "manufacturing", "maker", "味噌、調味料、業務用惣菜"),
    ("建設", "ケンセツ", "construction", "contractor", "工場・倉庫の新築と改修"),
    ("電設", "デンセツ", "construction", "contractor", "電気設備工事、保守"),
    ("商事", "ショウジ", "wholesale", "trading", "産業資材、工具、包装材"),
    ("物産", "ブッサン", "wholesale", "wholesaler", "食品原料、日用雑貨"),
    ("金物", "カナモノ", "wholesale", "wholesaler", "建築金物、工具"),
    ("ストア", "ストア", "retail", "retailer", "食品、生活用品"),
    ("薬局", "ヤッキョク", "retail", "retailer", "医薬品、衛生用品"),
    ("運輸", "ウンユ", "transport", "service", "一般貨物、倉庫、梱包"),
    ("システム", "システム", "information", "service", "業務ソフト、保守"),
    ("旅館", "リョカン", "food_service", "end_user", "宿泊、宴会"),
    ("医院", "イイン", "medical", "end_user", "内科、小児科"),
    ("学園", "ガクエン", "education", "end_user", "幼稚園、学童保育"),
    ("不動産", "フドウサン", "real_estate", "service", "賃貸管理、ビル管理"),
    ("農園", "ノウエン", "agriculture", "maker", "野菜、いちご、米"),
)  # fmt: skip
FORMS = (("株式会社{}", 6), ("{}株式会社", 5), ("有限会社{}", 2), ("合同会社{}", 1), ("{}", 1))
FAMILIES = _pairs(
    """
    佐藤/サトウ 鈴木/スズキ 高橋/タカハシ 田中/タナカ 伊藤/イトウ 渡辺/ワタナベ 山本/ヤマモト 中村/ナカムラ
    小林/コバヤシ 加藤/カトウ 吉田/ヨシダ 山田/ヤマダ 佐々木/ササキ 山口/ヤマグチ 松本/マツモト 井上/イノウエ
    木村/キムラ 林/ハヤシ 斎藤/サイトウ 清水/シミズ 山崎/ヤマザキ 森/モリ 池田/イケダ 橋本/ハシモト
    石川/イシカワ 前田/マエダ 藤田/フジタ 後藤/ゴトウ 岡田/オカダ 長谷川/ハセガワ 石井/イシイ 村上/ムラカミ
    近藤/コンドウ 坂本/サカモト 遠藤/エンドウ 青木/アオキ 水谷/ミズタニ 髙木/タカギ 渡邉/ワタナベ 犬飼/イヌカイ
    丹羽/ニワ 梶浦/カジウラ
    """
)
GIVEN = _pairs(
    """
    誠/マコト 健一/ケンイチ 大輔/ダイスケ 翔太/ショウタ 隆/タカシ 浩二/コウジ 直樹/ナオキ 剛/ツヨシ 和也/カズヤ
    正樹/マサキ 拓海/タクミ 亮/リョウ 恵子/ケイコ 由美/ユミ 陽子/ヨウコ 美咲/ミサキ 真由美/マユミ 久美子/クミコ
    千尋/チヒロ 葵/アオイ さくら/サクラ 裕子/ユウコ 智子/トモコ 彩/アヤ
    """
)
# A post, the part it plays in a sale, its weight.
POSTS = (
    ("", "代表取締役", "decides", "high"),
    ("", "専務取締役", "decides", "high"),
    ("購買部", "部長", "decides", "high"),
    ("購買課", "課長", "promotes", "middle"),
    ("総務部", "部長", "promotes", "middle"),
    ("総務課", "主任", "window", "low"),
    ("製造部", "工場長", "advises", "middle"),
    ("生産技術課", "係長", "uses", "low"),
    ("情報システム課", "課長", "advises", "middle"),
    ("営業部", "課長", "promotes", "middle"),
    ("経理部", "部長", "opposes", "middle"),
    ("資材課", "", "window", "low"),
)
NOTES = (
    "納品は午前中を希望。",
    "毎月20日に在庫の確認の電話が入る。",
    "見積は紙でも欲しいとのこと。",
    "駐車場が狭いので軽で訪問する。",
    "年度末に予算の使い切りがある。",
    "前任者からの引き継ぎ先。価格より納期を重視。",
    "社長がゴルフ好き。",
    "発注はFAXのみ。",
)
COMMENTS = (
    "電話しました。来週もう一度かけ直します。",
    "カタログを送りました。",
    "担当の方が替わるそうです。次回あいさつに伺います。",
    "競合の見積も取っているようです。",
    "先日の件、お礼の電話をいただきました。",
    "納期の相談あり。購買に確認します。",
    "展示会に来てくださいました。",
    "請求書の宛名が変わったそうです。",
    "試供品の評判がよいです。",
    "次の訪問は月末の予定です。",
)
INTERESTS = (
    "梱包資材の見直し",
    "省エネ照明",
    "衛生用品の定期便",
    "工具の共同購入",
    "包装機の更新",
    "カタログ一式",
    "防災用品",
    "在庫の預かり",
)
EVENTS = ("なごやものづくり展", "中部包装フェア", "東海食品商談会", "地域産業交流会")
