"""Finding: the cases where other products fail (a table), ranking, who sees what, and an index that never lags."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from daifuku.customers.models import Account, Contact
from daifuku.records import actions, listing
from daifuku.records import search as finding
from daifuku.records.models import SearchRow
from daifuku.records.tests.ways_of_tests import WAYS, pretend
from daifuku.staff.models import Role
from daifuku.staff.testing import invent_cast
from daifuku.staff.viewer import Viewer
from tests.support.lasting import lent

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def names(text: str, viewer: Viewer, **how: Any) -> list[str]:
    return [str(hit.record) for hit in finding.search(text, viewer, **how)]


@pytest.fixture(scope="module")
def made(once_a_file: None) -> Cast:
    cast = invent_cast()
    rows = [
        {"name": "田中商店"}, {"name": "森川工業"}, {"name": "四宮株式会社"}, {"name": "kintone2"}, {"name": "test123"},
        {"name": "SUPEREIGHT"}, {"name": "(株)シャチホコ商事"}, {"name": "斉藤建設"}, {"name": "齋藤電機"},
        {"name": "電話屋", "phone": "03-1234-5678", "email": "info@example.co.jp", "code": "A-0042"},
        {"name": "日本電気工業", "kana": "ニホンデンキコウギョウ"}, {"name": "東日本電気保安"}, {"name": "日本電気"},
        {"name": "住所会社", "prefecture": "愛知県", "city": "名古屋市中区", "street": "栄1-2-3"},
    ]  # fmt: skip
    for row in rows:
        actions.create("account", row, by=cast.aoyama)
    account = Account.plain.get(name="森川工業")
    actions.create(
        "contact",
        {
            "family_name": "鵜飼",
            "given_name": "龍",
            "family_kana": "ウカイ",
            "given_kana": "リュウ",
            "account": account,
        },
        by=cast.aoyama,
    )
    return cast


cast = lent()


@pytest.fixture
def firm(cast: Cast) -> Viewer:
    return Viewer(cast.aoyama)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("田", {"田中商店"}),
        ("森", {"森川工業", "鵜飼 龍"}),
        ("宮", {"四宮株式会社"}),
        ("kintone", {"kintone2"}),
        ("test", {"test123"}),
        ("123", {"test123", "電話屋", "住所会社"}),
        ("SUPER", {"SUPEREIGHT"}),
        ("EIGHT", {"SUPEREIGHT"}),
        ("ｓｕｐｅｒ", {"SUPEREIGHT"}),
        ("しゃちほこ", {"(株)シャチホコ商事"}),
        ("ｼｬﾁﾎｺ", {"(株)シャチホコ商事"}),
        ("シャチホコ", {"(株)シャチホコ商事"}),
        ("㈱シャチホコ", {"(株)シャチホコ商事"}),
        ("シャチ", {"(株)シャチホコ商事"}),
        ("株式会社シャチホコ商事", {"(株)シャチホコ商事"}),
        ("shachihoko", {"(株)シャチホコ商事"}),
        ("syatihoko", {"(株)シャチホコ商事"}),
        ("斎藤", {"斉藤建設", "齋藤電機"}),
        ("5678", {"電話屋"}),
        ("1234-5678", {"電話屋"}),
        ("(03)12345678", {"電話屋"}),
        ("info@example", {"電話屋"}),
        ("a0042", {"電話屋"}),
        ("にほんでんき", {"日本電気工業", "東日本電気保安", "日本電気"}),
        ("ニッポンデンキ", {"日本電気工業", "東日本電気保安", "日本電気"}),
        ("日本電気", {"日本電気工業", "東日本電気保安", "日本電気"}),
        ("nihon", {"日本電気工業", "東日本電気保安", "日本電気"}),
        ("愛知県名古屋", {"住所会社"}),
        ("住所 名古屋", {"住所会社"}),
        ("名古屋　栄", {"住所会社"}),
        ("住所 東京", set()),
        ("鵜飼龍", {"鵜飼 龍"}),
        ("鵜飼 龍", {"鵜飼 龍"}),
        ("うかい", {"鵜飼 龍"}),
        ("ukai", {"鵜飼 龍"}),
        ("森川 鵜飼", {"鵜飼 龍"}),
        ("龍魚", set()),
        ("", set()),
        ("   ", set()),
        ("++", set()),
        ('"', set()),
        ("'; DROP TABLE", set()),
        ("%", set()),
        ("田*", {"田中商店"}),
        ("\x00田", {"田中商店"}),
        ("\ud800", set()),
        ("あ" * 10_000, set()),
        ("AND OR NOT NEAR(", set()),
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", WAYS)
def test_a_word_finds_what_a_person_means(
    firm: Viewer, text: str, expected: set[str], way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(way, monkeypatch)
    assert set(names(text, firm)) == expected
    listed = listing.query("account", firm, search=text, today=date(2026, 11, 25))
    if text.strip():
        assert {str(row) for row in listed.page(size=100).rows} == expected - {"鵜飼 龍"}
        assert listed.count() == (len(expected - {"鵜飼 龍"}), False)


def test_the_whole_name_comes_first_then_those_that_begin_so(firm: Viewer) -> None:
    assert names("日本電気", firm) == ["日本電気", "日本電気工業", "東日本電気保安"]
    assert names("日本電気", firm, limit=1) == ["日本電気"]


def test_the_last_digits_of_a_telephone_come_before_those_in_its_middle(cast: Cast, firm: Viewer) -> None:
    for name, phone in (("い", "052-778-8111"), ("ろいろ", "0778-81-2345"), ("はにほへと", "03-1234-7788")):
        actions.create("account", {"name": name, "phone": phone}, by=cast.aoyama)
    assert names("7788", firm) == ["はにほへと", "い", "ろいろ"]
    assert names("0778", firm)[0] == "ろいろ"


def test_a_hit_says_where_it_was_found(firm: Viewer) -> None:
    def where(text: str) -> list[tuple[str, str]]:
        return [(hit.matched_field, hit.matched_text) for hit in finding.search(text, firm)]

    assert where("5678") == [("電話番号", "03-1234-5678")]
    assert where("名古屋市") == [("市区町村", "名古屋市中区")]
    assert where("シャチ") == [("", "")]
    assert where("森川 鵜飼") == [("取引先", "森川工業")]


def test_the_objects_can_be_chosen(firm: Viewer) -> None:
    assert names("森", firm, objects=["contact"]) == ["鵜飼 龍"]
    assert names("森", firm, objects=[]) == []


def test_only_what_one_may_see_is_found(cast: Cast, firm: Viewer) -> None:
    for number in range(30):
        made = actions.create("account", {"name": f"極秘{number}"}, by=cast.senda)
        actions.edit(made, {"privacy": "private"}, by=cast.senda)
    actions.create("account", {"name": "公開された極秘"}, by=cast.senda)
    assert names("極秘", firm, limit=5) == ["公開された極秘"]
    assert len(names("極秘", Viewer(cast.senda), limit=50)) == 31


def test_people_are_not_found_by_a_firm_that_one_may_not_see(cast: Cast, firm: Viewer) -> None:
    actions.edit(Account.plain.get(name="森川工業"), {"privacy": "private"}, by=cast.aoyama)
    assert names("森川", Viewer(cast.senda)) == []
    assert names("鵜飼", Viewer(cast.senda)) == ["鵜飼 龍"]
    assert names("森川", firm) == ["森川工業", "鵜飼 龍"]


def test_nothing_is_found_by_a_hidden_field(cast: Cast, firm: Viewer) -> None:
    Role.objects.filter(key="rep").update(field_rules={"account": {"phone": "hidden"}})
    assert names("5678", Viewer(cast.aoyama)) == []
    assert names("電話", Viewer(cast.aoyama)) == ["電話屋"]


def test_who_may_not_see_an_object_finds_none_of_it(cast: Cast, firm: Viewer) -> None:
    Role.objects.filter(key="reader").update(grants={"*": {"view": "all"}, "contact": {"view": "none"}})
    assert names("森", Viewer(cast.eguchi)) == ["森川工業"]


def test_a_change_is_found_at_once_and_the_old_name_no_more(cast: Cast, firm: Viewer) -> None:
    account = actions.edit(Account.plain.get(name="森川工業"), {"name": "林田工業"}, by=cast.aoyama)
    assert names("林田", firm) == ["林田工業", "鵜飼 龍"]
    assert names("森川", firm) == []
    actions.trash(account, by=cast.aoyama)
    assert "林田工業" not in names("林田", firm)
    actions.restore(account, by=cast.aoyama)
    assert "林田工業" in names("林田", firm)


def test_many_that_are_made_changed_or_trashed_together_are_kept_as_well(cast: Cast, firm: Viewer) -> None:
    made = actions.create_many("account", [{"name": f"多数{n}"} for n in range(40)], by=cast.aoyama)
    assert len(names("多数", firm, limit=100)) == 40
    actions.edit_many("account", [row.pk for row in made], {"code": "ZZ99"}, by=cast.aoyama)
    assert len(names("zz99", firm, limit=100)) == 40
    actions.trash_many("account", [row.pk for row in made], by=cast.aoyama)
    assert names("多数", firm) == []
    assert SearchRow.objects.filter(object="account").count() == Account.plain.filter(trashed_at=None).count()


def test_the_index_is_made_anew_by_a_command(firm: Viewer, capsys: pytest.CaptureFixture[str]) -> None:
    SearchRow.objects.all().delete()
    assert names("シャチ", firm) == []
    call_command("reindex")
    assert names("シャチ", firm) == ["(株)シャチホコ商事"]
    assert SearchRow.objects.count() == Account.plain.count() + Contact.plain.count()
    call_command("reindex")
    assert names("シャチ", firm) == ["(株)シャチホコ商事"]
