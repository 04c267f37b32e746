"""What is typed or pasted is tidied, and nothing that can be seen is lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.foundation.japanese import clean_kana, clean_text

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  山田　 商店\t", "山田 商店"),
        ("a\x00b\x07c", "abc"),
        ("\u202eevil\u202c\u200f", "evil"),
        ("\ufeff株式\u200b会社", "株式会社"),
        ("か\u3099", "が"),
        ("山田\n商店", "山田 商店"),
        ("half \ud83d here", "half here"),
        (f"家族{FAMILY}です", f"家族{FAMILY}です"),
        (f"旗{ENGLAND}", f"旗{ENGLAND}"),
        ("隠\U000e0068\U000e0069す", "隠す"),
        ("田\u200d中", "田中"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("葛\U000e0100飾", "葛\U000e0100飾"),
        ("①㈱髙﨑～－", "①㈱髙﨑～－"),
        ("\ufa19社", "\ufa19社"),
        ("\ue000外字", "\ue000外字"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; drop table x; --", "'; drop table x; --"),
    ],
)
def test_one_line_is_tidied(text, kept):
    assert clean_text(text) == kept


def test_a_line_of_a_longer_text_keeps_its_indent_and_inner_blanks():
    assert clean_text("　　・一つ  目 \t ", keep_indent=True) == "　　・一つ  目"


def test_ten_thousand_characters_stay_ten_thousand():
    assert clean_text("名" * 10_000) == "名" * 10_000


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    once = clean_text(text)
    assert clean_text(once) == once
    assert "\x00" not in once
    once.encode()


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S"))))
def test_letters_digits_and_marks_all_stay(text):
    kept = unicodedata.normalize("NFKC", clean_text(text)).replace(" ", "")
    shown = text.translate(dict.fromkeys((0x115F, 0x1160, 0x3164, 0xFFA0)))
    assert kept == "".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFC", shown)).split())


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("しゃちほこしょうじ", "シャチホコショウジ"),
        ("ｼｬﾁﾎｺｼｮｳｼﾞ", "シャチホコショウジ"),
        ("ｻ-ﾋﾞｽ", "サービス"),
        ("サ－ビス　センタ−", "サービス センター"),
        ("ヤマダ　 タロウ", "ヤマダ タロウ"),
        ("ABC商事", "ABC商事"),
        ("エー・ビー", "エー・ビー"),
        ("1-2", "1-2"),
        ("", ""),
    ],
)
def test_kana_is_written_in_full_width_katakana(text, kana):
    assert clean_kana(text) == kana
    assert clean_kana(kana) == kana


@given(st.text())
def test_kana_refuses_nothing_and_settles(text):
    assert clean_kana(clean_kana(text)) == clean_kana(text)
