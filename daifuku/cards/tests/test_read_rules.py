"""From lines to fields: what the rules make of what an engine has read."""

from __future__ import annotations

import pytest

from daifuku.cards.reading.extracting import fields_of
from daifuku.cards.tests.printed import across, down, stacked, values

USUAL = (
    "株式会社シャチホコ商事",
    "営業部 第一課",
    "課長",
    "!山田　太郎",
    "〒460-0008 愛知県名古屋市中区栄3-5-12",
    "栄ビル5F",
    "TEL 052-123-4567  FAX 052-123-4568",
    "携帯 090-1234-5678",
    "E-mail: yamada@shachihoko.co.jp",
    "https://www.shachihoko.co.jp/",
)


def test_a_usual_card() -> None:
    assert stacked(*USUAL) == {
        "company": "株式会社シャチホコ商事",
        "department": "営業部 第一課",
        "title": "課長",
        "name": "山田 太郎",
        "family_name": "山田",
        "given_name": "太郎",
        "postal_code": "460-0008",
        "address": "愛知県名古屋市中区栄3-5-12 栄ビル5F",
        "tel": "052-123-4567",
        "fax": "052-123-4568",
        "mobile": "090-1234-5678",
        "email": "yamada@shachihoko.co.jp",
        "url": "https://www.shachihoko.co.jp/",
    }


def test_every_field_says_where_it_stands_and_how_sure_it_is() -> None:
    fields = fields_of([across("株式会社山田商事", 4), across("Mail: info@yamada.co.jp", 40, x=10)])
    assert fields["company"].confidence > 0.9
    box = fields["email"].box
    assert box is not None
    assert box.top == pytest.approx(40 / 55)
    assert 0 < box.left < box.right <= 1


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("TEL(052)123-4567", "tel", "052-123-4567"),
        ("TEL:03(1234)5678", "tel", "03-1234-5678"),
        ("電話 06.6123.4567", "tel", "06-6123-4567"),
        ("T: +81-3-1234-5678", "tel", "03-1234-5678"),
        ("Tel +81 (0)3 1234 5678", "tel", "03-1234-5678"),
        ("直通０３－１２３４－５６７８", "tel", "03-1234-5678"),
        ("TEL O3-1234-5678", "tel", ""),
        ("TEL 03-1234-567O", "tel", "03-1234-5670"),
        ("Fax. 0564-12-3456", "fax", "0564-12-3456"),
        ("F 052-123-4567", "fax", "052-123-4567"),
        ("ファックス：052-123-4567", "fax", "052-123-4567"),
        ("M 090-1234-5678", "mobile", "090-1234-5678"),
        ("080-1234-5678", "mobile", "080-1234-5678"),
        ("TEL 0120-123-456", "tel", "0120-123-456"),
        ("TEL 050-1234-5678", "tel", "050-1234-5678"),
        ("E-mail taro@example.co.jp", "email", "taro@example.co.jp"),
        ("E-mailtaro@example.co.jp", "email", "taro@example.co.jp"),
        ("Email: t.yamada @ example.co.jp", "email", "t.yamada@example.co.jp"),
        ("taro yamada@example.com", "email", "taro_yamada@example.com"),
        ("Mail: taro@example.co,jp", "email", "taro@example.co.jp"),
        ("taro@example.co.ip", "email", "taro@example.co.jp"),
        ("メール：taro@example.ne.jp", "email", "taro@example.ne.jp"),
        ("URL http://www.example.co.jp", "url", "http://www.example.co.jp"),
        ("URLhttps://example.jp/", "url", "https://example.jp/"),
        ("https:/www.example.com", "url", "https://www.example.com"),
        ("www.example.com/shop", "url", "www.example.com/shop"),
        ("HP: example.co.jp", "url", "example.co.jp"),
        ("登録番号 T7000012050002", "corporate_number", "7000012050002"),
        ("登録番号 T7000012050003", "corporate_number", ""),
        ("〒100-0005 東京都千代田区丸の内1-1-1", "postal_code", "100-0005"),
        ("100-0005 東京都千代田区丸の内1-1-1", "postal_code", "100-0005"),
        ("〒100-0005 東京都千代田区丸の内1-1-1", "address", "東京都千代田区丸の内1-1-1"),
        ("〒100-0005 東京都干代田区丸の内1-1-1", "address", "東京都千代田区丸の内1-1-1"),
        ("東京都千代田区丸の内1-1-1", "address", "東京都千代田区丸の内1-1-1"),
        ("(株)山田商事", "company", "(株)山田商事"),
        ("㈱山田商事", "company", "(株)山田商事"),
        ("山田商事株式会社　名古屋支店", "company", "山田商事株式会社"),
        ("山田商事株式会社　名古屋支店", "department", "名古屋支店"),
        ("一般社団法人日本名刺協会", "company", "一般社団法人日本名刺協会"),
        ("Yamada Trading Co., Ltd.", "company", "Yamada Trading Co., Ltd."),
        ("営業部部長", "department", "営業部"),
        ("営業部部長", "title", "部長"),
        ("取締役営業本部長", "title", "取締役営業本部長"),
        ("営業部 第2課　課長代理", "department", "営業部 第2課"),
        ("営業部 第2課　課長代理", "title", "課長代理"),
        ("一級建築士", "title", ""),
        ("シニアマネ-ジャ-", "title", "シニアマネージャー"),
        ("システ厶工ンジニア", "title", "システムエンジニア"),
    ],
)
def test_one_line(line: str, field: str, value: str) -> None:
    assert stacked(line).get(field, "") == value


