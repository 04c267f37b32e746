"""Which kanji count as one when names are searched and compared: 髙橋 is 高橋, 渡邊 is 渡辺, 國 is 国.

Each group begins with the form that stays. Sources: the forms in brackets of the 常用漢字表 (内閣告示 平成22年第2号);
the variants of names in the 戸籍統一文字 that firms and people meet daily; the shortened forms of JIS X 0208 beside
their printing standards (表外漢字字体表, 2000). Forms that NFKC folds by itself (塚 神 福 ...) are not repeated here.
Kanji that only sound alike or differ as family names (阪 坂, 畑 畠, 洲 州) are never one; 斎 and 斉 are, because people
mix them up daily: a search had better find both, and a possible duplicate is shown, not merged.
"""

from __future__ import annotations

# fmt: off
STANDARD = """
亜亞 悪惡 圧壓 囲圍 医醫毉 為爲 壱壹 隠隱 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 艶艷豔 応應 欧歐 殴毆 桜櫻
奥奧 横橫 温溫 穏穩 仮假 価價 画畫 会會㑹 絵繪 壊壞 懐懷 概槪 拡擴 殻殼 覚覺 学學斈 岳嶽 楽樂 渇渴 缶罐
巻卷 陥陷 勧勸 寛寬 関關 歓歡 観觀 気氣 帰歸皈 亀龜 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 狭狹
郷鄕鄉 暁曉 区區 駆驅駈 勲勳勛 薫薰 径徑 茎莖 恵惠 掲揭 渓溪谿 経經 蛍螢 軽輕 継繼 鶏鷄雞 芸藝 撃擊 欠缺
研硏 県縣 倹儉 剣劍劔劒釼 険險 圏圈 検檢 献獻 権權 顕顯 験驗 厳嚴 広廣 効效 恒恆 黄黃 鉱鑛礦砿 号號
国國圀囯囶 黒黑 砕碎 済濟 斎齋斉齊 剤劑 雑雜襍 参參 桟棧 蚕蠶 惨慘 賛贊 残殘 糸絲 歯齒 児兒 辞辭 湿濕
実實 写寫冩 釈釋 寿壽 収收 従從 渋澁 獣獸 縦縱 粛肅 処處 緒緖 叙敍敘 将將 称稱 渉涉 焼燒 証證 奨奬 条條
状狀 乗乘 浄淨 剰剩 畳疊 縄繩 壌壤 嬢孃 譲讓 醸釀 触觸 嘱囑 真眞 寝寢 慎愼 尽盡 図圖 粋粹 酔醉 穂穗 随隨
髄髓 枢樞 数數 瀬瀨 声聲 静靜 窃竊 摂攝 専專 浅淺 戦戰 践踐 銭錢 潜潛 繊纖 禅禪 双雙 壮壯 争爭 荘莊 捜搜
挿插揷 巣巢 曽曾 痩瘦 装裝 総總 騒騷 増增 蔵藏 臓臟 即卽 属屬 続續 堕墮 対對 体體躰軆 帯帶 滞滯 台臺 滝瀧
択擇 沢澤 担擔 単單 胆膽 団團 断斷 弾彈 遅遲 痴癡 虫蟲 昼晝 鋳鑄 庁廳 徴徵 聴聽 勅敕 鎮鎭 逓遞 鉄鐵銕
点點 転轉 伝傳 灯燈 当當 党黨 盗盜 稲稻 闘鬭鬪 徳德 独獨 読讀 届屆 弐貳 悩惱 脳腦 覇霸 拝拜 廃廢 売賣
麦麥 発發 髪髮 抜拔 晩晚 蛮蠻 秘祕 浜濱濵 瓶甁 払拂 仏佛 併倂 並竝 餅餠 辺邊邉 変變 弁辨瓣辯 歩步 宝寶寳
豊豐 褒襃 翻飜 毎每 万萬 満滿 麺麵 黙默 弥彌 訳譯 薬藥 与與 予豫 余餘 誉譽 揺搖 様樣 謡謠 来來 頼賴 乱亂
覧覽 竜龍 両兩 猟獵 緑綠 涙淚 塁壘 礼禮 励勵 戻戾 霊靈 齢齡 暦曆 歴歷 恋戀 錬鍊 炉爐 労勞 郎郞 楼樓 録錄
湾灣
"""

LIKEWISE = """
教敎 説說 税稅 脱脫 鋭銳 悦悅 閲閱 清淸 青靑 産產 戸戶 内內 呉吳 娯娛 尚尙 姉姊 姫姬 彦彥 顔顏 強强 冊册
舎舍 舗舖鋪 既旣 飲飮 飾餝 隣鄰 館舘 群羣 窓窗窻 煙烟 裏裡 涼凉 況况 決决 減减 準凖 氷冰 次㳄 鎌鐮 鑑鑒
歳歲 略畧 留畄 達逹 質貭 賓賔 第㐧苐 勢㔟 功㓛 多夛 場塲 往徃 奇竒 明眀 春旾 和咊 紙帋 綿緜 本夲
凡凢 刃刄 宜冝 婿聟 村邨 釜釡 世卋 丈𠀋 土𡈽 吉𠮷 最㝡 詠咏 啓啟 解觧 嘗甞 鼓鼔 杯盃
"""

NAMES = """
高髙 崎﨑嵜㟢 島嶋嶌 富冨 橋槗𣘺 柳栁桺 淵渕渊 桑桒 峰峯 巌巖 船舩 野埜 秋穐龝 松枩柗 杉杦 藪薮籔 園薗
喜㐂 聡聰 晋晉 昂昻 亘亙 尭堯 槙槇 遥遙 瑶瑤 凛凜 穣穰 禄祿 祷禱 鶴靏靍鸖 鴎鷗 鴬鶯 桧檜 柏栢 桝枡 磯礒
雁鴈鳫 鼠鼡 兎兔 卯夘 哲喆 猫貓 沖冲 讃讚 萌萠 讐讎 裴裵 竪豎 厨廚 函凾 靱靭 鉤鈎 晃晄 皓皜
"""

PRINTED = """
侠俠 倶俱 剥剝 呑吞 唖啞 噛嚙 嚢囊 填塡 妍姸 屏屛 并幷 叱𠮟 掴摑 掻搔 攪撹 涛濤 涜瀆 溌潑 潅灌 焔焰 砺礪
箪簞 篭籠 繍繡 繋繫 莱萊 蒋蔣 蝉蟬 蝋蠟 蛎蠣 蝿蠅 躯軀 迩邇 醤醬 醗醱 頬頰 顛顚 騨驒 鹸鹼 麹麴 鯵鰺 壷壺
梼檮 侭儘 賎賤 諌諫 頚頸 蕊蘂 竃竈 芦蘆 欝鬱 屡屢 訛譌 鈩鑪 筝箏 祢禰 舮艫 麸麩 皐皋
"""
# fmt: on


def one_for_each() -> dict[int, str]:
    """Code point of a variant -> the form that stays."""
    table: dict[int, str] = {}
    for group in " ".join((STANDARD, LIKEWISE, NAMES, PRINTED)).split():
        for variant in group[1:]:
            table[ord(variant)] = group[0]
    return table
