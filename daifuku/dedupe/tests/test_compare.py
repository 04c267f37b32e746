"""How alike two are: what is brought together, what stays apart, and that the reasons add up to the score."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.dedupe.invented import TUNING, firms, people
from daifuku.dedupe.matching.clusters import Joined
from daifuku.dedupe.matching.comparing import compare_firms, compare_people
from daifuku.dedupe.matching.firm import firm_of
from daifuku.dedupe.matching.names import firm_name
from daifuku.dedupe.matching.person import person_of
from daifuku.dedupe.matching.scan import KINDS, Listed
from daifuku.dedupe.matching.site import site_of
from daifuku.dedupe.matching.weights import FIRMS, PEOPLE

ONE_NAME = (
    "(株)シャチホコ商事",
    "㈱シャチホコ商事",
    "株式会社シャチホコ商事",
    "株式会社 ｼｬﾁﾎｺ商事",
    "シャチホコ商事株式会社",
)
LETTERS = st.text(alphabet="青葉シャチホコ商事(株)㈱髙高ｼｬﾁAbc 　-ー0１支店大阪本社", max_size=20)


def firm_score(one: dict[str, str], other: dict[str, str], common: int = 2) -> float:
    return FIRMS.score(compare_firms(firm_of(one), firm_of(other)), common)


def person_score(one: dict[str, str], other: dict[str, str], common: int = 2) -> float:
    return PEOPLE.score(compare_people(person_of(one), person_of(other)), common)


@pytest.mark.parametrize("name", ONE_NAME)
def test_ways_to_write_a_name_are_one(name: str) -> None:
    assert firm_name(name)[:2] == firm_name(ONE_NAME[0])[:2]


def test_another_legal_form_is_another_firm() -> None:
    reach = {"phone": "052-000-1234"}
    assert (
        firm_score({"name": "有限会社シャチホコ商事"} | reach, {"name": "株式会社シャチホコ商事"})
        < FIRMS.perhaps
    )
    assert firm_name("シャチホコ商会").core != firm_name("シャチホコ商事").core


def test_the_kana_of_a_bank_transfer_is_a_candidate() -> None:
    assert "name:sound" in compare_firms(
        firm_of({"name": "カ)シヤチホコシヨウジ"}), firm_of({"name": "株式会社シャチホコ商事"})
    )


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("青葉商事 大阪支店", "大阪支店"),
        ("青葉商事株式会社名古屋営業所", "名古屋営業所"),
        ("青葉商事本社", "本社"),
        ("青葉商店", ""),
    ],
)
def test_the_office_is_taken_off_the_name(text: str, office: str) -> None:
    assert firm_name(text).office == office


def test_one_lot_is_one_site_whatever_the_floor() -> None:
    tokyo = ("東京都", "千代田区")
    one = site_of(*tokyo, "丸の内1丁目12番地8号", "青葉ビル28F")
    assert (
        one.key
        == site_of(*tokyo, "丸の内一丁目12-8").key
        == site_of("", "千代田区", "丸の内１－１２－８").key
    )
    assert one.key != site_of(*tokyo, "丸の内1-12-9").key
    merged = site_of("静岡県", "浜松市中区", "元城町103-2").key
    assert merged == site_of("静岡県", "浜松市中央区", "元城町103-2").key


def test_two_offices_of_a_firm_stay_two() -> None:
    both = {"corporate_number": "4000012090001", "website": "https://aoba.example.org"}
    assert (
        firm_score({"name": "青葉商事 大阪支店"} | both, {"name": "青葉商事 福岡営業所"} | both) < FIRMS.sure
    )


def test_a_holding_is_not_its_firm() -> None:
    house = {"prefecture": "東京都", "city": "港区", "street": "芝1-2-3"}
    assert (
        firm_score({"name": "青葉商事"} | house, {"name": "青葉商事ホールディングス"} | house) < FIRMS.perhaps
    )


def test_family_behind_one_number_are_two() -> None:
    home = {"phone": "052-000-1234", "prefecture": "愛知県", "city": "名古屋市中区", "street": "栄1-2-3"}
    one = {"family_name": "林", "given_name": "健一"} | home
    assert person_score(one, {"family_name": "林", "given_name": "洋子"} | home) < PEOPLE.perhaps


@pytest.mark.parametrize(
    ("family", "given"),
    [
        ("髙橋", "一郎"),
        ("タカハシ", "イチロウ"),
        ("Takahashi", "Ichiro"),
        ("高橋一郎 様", ""),
        ("一郎", "高橋"),
    ],
)
def test_ways_to_write_a_person_are_one(family: str, given: str) -> None:
    firm = {"company": "青葉商事", "mobile": "090-1234-5678"}
    other = {"family_name": "高橋", "given_name": "一郎"} | firm
    assert person_score({"family_name": family, "given_name": given} | firm, other) >= PEOPLE.sure


def test_the_more_are_called_so_the_less_it_counts() -> None:
    firm = {"name": "青葉商事"}
    assert firm_score(firm, firm, 2) > firm_score(firm, firm, 200)


@given(LETTERS)
def test_a_name_taken_apart_again_is_the_same(text: str) -> None:
    core = firm_name(text).core
    assert firm_name(core).core == core or firm_name(core).office or firm_name(core).form


@given(LETTERS)
def test_an_address_told_twice_is_the_same(text: str) -> None:
    assert site_of("東京都", "港区", text) == site_of("東京都", "港区", text)
    assert site_of("東京都", "港区", f" {text} ").key == site_of("東京都", "港区", text).key


@pytest.mark.parametrize("object_key", ["account", "contact"])
def test_who_stands_first_makes_no_difference_and_the_reasons_add_up(object_key: str) -> None:
    from daifuku.cli.bench.doubles import FIELDS

    make = firms if object_key == "account" else people
    rows = [
        {FIELDS[object_key][heading]: text for heading, text in row.items() if heading in FIELDS[object_key]}
        for _who, row in make(600, TUNING)
    ]
    listed = Listed(KINDS[object_key], rows)
    found = list(listed.compared(KINDS[object_key].model))
    assert len(found) > 100
    model, compare = KINDS[object_key].model, KINDS[object_key].compare
    for each in found:
        facts = compare(listed.records[each.other], listed.records[each.one])
        assert sorted(facts) == sorted(each.facts)
        lines = model.explain(each.facts, each.common)
        assert sum(line.weight for line in lines) == pytest.approx(each.score)


AT = {"phone": "052-000-1234", "prefecture": "愛知県", "city": "名古屋市中区", "street": "栄1-2-3"}


def test_what_sets_two_apart_does_so_whatever_agrees() -> None:
    one, other = {"name": "青葉商事 大阪支店"} | AT, {"name": "青葉商事 福岡営業所"} | AT
    assert firm_score(one, other) < FIRMS.perhaps
    one = {"name": "青葉商事", "corporate_number": "4000012090001"} | AT
    assert firm_score(one, one | {"corporate_number": "7000012050002"}) < FIRMS.sure
    assert firm_score(one, one) >= FIRMS.sure


def test_the_head_office_is_the_firm() -> None:
    assert firm_score({"name": "青葉商事 本社"} | AT, {"name": "㈱青葉商事"} | AT) >= FIRMS.sure


def test_a_blank_within_a_name_makes_no_office() -> None:
    assert firm_name("大鶴 亀倉庫本社")[:3] == firm_name("大鶴亀倉庫 本社")[:3]
    assert firm_name("大鶴 東京本社").office == "東京本社"


def test_a_number_to_call_and_one_to_fax_may_differ() -> None:
    one, other = (
        firm_of({"name": "青葉", "phone": "052-111-2222"}),
        firm_of({"name": "青葉", "fax": "052-333-4444"}),
    )
    assert "fax:area" in compare_firms(one, other)
    other = firm_of({"name": "青葉", "phone": "052-333-4444"})
    assert "phone:area" in compare_firms(one, other)
    assert "phone:differ" in compare_firms(one, firm_of({"name": "青葉", "phone": "06-3333-4444"}))


def test_a_former_name_stays_in_the_mail() -> None:
    firm = {"company": "青葉商事", "given_name": "舞"}
    one = {"family_name": "佐藤", "email": "m.kimura@aoba.example.org"} | firm
    other = {"family_name": "木村", "phone": "052-000-1234"} | firm
    assert "former:mail" in compare_people(person_of(one), person_of(other))
    assert person_score(one, other) > person_score(one | {"email": "sato@aoba.example.org"}, other)


def test_one_weak_link_joins_no_two_groups() -> None:
    scores = {(0, 1): 9.0, (2, 3): 9.0, (1, 2): 3.0}
    joined = Joined(lambda one, other: scores.get((min(one, other), max(one, other)), -8.0), 1.0)
    assert [joined.join(*pair) for pair in scores] == [True, True, False]
    scores |= {(0, 2): 4.0, (0, 3): 2.0, (1, 3): 1.0}
    assert joined.join(1, 2)


def facts(one: dict[str, str], other: dict[str, str]) -> tuple[str, ...]:
    return compare_people(person_of(one), person_of(other))


def test_a_given_name_that_is_told_in_kana_alone_counts() -> None:
    one = {"family_name": "後藤", "given_name": "智子", "family_kana": "ゴトウ", "given_kana": "トモコ"}
    lacking = one | {"given_name": ""}
    assert facts(lacking, one) == ("name:sound",)
    assert facts(lacking | {"given_kana": "ケンイチ"}, one) == ("name:other given",)
    assert facts(lacking | {"given_kana": ""}, one) == ("name:family",)


def test_a_given_name_is_read_as_one() -> None:
    assert facts(
        {"family_name": "Uchida", "given_name": "Minoru"}, {"family_name": "内田", "given_name": "実"}
    ) == ("name:sound",)


def test_the_family_may_agree_in_sound_and_the_given_name_in_writing() -> None:
    one = {"family_name": "阿部", "given_name": "淳"}
    other = {"family_name": "安部", "given_name": "淳", "family_kana": "アベ", "given_kana": "ジュン"}
    assert facts(one, other) == ("name:sound",)


def test_two_names_of_which_one_letter_is_another_are_two_mostly() -> None:
    one = {"family_name": "藤田", "given_name": "健一"} | AT
    assert "name:letter" in facts(one, one | {"given_name": "雄一"})
    assert "name:close" in facts(one, one | {"given_name": "一健"})
    firm = {"family_name": "藤田", "given_name": "健一", "company": "青葉商事"}
    assert person_score(firm, firm | {"given_name": "雄一"}) < PEOPLE.perhaps <= person_score(firm, firm)
    told = one | {"family_kana": "フジタ", "given_kana": "ケンイチ"}
    other = one | {"given_name": "雄一", "family_kana": "フジタ", "given_kana": "ユウイチ"}
    assert "name:other given" in facts(told, other)


@pytest.mark.parametrize(
    ("one", "other", "fact"),
    [
        ("k.hayashi@aoba.example.org", "k.hayashi@aoba.example.org", "mail:same"),
        ("hayashi@aoba.example.org", "hayashi@aoba.example.org", "mail:shared"),
        ("info@aoba.example.org", "info@aoba.example.org", "mail:shared"),
        ("hayashi@aoba.example.org", "k.hayashi@aoba.example.org", "mail:colleague"),
        ("k.hayashi@aoba.example.org", "k.hayashi@midori.example.org", "mail:local"),
        ("info@aoba.example.org", "info@midori.example.org", "mail:differ"),
        ("hayashi85@gmail.com", "kenichi3@yahoo.co.jp", "mail:private"),
        ("hayashi85@gmail.com", "hayashi85@yahoo.co.jp", "mail:local"),
    ],
)
def test_what_two_mail_addresses_say_of_people(one: str, other: str, fact: str) -> None:
    name = {"family_name": "林", "given_name": "健一"}
    assert facts(name | {"email": one}, name | {"email": other}) == ("name:same", fact)


def test_a_private_address_says_nothing_against_that_of_the_firm() -> None:
    name = {"family_name": "林", "given_name": "健一"}
    assert facts(name | {"email": "hayashi85@gmail.com"}, name | {"email": "k@aoba.example.org"}) == (
        "name:same",
    )


def test_a_firm_of_another_form_is_another_place_to_work() -> None:
    name = {"family_name": "林", "given_name": "健一"}
    one, other = name | {"company": "(株)青葉商事"}, name | {"company": "有限会社青葉商事"}
    assert "firm:form" in facts(one, other)
    assert "firm:same" in facts(one, name | {"company": "青葉商事"})
    assert person_score(one, other) < person_score(one, name | {"company": "青葉商事"})


def test_the_domain_says_where_one_works_who_tells_no_firm() -> None:
    one = {"family_name": "林", "given_name": "健一", "company": "株式会社青葉商事"}
    other = {"family_name": "林", "given_name": "健一", "email": "k.hayashi@aobashoji.example.org"}
    assert "work:host" in facts(one, other)
    assert "work:host" not in facts(one, other | {"email": "k.hayashi@midori.example.org"})
    assert "work:host" not in facts(one, other | {"company": "緑川工業"})