def test_a_number_without_words_is_the_phone_and_the_second_the_fax() -> None:
    found = stacked("052-123-4567", "052-123-4568")
    assert (found["tel"], found["fax"]) == ("052-123-4567", "052-123-4568")


def test_one_number_for_phone_and_fax() -> None:
    found = stacked("TEL/FAX 052-123-4567")
    assert (found["tel"], found["fax"]) == ("052-123-4567", "052-123-4567")


def test_the_surer_of_mail_and_page_mends_the_other() -> None:
    found = values([across("taro@shachihoko.co.jp", 30), across("http://www.shachlhoko.co.jp", 34, sure=0.7)])
    assert found["url"] == "http://www.shachihoko.co.jp"


def test_a_postal_code_that_its_address_contradicts_by_a_digit_is_mended_when_it_is_not_sure() -> None:
    found = values([across("〒460-0003", 30, sure=0.6), across("愛知県名古屋市中区栄3-5-12", 34)])
    assert found["postal_code"] == "460-0008"


def test_a_missing_postal_code_is_proposed_without_a_place_on_the_card() -> None:
    code = fields_of([across("愛知県名古屋市中区栄3-5-12", 34)])["postal_code"]
    assert (code.value, code.box) == ("460-0008", None)


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("山田　太郎", "山田", "太郎"),
        ("勅使河原　誠", "勅使河原", "誠"),
        ("関　陽子", "関", "陽子"),
        ("長谷川誠", "長谷川", "誠"),
    ],
)
def test_family_and_given_name(name: str, family: str, given: str) -> None:
    found = stacked("株式会社東海商事", "!" + name, "TEL 052-123-4567")
    assert (found["family_name"], found["given_name"]) == (family, given)


def test_a_name_set_so_wide_that_its_letters_were_found_one_by_one() -> None:
    pieces = [across(letter, 20, 5, x) for letter, x in (("山", 10), ("田", 18), ("太", 30), ("郎", 38))]
    assert values([across("株式会社東海商事", 5), *pieces])["name"] == "山田 太郎"


def test_a_name_behind_its_title() -> None:
    found = values([across("株式会社東海商事", 5), across("監査役　山本　節子", 20, 4)])
    assert (found["title"], found["name"]) == ("監査役", "山本 節子")


def test_an_old_letter_in_a_name_is_never_sure() -> None:
    sure = fields_of([across("株式会社東海商事", 5), across("山田　太郎", 20, 5)])["name"].confidence
    doubtful = fields_of([across("株式会社東海商事", 5), across("髙橋　太郎", 20, 5)])["name"].confidence
    assert doubtful <= 0.6 < sure


@pytest.mark.parametrize("kana", ["やまだ　たろう", "ヤマダ　タロウ", "やまだたろう"])
def test_kana_beside_the_name(kana: str) -> None:
    found = stacked("株式会社東海商事", kana, "!山田　太郎")
    assert found["kana"].replace(" ", "") == kana.replace("　", "")
    assert found["family_kana"] in {"やまだ", "ヤマダ"}


def test_kana_that_are_not_printed_are_worked_out_and_not_sure() -> None:
    kana = fields_of([across("株式会社東海商事", 5), across("山田　太郎", 20, 5)])["kana"]
    assert (kana.value, kana.box) == ("ヤマダ タロウ", None)
    assert kana.confidence < 0.5


def test_a_slogan_is_nobody() -> None:
    found = stacked(
        "地域とともに百年", "株式会社東海商事", "!山田　太郎", "未来をつくる技術で社会に貢献します"
    )
    assert set(found) == {"company", "name", "family_name", "given_name"}


def test_the_form_of_the_firm_on_a_line_of_its_own() -> None:
    found = values([across("株式会社", 4, 2), across("東海商事", 7, 4), across("山田　太郎", 20, 5)])
    assert (found["company"], found["name"]) == ("株式会社東海商事", "山田 太郎")


def test_a_firm_without_a_form_sounds_like_its_mail_address() -> None:
    found = stacked("シャチホコ", "!山田　太郎", "taro@shachihoko.co.jp")
    assert (found["company"], found["name"]) == ("シャチホコ", "山田 太郎")


def test_a_vertical_card() -> None:
    found = values(
        [
            down("株式会社シャチホコ商事", 4, size=3.6),
            down("営業部", 9),
            down("課長", 18),
            down("山田　太郎", 17, 28, size=6),
            down("〒四六〇-〇〇〇八", 30),
            down("愛知県名古屋市中区栄三丁目五番十二号", 34),
            down("第二東海ビル五階", 38),
            down("電話〇五二(一二三)四五六七", 42),
            down("FAX〇五二-一二三-四五六八", 46),
            down("yamada@shachihoko.co.jp", 50),
        ]
    )
    assert found["company"] == "株式会社シャチホコ商事"
    assert found["name"] == "山田 太郎"
    assert found["postal_code"] == "460-0008"
    assert found["address"] == "愛知県名古屋市中区栄3丁目5番12号 第二東海ビル5階"
    assert (found["tel"], found["fax"]) == ("052-123-4567", "052-123-4568")
    assert found["email"] == "yamada@shachihoko.co.jp"
    assert (found["department"], found["title"]) == ("営業部", "課長")


def test_a_town_with_a_number_in_its_name_keeps_it() -> None:
    found = values([down("〒一〇二-〇〇八四", 30), down("東京都千代田区二番町三-四-五", 34)])
    assert found["address"] == "東京都千代田区二番町3-4-5"


def test_nothing_gives_nothing() -> None:
    assert stacked() == {}
    assert stacked("・", "―――") == {}
