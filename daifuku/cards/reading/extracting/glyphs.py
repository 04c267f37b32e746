"""Letters that look alike (ニ and 二, カ and 力, ー and 一) become what their neighbours are."""

from __future__ import annotations

# Katakana and its double among the kanji.
_KATAKANA = dict(zip("ニカロエタハトチミオム", "二力口工夕八卜千三才厶", strict=True))
_KANJI = {kanji: kana for kana, kanji in _KATAKANA.items()}
# Hiragana that katakana writes alike.
_HIRAGANA = dict(zip("ヘベペリ", "へべぺり", strict=True))
_TO_KATAKANA = {hiragana: kana for kana, hiragana in _HIRAGANA.items()}
# What can only be the other: small letters that were read as large ones, and a family name of two rare letters.
_WHOLE = {"ソリユ": "ソリュ", "シヨン": "ション", "ジヤー": "ジャー", "纈纈": "纐纈", "練纈": "纐纈"}
_BARS = "ー一-|丨"
# In old and new letters of the same name nobody can be sure which one it is.
DOUBTFUL = set("高髙崎﨑碕辺邉邊斎斉齋齊富冨浜濱沢澤広廣島嶋桜櫻国國吉𠮷柳栁瀬瀨塚塚曽曾惠恵壽寿眞真")


def mended(text: str, down: bool = False) -> str:
    """The same number of letters, each look-alike settled. In a column no stroke that stands is taken for 一."""
    out = list(text)
    for place, letter in enumerate(text):
        before = out[place - 1] if place else ""
        after = text[place + 1] if place + 1 < len(text) else ""
        if letter in _BARS and not (down and letter == "一"):
            out[place] = _bar(letter, before, after)
        elif letter in _KANJI and _surely_katakana(letter, before, after):
            out[place] = _KANJI[letter]
        elif letter in _KATAKANA and _surely_kanji(letter, before, after):
            out[place] = _KATAKANA[letter]
        elif letter in _HIRAGANA and _hiragana(before) + _hiragana(after) > _katakana(before) + _katakana(
            after
        ):
            out[place] = _HIRAGANA[letter]
        elif letter in _TO_KATAKANA and _katakana(before) + _katakana(after) > _hiragana(before) + _hiragana(
            after
        ):
            out[place] = _TO_KATAKANA[letter]
    text = "".join(out)
    for wrong, right in _WHOLE.items():
        text = text.replace(wrong, right)
    return text


def _bar(letter: str, before: str, after: str) -> str:
    """マネ-ジャ- is マネージャー; 3ー5 is 3-5; what may be the number one stays."""
    if _katakana(before) and before != "ー":
        return "ー" if letter != "一" or _katakana(after) or not _kanji(after) else letter
    if letter in "ー|丨" and before and before in "0123456789)〇二三四五六七八九":
        return "-"
    return letter


def _surely_katakana(letter: str, before: str, after: str) -> bool:
    """システ厶, 力ネコ; a number is one only between katakana (三ツ矢, 〇三ー一二 are none)."""
    if letter in "二三八千":
        return _katakana(before) and _katakana(after) and before != "ー" and after not in "ツノケ"
    if letter == "厶" or (letter == "卜" and _katakana(before)):
        return True
    return _katakana(after) or (_katakana(before) and not _kanji(after))


def _surely_kanji(letter: str, before: str, after: str) -> bool:
    """エ業, 加エ: no katakana beside it, a kanji is."""
    if after and after in "〇一二三四五六七八九十階号丁番" and letter in "ニミハ":
        return True
    if _katakana(before) or _katakana(after) or (after and after in _BARS):
        return False
    return (_kanji(before) or _kanji(after)) and letter in "エカロニハトタミチ"


def _katakana(letter: str) -> bool:
    return bool(letter) and ("ァ" <= letter <= "ヺ" or letter == "ー") and letter not in "ヶヵ"


def _hiragana(letter: str) -> bool:
    return bool(letter) and "ぁ" <= letter <= "ゖ"


def _kanji(letter: str) -> bool:
    return bool(letter) and ("\u3400" <= letter <= "\u9fff" or letter in "々〆") and letter not in _KANJI
