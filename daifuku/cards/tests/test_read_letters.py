"""Letters that look alike, and numbers written in kanji."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.cards.reading.extracting import glyphs, numerals


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("マネ-ジャ-", "マネージャー"),
        ("マネ一ジャー", "マネージャー"),
        ("エ業", "工業"),
        ("三ツ矢", "三ツ矢"),
        ("工ンジニア", "エンジニア"),
        ("ネクス卜機械", "ネクスト機械"),
        ("株式会社力ネコ", "株式会社カネコ"),
        ("一ノ瀬", "一ノ瀬"),
        ("二階堂", "二階堂"),
        ("へルプデスク", "ヘルプデスク"),
        ("〇三ー一二三四", "〇三-一二三四"),
        ("第一営業部", "第一営業部"),
        ("八王子", "八王子"),
    ],
)
def test_look_alikes_become_what_their_neighbours_are(read: str, meant: str) -> None:
    assert glyphs.mended(read) == meant


@given(st.text("ニ二カ力ロ口エ工ー一-営業アんり", max_size=20))
def test_mending_keeps_the_number_of_letters_and_settles_at_once(text: str) -> None:
    mended = glyphs.mended(text)
    assert len(mended) == len(text)


@pytest.mark.parametrize(
    ("kanji", "value"),
    [("二十八", "28"), ("十", "10"), ("一〇五", "105"), ("百二", "102"), ("三", "3"), ("二百十五", "215")],
)
def test_numbers_in_kanji(kanji: str, value: str) -> None:
    assert numerals.number(kanji) == value


@given(st.integers(1, 999))
def test_every_number_comes_back(value: int) -> None:
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    kanji = "〇一二三四五六七八九"
    written = (("" if hundreds == 1 else kanji[hundreds]) + "百" if hundreds else "") + (
        ("" if tens == 1 else kanji[tens]) + "十" if tens else ""
    )
    written += kanji[ones] if ones or not written else ""
    assert numerals.number(written) == str(value)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("三丁目五番十二号", "3丁目5番12号"),
        ("一-二-三", "1-2-3"),
        ("十二番地", "12番地"),
        ("五番地第一生命ビル", "5番地第一生命ビル"),
        ("三丁目二番一号第二東海ビル二〇五号室", "3丁目2番1号第二東海ビル205号室"),
        ("四号三井ビル十階", "4号三井ビル10階"),
    ],
)
def test_numbers_of_an_address(text: str, meant: str) -> None:
    assert numerals.in_address(text) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("ソリユーシヨン", "ソリューション"),
        ("マネージヤー", "マネージャー"),
        ("纈纈", "纐纈"),
        ("チ一ム", "チーム"),
    ],
)
def test_small_letters_of_words_and_a_rare_name(read: str, meant: str) -> None:
    assert glyphs.mended(read) == meant


def test_in_a_column_one_is_never_a_long_sound() -> None:
    assert glyphs.mended("ビル一ニ階", down=True) == "ビル一二階"
    assert glyphs.mended("チーム", down=True) == "チーム"
