"""Firms and people under all the ways their names are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.foundation.japanese import company_key, person_key, split_form, split_name


@pytest.mark.parametrize(
    "name",
    [
        *(
            "(株)シャチホコ商事",
            "㈱シャチホコ商事",
            "株式会社シャチホコ商事",
            "株式会社 ｼｬﾁﾎｺ商事",
            "シャチホコ商事株式会社",
        ),
        *(
            "シャチホコ商事（株）",
            "㊑シャチホコ商事",
            "㍿シャチホコ商事",
            "株 式 会 社　シャチホコ商事",
            "株式會社しゃちほこ商事",
        ),
        *("【株】シャチホコ商事", "シャチホコ・商事", "シャチホコ商事"),
    ],
)
def test_all_ways_to_write_the_firm_are_one(name):
    assert company_key(name) == company_key("シャチホコ商事")


@pytest.mark.parametrize(
    "name",
    [
        "有限会社シャチホコ商事",
        "シャチホコ商会",
        "(有)シャチホコ商事",
        "合同会社シャチホコ商事",
        "シャチホコ商事ホールディングス",
    ],
)
def test_other_firms_are_others(name):
    assert company_key(name) != company_key("シャチホコ商事")


@pytest.mark.parametrize(
    "alike",
    [
        ("有限会社シャチホコ商事", "㈲シャチホコ商事", "シャチホコ商事(有)", "ﾕ)ｼｬﾁﾎｺ商事", "有限會社シャチホコ商事"),
        ("合同会社ほし", "(同)ほし", "ほし合同会社", "ド)ほし"),
        ("医療法人社団 山田会", "医療法人社団山田会"),
        ("特定非営利活動法人みどり", "NPO法人みどり", "(特非)みどり", "ＮＰＯ法人　みどり"),
        ("Acme", "Acme Co., Ltd.", "ACME CO.,LTD", "Acme, Inc.", "Acme K.K.", "Acme Corporation"),
        ("カ)シャチホコシヨウジ", "シャチホコショウジ（カ", "カブシキガイシャ シャチホコショウジ",
         "かぶしきがいしゃしゃちほこしょうじ",
         "シヤチホコシヨウジ カブシキガイシヤ"),
        ("三菱電機株式会社名古屋製作所", "三菱電機㈱ 名古屋製作所"),
    ],
)  # fmt: skip
def test_forms_are_recognised_wherever_they_stand(alike):
    assert len({company_key(name) for name in alike}) == 1


def test_a_form_alone_is_a_name():
    assert company_key("株式会社") == "株式会社"
    assert split_form("㈱") == ("(株)", "")


def test_the_form_is_told_as_a_full_word():
    assert split_form("㈲山田") == ("山田", "有限会社")
    assert split_form("山田") == ("山田", "")


def test_letters_at_the_end_of_a_word_are_no_form():
    assert company_key("Zinc") == "zinc"
    assert company_key("Vinc") == "vinc"


@given(st.text(min_size=1))
def test_any_text_has_a_key(text):
    assert isinstance(company_key(text), str)


@pytest.mark.parametrize(
    "full", [("髙橋", "一郎"), ("高橋", "一郎 様"), ("高橋　", "一郎"), ("高橋", "一郎先生")]
)
def test_a_person_has_one_key(full):
    assert person_key(*full) == person_key("高橋", "一郎")


def test_a_person_without_given_name_has_a_key():
    assert person_key("高橋", "") == "高橋"


@pytest.mark.parametrize(
    ("full", "split"),
    [
        ("山田太郎", ("山田", "太郎")),
        ("山田　太郎", ("山田", "太郎")),
        ("渡邉 恒雄 様", ("渡邉", "恒雄")),
        ("森鴎外", ("森", "鴎外")),
        ("長谷川京子", ("長谷川", "京子")),
        ("勅使河原直美", ("勅使河原", "直美")),
        ("佐々木希", ("佐々木", "希")),
        ("髙橋一郎", ("髙橋", "一郎")),
        ("鈴木", ("鈴木", "")),
        ("すずきいちろう", ("すずき", "いちろう")),
        ("ジョン・スミス", ("スミス", "ジョン")),
        ("John Smith", ("Smith", "John")),
        ("YAMADA Taro", ("YAMADA", "Taro")),
        ("Smith, John", ("Smith", "John")),
        ("Cher", ("Cher", "")),
        ("", ("", "")),
    ],
)
def test_family_and_given_name_are_told_apart(full, split):
    assert split_name(full) == split


@given(st.text(alphabet="山田太郎佐々木希ジョンAb・ 　-'🍣"))
def test_splitting_a_name_loses_no_letter(full):
    family, given_name = split_name(full)
    assert sorted("".join(f"{family}{given_name}".split()).replace("・", "")) == sorted(
        "".join(full.split()).replace("・", "")
    )
