"""Readings proposed, lists in the order of the fifty sounds, names found by Latin letters."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.foundation.japanese import reading, romaji_key, sort_key

IN_ORDER = [
    *(
        "3M",
        "ABC商事",
        "zeta",
        "青木",
        "アンドウ",
        "井上",
        "ウメダ",
        "ｴﾉﾓﾄ",
        "カート",
        "カード",
        "ガード",
        "カアナ",
    ),
    *("ハ", "バ", "パ", "ハハ", "ババ", "ハハナ", "株式会社山田", "ワタナベ"),
]


def test_a_list_stands_in_the_order_of_the_fifty_sounds():
    assert sorted(IN_ORDER, key=sort_key) == IN_ORDER


def test_a_name_and_its_kana_stand_at_one_place():
    assert sort_key("株式会社青木製作所") == sort_key("アオキセイサクショ")
    assert sort_key("カブシキガイシヤ アオキセイサクシヨ") == sort_key("アオキセイサクショ")


def test_kana_alone_asks_no_dictionary():
    asked = sys.modules["daifuku.foundation.japanese.reading"].sounds.cache_info
    before = asked().currsize
    sort_key("シャチホコショウジ・テスト")
    assert asked().currsize == before


@given(st.text())
def test_any_text_has_a_place(text):
    assert isinstance(sort_key(text), str)


@pytest.mark.parametrize(
    ("name", "kana"),
    [
        ("山田太郎", "ヤマダタロウ"),
        ("山田　太郎", "ヤマダ タロウ"),
        ("株式会社シャチホコ商事", "シャチホコショウジ"),
        ("NTT東日本", "エヌティーティーヒガシニホン"),
        ("髙﨑", "タカサキ"),
        ("ｼｬﾁﾎｺ", "シャチホコ"),
        ("森川", "モリカワ"),
        ("A・B", "エービー"),
        ("", ""),
    ],
)
def test_a_reading_is_proposed(name, kana):
    assert reading(name) == kana


def test_many_threads_read_at_once():
    names = [f"山田{number}太郎" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert all(kana.startswith("ヤマダ") for kana in pool.map(reading, names))


@pytest.mark.parametrize("text", ["山田" * 5000, "\x00\ud800山", "🍣寿司", "々", "𠮷野家"])
def test_odd_text_is_read_without_failing(text):
    assert isinstance(reading(text), str)
    assert isinstance(romaji_key(text), str)
    assert isinstance(sort_key(text), str)


@pytest.mark.parametrize(
    "alike",
    [
        ("東京", "トウキョウ", "とうきょう", "Tokyo", "Tōkyō", "toukyou", "TOKYO"),
        ("シャチホコ", "shachihoko", "syatihoko", "ｼｬﾁﾎｺ", "シヤチホコ"),
        ("サトウ", "sato", "satou", "satoh", "Satō"),
        ("オオノ", "ohno", "ono", "Oono"),
        ("マッチャ", "matcha", "maccha"),
        ("フジ", "fuji", "huzi"),
        ("ナンバ", "namba", "nanba"),
        ("シンイチ", "shin'ichi", "sinichi"),
        ("ファミリー", "family"),
        ("カ)シヤチホコシヨウジ", "株式会社シャチホコ商事", "shachihoko shoji"),
        ("キョウト", "京都", "kyoto"),
        ("ヂュ", "ジュ", "ju"),
    ],
)
def test_latin_letters_find_the_name(alike):
    assert len({romaji_key(text) for text in alike}) == 1


@given(st.text())
def test_a_key_of_a_key_is_itself(text):
    key = romaji_key(text)
    if key.isascii():
        assert romaji_key(key) == key


def test_every_kana_has_a_key() -> None:
    """ﾜﾞ, typed for ﾀﾞ, becomes ヷ."""
    assert romaji_key("ﾜﾞｲﾂﾙ") == "baituru"
    assert all(romaji_key(chr(code)) is not None for code in range(ord("ァ"), ord("ー")))
