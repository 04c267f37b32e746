"""Takes the legal form off a company's name: ㈱シャチホコ商事, シャチホコ商事株式会社 and シャチホコ商事 are one name.

Forms: 会社法, the laws on 法人, and their common brackets; the kana before and after a bracket are those of the banks
(全銀協 振込略語, カ) ユ) ド) ...). A form other than 株式会社 is part of what a firm is: 有限会社シャチホコ商事 is
another firm.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from daifuku.foundation.japanese.folding import fold
from daifuku.foundation.japanese.kana import HIRAGANA_TO_KATAKANA, SMALL_TO_LARGE

KABUSHIKI = "株式会社"

# fmt: off
# The word -> how it is shortened in brackets anywhere, in brackets at the front, by the banks.
FORMS: dict[str, tuple[str, str, str]] = {
    KABUSHIKI: ("株", "", "カ"), "有限会社": ("有", "", "ユ"), "合同会社": ("同", "", "ド"),
    "合資会社": ("資", "", "シ"), "合名会社": ("名", "", "メ"), "相互会社": ("相", "", "ソ"),
    "特定目的会社": ("", "特", ""), "有限責任事業組合": ("", "", ""),
    "企業組合": ("", "企", ""), "協業組合": ("", "協業", ""),
    "一般社団法人": ("一社", "", ""), "一般財団法人": ("一財", "", ""),
    "公益社団法人": ("公社", "", ""), "公益財団法人": ("公財", "", ""),
    "医療法人社団": ("", "医社", "イシヤ"), "医療法人財団": ("", "医財", "イザイ"),
    "社会医療法人": ("", "社医", "シヤイ"), "医療法人": ("", "医", "イ"),
    "社団法人": ("", "社", "シヤ"), "財団法人": ("", "財", "ザイ"),
    "学校法人": ("", "学", "ガク"), "社会福祉法人": ("社福", "福", "フク"), "宗教法人": ("", "宗", "シユウ"),
    "特定非営利活動法人": ("特非", "NPO", "トクヒ"), "更生保護法人": ("", "", "ホゴ"), "職業訓練法人": ("", "", ""),
    "地方独立行政法人": ("地独", "", "チドク"), "独立行政法人": ("独", "", "ドク"), "国立大学法人": ("", "大", "ダイ"),
    "公立大学法人": ("", "", ""), "国立研究開発法人": ("", "研", ""), "農事組合法人": ("", "農", "ノウ"),
    "管理組合法人": ("", "", "カンリ"), "投資法人": ("", "", ""),
    "監査法人": ("", "監", ""), "弁護士法人": ("", "弁", "ベン"),
    "税理士法人": ("", "税", "ゼイ"), "司法書士法人": ("", "司", "シホウ"), "行政書士法人": ("", "行", "ギヨ"),
    "社会保険労務士法人": ("", "労", "ロウム"), "土地家屋調査士法人": ("", "", ""), "特許業務法人": ("", "特業", ""),
    "弁理士法人": ("", "", ""),
}
ALSO: dict[str, str] = {
    "株式會社": KABUSHIKI, "有限會社": "有限会社", "合資會社": "合資会社", "合名會社": "合名会社",
    "NPO法人": "特定非営利活動法人", "医療社団法人": "医療法人社団", "社労士法人": "社会保険労務士法人",
}
# How the forms are read in a kana field; large kana for small ones count too (カブシキガイシヤ).
READ: dict[str, str] = {
    "カブシキガイシャ": KABUSHIKI, "カブシキカイシャ": KABUSHIKI, "ユウゲンガイシャ": "有限会社",
    "ゴウドウガイシャ": "合同会社", "ゴウシガイシャ": "合資会社",
    "ゴウメイガイシャ": "合名会社", "ソウゴガイシャ": "相互会社",
    "イッパンシャダンホウジン": "一般社団法人", "イッパンザイダンホウジン": "一般財団法人",
    "コウエキシャダンホウジン": "公益社団法人", "コウエキザイダンホウジン": "公益財団法人",
    "イリョウホウジンシャダン": "医療法人社団", "イリョウホウジンザイダン": "医療法人財団",
    "シャカイイリョウホウジン": "社会医療法人", "イリョウホウジン": "医療法人",
    "シャダンホウジン": "社団法人", "ザイダンホウジン": "財団法人", "ガッコウホウジン": "学校法人",
    "シャカイフクシホウジン": "社会福祉法人", "シュウキョウホウジン": "宗教法人",
    "トクテイヒエイリカツドウホウジン": "特定非営利活動法人", "チホウドクリツギョウセイホウジン": "地方独立行政法人",
    "ドクリツギョウセイホウジン": "独立行政法人", "コクリツダイガクホウジン": "国立大学法人",
    "コウリツダイガクホウジン": "公立大学法人", "コクリツケンキュウカイハツホウジン": "国立研究開発法人",
    "カンサホウジン": "監査法人", "ベンゴシホウジン": "弁護士法人", "ゼイリシホウジン": "税理士法人",
}
# fmt: on

_WORDS: list[tuple[str, str]] = sorted(
    [*((form, form) for form in FORMS), *ALSO.items()], key=lambda pair: -len(pair[0])
)
# Most texts hold none of these characters, and so none of the words.
_ENDS = frozenset(word[-1] for word, _form in _WORDS)
_READ = sorted(
    ((kana.translate(SMALL_TO_LARGE), form) for kana, form in READ.items()), key=lambda pair: -len(pair[0])
)
# In each of those readings; a pattern takes ten times as long to say that there is none.
_SAID = ("イシ", "いし", "ホウジン", "ほうじん")
_ANYWHERE = {short: form for form, (short, _front, _bank) in FORMS.items() if short}
_FRONT = _ANYWHERE | {front: form for form, (_short, front, _bank) in FORMS.items() if front}
_BANK = {bank: form for form, (_short, _front, bank) in FORMS.items() if bank}


def _one_of(shorts: dict[str, str]) -> str:
    return "|".join(sorted(map(re.escape, shorts), key=len, reverse=True))


_OPEN, _CLOSE = r"[(\[〔【<《「]\s*", r"\s*[)\]〕】>》」]"
_BRACKETS = (
    re.compile(rf"\A\s*(?:{_OPEN})?({_one_of(_FRONT | _BANK)}){_CLOSE}\s*"),
    re.compile(rf"\s*{_OPEN}({_one_of(_ANYWHERE | _BANK)})(?:{_CLOSE})?\s*\Z"),
    re.compile(rf"\s*{_OPEN}({_one_of(_ANYWHERE)}|カ|ユ){_CLOSE}\s*"),
)
_SHORTS = _FRONT | _BANK
_SPACED = re.compile(r"([株有合])\s*([式限同資名])\s*([会會])\s*社")
_ENGLISH = re.compile(
    r"[\s,.]+(?:(?P<llc>L\.?L\.?C\.?|G\.?K\.?)|Co\.?,?\s*Ltd\.?|Company,?\s*Limited|Co\.?,?\s*Inc\.?|Inc(?:orporated|\.)?"
    r"|Corp(?:oration|\.)?|K\.?K\.?|Ltd\.?|Limited)\s*\Z",
    re.IGNORECASE,
)
_CIRCLED = str.maketrans({"㊑": "(株)", "㊒": "(有)", "㊔": "(名)", "㊐": "日"})
_CIRCLE = re.compile("[㊐㊑㊒㊔]")
_BRACKET = re.compile(r"[()\[\]〔〕【】<>《》「」]")
_BLANK = re.compile(r"\s")
# Longer texts are no name, and the patterns would look at each of their characters again and again.
_LONGEST = 500
_LATIN_END = re.compile(r"[A-Za-z][.\s]*\Z")


@lru_cache(maxsize=16384)
def split_form(text: str) -> tuple[str, str]:
    """The name without its legal form, and the form as a full word; no form gives an empty word."""
    opened = text.translate(_CIRCLED) if _CIRCLE.search(text) else text
    plain = unicodedata.normalize("NFKC", opened).strip()
    if len(plain) > _LONGEST:
        return plain, ""
    for word, form in [] if _ENDS.isdisjoint(plain) else _WORDS:
        if word in plain:
            before, _word, after = plain.partition(word)
            return _rest(plain, before, after, form)
    if any(said in plain for said in _SAID):
        sounds = plain.translate(HIRAGANA_TO_KATAKANA).translate(SMALL_TO_LARGE)
        for word, form in _READ:
            if (at := sounds.find(word)) >= 0:
                return _rest(plain, plain[:at], plain[at + len(word) :], form)
    if _BRACKET.search(plain):
        for pattern in _BRACKETS:
            if found := pattern.search(plain):
                return _rest(plain, plain[: found.start()], plain[found.end() :], _SHORTS[found[1]])
    if _LATIN_END.search(plain) and (found := _ENGLISH.search(plain)):
        form = "合同会社" if found["llc"] else KABUSHIKI
        return _rest(plain, plain[: found.start()], "", form)
    if _BLANK.search(plain) and (found := _SPACED.search(plain)):
        form = "".join(found.groups()).replace("會", "会") + "社"
        return _rest(plain, plain[: found.start()], plain[found.end() :], form if form in FORMS else "")
    return plain, ""


def _rest(whole: str, before: str, after: str, form: str) -> tuple[str, str]:
    """What is left of the name; a form alone is itself the name."""
    before, after = before.strip(), after.strip()
    name = f"{before} {after}" if before and after else before or after
    return (name, form) if name else (whole, "")


def company_key(text: str) -> str:
    """The folded name without its form; forms other than 株式会社 leave a mark, so that they stay apart."""
    name, form = split_form(text)
    key = fold(name) or fold(text)
    return f"{key}|{form}" if form and form != KABUSHIKI else key
