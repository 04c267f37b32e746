"""What a reader takes for equal is equal: search and duplicates stand on this."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from daifuku.foundation.japanese import fold, grams
from daifuku.foundation.japanese.variants import one_for_each


@pytest.mark.parametrize(
    "alike",
    [
        ("しゃちほこ", "ｼｬﾁﾎｺ", "シャチホコ", "シヤチホコ", "しゃ ち・ほ-こ"),
        ("髙橋", "高橋", "高 橋"),
        ("﨑山", "崎山", "嵜山"),
        ("斎藤", "斉藤", "齋藤", "齊藤"),
        ("渡辺", "渡邊", "渡邉", "渡邉\U000e0101"),
        ("沢田", "澤田"),
        ("浜田", "濱田", "濵田"),
        ("広島", "廣島", "廣嶋"),
        ("国際", "國際"),
        ("富田", "冨田"),
        ("吉野", "𠮷野"),
        ("桧山", "檜山"),
        ("神谷", "\ufa19谷"),
        ("サーバー", "サーバ", "サ－バ－", "さーばー", "サ―バ"),
        ("ＡＢＣ", "abc", "Abc", "A.B.C.", "A・B・C"),
        ("ヴァイオリン", "バイオリン"),
        ("佐々木", "佐佐木"),
        ("いすゞ", "いすず", "イスズ"),
        ("いすみ", "ゐすみ"),
        ("霞ヶ関", "霞ケ関"),
        ("①", "1", "１"),
        ("㍿", "株式会社", "株式會社"),
        ("Café", "cafe"),
        ("か\u3099", "が"),
        ("東京🍣", "東京"),
    ],
)
def test_ways_to_write_one_thing_are_one(alike):
    assert len({fold(text) for text in alike}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("ハ", "バ"), ("大阪", "大坂"), ("畑中", "畠中"), ("商事", "商会")]
)
def test_different_things_stay_different(one, other):
    assert fold(one) != fold(other)


def test_the_table_has_hundreds_of_pairs_each_with_one_end():
    table = one_for_each()
    assert len(table) >= 300
    assert not [kept for kept in table.values() if ord(kept) in table]
    assert all(unicodedata.normalize("NFKC", kept) == kept for kept in table.values())


@given(st.text())
@example("İ")
@example("\u1100\u00b7\u1161")
@example("ヴ・ァ々ヾ")
@example("々々ヽ")
@example("ǅʼnŉﬁ")
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="アイカガサザハバパャュョッーヴ々ヾヽ髙﨑邉國ぁぃゔｶﾞｰ-・ 　aZ９"))
def test_folding_settles_in_japanese_too(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_case_never_matters(left, right):
    if left.isascii() and right.isascii():
        assert fold(left.upper() + right) == fold(left.lower() + right)


def test_grams_are_all_neighbours_and_the_last_character():
    assert grams("高橋製作所") == ["高橋", "橋製", "製作", "作所", "所"]
    assert grams("森") == ["森"]
    assert grams("・") == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(
            ("田", "田中"),
            ("森", "森川"),
            ("宮", "四宮株式会社"),
            ("kintone", "kintone2"),
            ("test", "test123"),
        ),
        *(("123", "test123"), ("SUPER", "SUPEREIGHT"), ("EIGHT", "SUPEREIGHT"), ("斎藤", "齋藤")),
        *(("しゃちほこ", "(株)シャチホコ商事"), ("ｼｬﾁﾎｺ", "(株)シャチホコ商事"), ("5678", "03-1234-5678")),
    ],
)
def test_what_other_products_do_not_find_is_found_in_the_folded_text(typed, name):
    assert fold(typed) in fold(name)
    parts = grams(typed)[:-1] or grams(typed)
    assert all(any(gram.startswith(part) for gram in grams(name)) for part in parts)


def test_a_long_text_of_marks_takes_no_long_time():
    begun = time.process_time()
    fold("ヴ々" * 5000 + "ー" * 10_000)
    assert time.process_time() - begun < 2
