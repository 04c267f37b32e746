"""Postal codes to addresses and back, and addresses taken apart."""

import csv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.foundation import address
from daifuku.foundation.japanese import clean_text
from daifuku.foundation.towns import PREFECTURES, towns

OFFICES = Path(__file__).parents[3] / "data" / "offices_cp932.csv"


def parts(prefecture="", city="", street="", building="", **more):
    return {"prefecture": prefecture, "city": city, "street": street, "building": building} | more


@pytest.mark.parametrize("code", ["460-0001", "4600001", "〒460-0001", "〒４６０－０００１"])
def test_a_postal_code_fills_the_address(code):
    place = address.lookup(code)[0]
    assert (place.prefecture, place.city, place.town) == ("愛知県", "名古屋市中区", "三の丸")
    assert (place.prefecture_kana, place.city_kana, place.town_kana) == (
        "アイチケン",
        "ナゴヤシナカク",
        "サンノマル",
    )
    assert place.postal_code == "460-0001"


def test_the_wards_of_hamamatsu_are_those_of_2024():
    assert address.lookup("430-0926")[0].city == "浜松市中央区"


def test_a_large_office_has_its_own_code():
    office = address.lookup("460-8508")[0]
    assert (office.office, office.town, office.street) == ("名古屋市役所", "三の丸", "3丁目1-1")


def test_a_code_may_have_places_in_two_prefectures():
    assert {place.prefecture for place in address.lookup("498-0000")} == {"愛知県", "三重県"}


def test_kana_that_japan_post_spread_over_lines_comes_once():
    assert address.lookup("602-8368")[0].town_kana == "キタマチ"


@pytest.mark.parametrize("code", ["", "999-9999", "460", "abc", "460-00011"])
def test_what_is_no_code_has_no_place(code):
    assert address.lookup(code) == []


def test_many_threads_look_up_at_once():
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(address.lookup, ["460-0001", "100-0013", "530-0001", "900-0021"] * 20))


def test_there_are_forty_seven_prefectures():
    assert len(PREFECTURES) == 47
    assert {prefecture for prefecture, _city in (c for all_ in towns().cities.values() for c in all_)} == set(
        PREFECTURES
    )


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        (("愛知県", "名古屋市中区", "三の丸3丁目1-1"), ["460-0001"]),
        (("愛知県", "名古屋市中区", "三之丸"), ["460-0001"]),
        (("", "名古屋市中区", "三ノ丸三丁目"), ["460-0001"]),
        (("東京都", "千代田区", "霞ヶ関1-2-3"), ["100-0013"]),
        (("北海道", "当別町", "白樺町58番地9"), ["061-0233"]),
        (("北海道", "札幌市中央区", "北1条西4丁目"), ["060-0001"]),
        (("北海道", "札幌市中央区", "北一条西25丁目"), ["064-0821"]),
        (("京都府", "京都市中京区", "御池通烏丸東入仲保利町191"), ["604-0844"]),
        (("", "府中市", "宮西町2-24"), []),
        (("愛知県", "名古屋市中区", ""), []),
        (("", "", ""), []),
    ],
)
def test_an_address_finds_its_postal_code(place, codes):
    assert address.codes_for(*place) == codes


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("愛知県名古屋市中区三の丸3丁目1-1 名古屋ビル5階",
         parts("愛知県", "名古屋市中区", "三の丸3丁目1-1", "名古屋ビル5階")),
        ("〒460-0001　愛知県 名古屋市 中区 三ノ丸３－１－１",
         parts("愛知県", "名古屋市中区", "三ノ丸３－１－１", postal_code="460-0001")),
        ("名古屋市中区三の丸3-1-1ABCビル4F", parts("愛知県", "名古屋市中区", "三の丸3-1-1", "ABCビル4F")),
        ("三重県四日市市諏訪町1-5", parts("三重県", "四日市市", "諏訪町1-5")),
        ("奈良県大和郡山市北郡山町248-4", parts("奈良県", "大和郡山市", "北郡山町248-4")),
        ("千葉県市川市八幡1-1-1", parts("千葉県", "市川市", "八幡1-1-1")),
        ("新潟県十日町市千歳町3-3", parts("新潟県", "十日町市", "千歳町3-3")),
        ("広島県廿日市市下平良1-11-1", parts("広島県", "廿日市市", "下平良1-11-1")),
        ("東京都町田市森野2-2-22", parts("東京都", "町田市", "森野2-2-22")),
        ("北海道石狩郡当別町白樺町58番地9", parts("北海道", "石狩郡当別町", "白樺町58番地9")),
        ("北海道当別町白樺町58番地9", parts("北海道", "石狩郡当別町", "白樺町58番地9")),
        ("静岡県浜松市中区中央1-1-1", parts("静岡県", "浜松市中区", "中央1-1-1")),
        ("府中市宮西町2-24", parts("", "府中市", "宮西町2-24")),
        ("北海道札幌市中央区北1条西4丁目2-1 札幌ビル", parts("北海道", "札幌市中央区", "北1条西4丁目2-1", "札幌ビル")),
        ("大阪市北区梅田1-2-3-405号室", parts("大阪府", "大阪市北区", "梅田1-2-3", "405号室")),
        ("東京都港区六本木6丁目10番1号森タワー28F", parts("東京都", "港区", "六本木6丁目10番1号", "森タワー28F")),
        ("東京都新宿区西新宿8-17-1住友不動産新宿グランドタワー",
         parts("東京都", "新宿区", "西新宿8-17-1", "住友不動産新宿グランドタワー")),
        ("沖縄県那覇市泉崎1の2の2", parts("沖縄県", "那覇市", "泉崎1の2の2")),
        ("岩手県盛岡市渋民第10地割5-2", parts("岩手県", "盛岡市", "渋民第10地割5-2")),
        ("北海道札幌市中央区南七条西5丁目1番地丙の1", parts("北海道", "札幌市中央区", "南七条西5丁目1番地丙の1")),
        ("1丁目12番地8号28F", parts("", "", "1丁目12番地8号", "28F")),
        ("どこか遠く", parts("", "", "どこか遠く")),
        ("東京都", parts("東京都")),
        ("", parts()),
    ],
)  # fmt: skip
def test_an_address_is_taken_apart(text, cut):
    assert address.split(text) == cut


def test_every_real_office_keeps_its_prefecture_and_city():
    with OFFICES.open(encoding="cp932", newline="") as file:
        rows = list(csv.reader(file))[1::20]
    wrong = [
        row for row in rows
        if (cut := address.split("".join(row[3:]))) and (cut["prefecture"], cut["city"]) != (row[3], row[4])
    ]  # fmt: skip
    assert wrong == []


@given(st.text(alphabet="愛知県名古屋市中区三の丸丁目番地号0123456789-－ー 　ビルF階室、一二"))
def test_taking_apart_loses_no_letter(text):
    cut = address.split(text)
    kept = "".join(cut.get(part, "") for part in ("postal_code", "prefecture", "city", "street", "building"))

    def letters(words):
        return sorted(c for c in clean_text(words) if c.isalnum() and c != "ー")

    if "postal_code" not in cut:
        assert not [c for c in letters(text) if letters(kept).count(c) < letters(text).count(c)]


def test_the_same_site_has_one_key_whatever_the_floor():
    eighth = address.site_key("東京都港区六本木1丁目12番地8号 28F")
    assert address.site_key("東京都港区六本木１－１２－８ 30F") == eighth
    assert address.site_key("東京都港区六本木一丁目12-8") == eighth
    assert address.site_key("東京都港区六本木1丁目12番地9号 28F") != eighth
