"""A condition is read from JSON that anybody may have written, and said as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

from daifuku.foundation.errors import Invalid
from daifuku.records import conditions
from daifuku.records.models import CatalogueVersion, CustomField
from daifuku.records.tests.vocabulary_of_tests import add_custom_fields
from daifuku.staff.models import Role
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def deep(levels: int) -> Any:
    written: Any = {"field": "rank", "op": "empty"}
    for _level in range(levels):
        written = {"all": [written]}
    return written


def one(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


RANK = {"field": "rank", "op": "any_of", "value": ["a"]}


@pytest.mark.parametrize(
    ("written", "field", "code"),
    [
        ("rank", "condition", "type"),
        ([RANK], "condition", "type"),
        (7, "condition", "type"),
        ({"all": RANK}, "condition", "type"),
        ({"all": [RANK], "any": [RANK]}, "condition", "type"),
        ({"all": [None]}, "condition", "type"),
        ({"field": 1, "op": "is"}, "condition", "type"),
        ({"field": "rank"}, "condition", "type"),
        ({"field": "rank", "op": ["is"]}, "condition", "type"),
        ({**RANK, "extra": 1}, "condition", "type"),
        ({"field": "rank", "op": "contains", "value": "a"}, "rank", "unknown_operator"),
        ({"field": "rank", "op": "any_of", "value": "a"}, "rank", "type"),
        ({"field": "rank", "op": "any_of", "value": []}, "rank", "required"),
        ({"field": "rank", "op": "any_of", "value": [1]}, "rank", "type"),
        ({"field": "rank", "op": "any_of", "value": ["z"]}, "rank", "choice"),
        ({"field": "rank", "op": "any_of", "value": ["a"] * 501}, "rank", "too_many"),
        ({"field": "rank", "op": "empty", "value": "a"}, "rank", "type"),
        ({"field": "name", "op": "contains"}, "name", "required"),
        ({"field": "name", "op": "contains", "value": {"a": 1}}, "name", "type"),
        ({"field": "name", "op": "contains", "value": True}, "name", "type"),
        ({"field": "name", "op": "contains", "value": "あ" * 201}, "name", "too_long"),
        ({"field": "name", "op": "contains", "value": "\x00"}, "name", "required"),
        ({"field": "name", "op": "contains", "value": "\ud800"}, "name", "required"),
        ({"field": "employees", "op": "gt", "value": "many"}, "employees", "invalid"),
        ({"field": "employees", "op": "gt", "value": [1]}, "employees", "type"),
        ({"field": "employees", "op": "between", "value": [1]}, "employees", "type"),
        ({"field": "employees", "op": "gt", "value": 1e300}, "employees", "too_large"),
        ({"field": "employees", "op": "gt", "value": "NaN"}, "employees", "too_large"),
        ({"field": "traded_since", "op": "on", "value": "soon"}, "traded_since", "invalid"),
        ({"field": "traded_since", "op": "on", "value": 20261124}, "traded_since", "type"),
        ({"field": "traded_since", "op": "within", "value": "next_eon"}, "traded_since", "period"),
        ({"field": "traded_since", "op": "within", "value": "last_99999_days"}, "traded_since", "period"),
        ({"field": "traded_since", "op": "between", "value": ["today", "2026-01-01"]}, "traded_since", "type"),
        ({"field": "owner", "op": "any_of", "value": ["nobody@example.jp"]}, "owner", "unknown"),
        ({"field": "owner", "op": "any_of", "value": [{"id": 1}]}, "owner", "type"),
        ({"field": "no_such", "op": "is", "value": "a"}, "no_such", "unknown_field"),
        ({"field": "owner__password", "op": "is", "value": "a"}, "owner__password", "unknown_field"),
        ({"field": "owner.email", "op": "is", "value": "a"}, "owner.email", "unknown_field"),
        ({"field": "parent.parent.rank", "op": "empty"}, "parent.parent.rank", "unknown_field"),
        ({"field": "custom", "op": "empty"}, "custom", "unknown_field"),
        ({"field": "trashed_at", "op": "empty"}, "trashed_at", "unknown_field"),
        (deep(6), "condition", "too_deep"),
        ({"all": [RANK] * 51}, "condition", "too_many"),
    ],
)  # fmt: skip
def test_wrong_json_is_refused_with_a_sentence(cast: Cast, written: Any, field: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        conditions.parse(written, "account", Viewer(cast.aoyama))
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [(field, code)]
    assert refused.value.message


def test_as_many_as_allowed_are_read(cast: Cast) -> None:
    assert conditions.parse(deep(5), "account", Viewer(cast.aoyama))
    assert conditions.parse({"all": [RANK] * 50}, "account", Viewer(cast.aoyama))


def test_a_hidden_field_looks_like_one_that_does_not_exist(cast: Cast) -> None:
    Role.objects.filter(key="rep").update(field_rules={"account": {"employees": "hidden"}})
    for key in ("employees", "parent.employees"):
        with pytest.raises(Invalid) as refused:
            conditions.parse({"field": key, "op": "filled"}, "account", Viewer(cast.aoyama))
        assert refused.value.problems[0].code == "unknown_field"
        assert key in refused.value.message


def test_a_deleted_field_is_told_and_nothing_passes_its_part(cast: Cast) -> None:
    add_custom_fields("account")
    written = {"all": [RANK, {"field": "memo", "op": "is", "value": "x"}]}
    viewer = Viewer(cast.aoyama)
    assert conditions.parse(written, "account", viewer)
    CustomField.objects.filter(key="memo").delete()
    CatalogueVersion.bump()
    with pytest.raises(Invalid):
        conditions.parse(written, "account", viewer)
    kept = conditions.parse_leniently(written, "account", viewer)
    assert [problem.code for problem in kept.problems] == ["unknown_field"]
    assert "memo" in kept.problems[0].message
    assert kept.to_json() == written
    assert "「memo」はありません" in kept.sentence()


def test_every_operator_of_every_field_is_known(cast: Cast) -> None:
    add_custom_fields("account")
    for object_key in ("account", "contact", "lead"):
        for offered in conditions.offered(object_key, Viewer(cast.aoyama)):
            found = {operator.key for operator in offered.operators}
            assert found == set(offered.field.type.operators), offered.key
            assert found, offered.key


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (None, "すべて"),
        ({"all": []}, "すべて"),
        (
            {"all": [one("rank", "any_of", ["a", "b"]), one("prefecture", "is", "愛知県")]},
            "ランクがA または B、かつ 都道府県が「愛知県」",
        ),
        (
            {"any": [RANK, {"all": [one("employees", "gte", 1000), one("parent.rank", "none_of", ["d"])]}]},
            "ランクがA、または （従業員数が1,000以上、かつ 上位組織のランクがD以外）",
        ),
        ({"field": "traded_since", "op": "within", "value": "last_30_days"}, "取引開始日が過去30日間"),
        (one("traded_since", "between", ["2026-04-01", "2027-03-31"]), "取引開始日が2026/04/01から2027/03/31まで"),
        ({"field": "annual_sales", "op": "between", "value": [1, 2000000]}, "売上高・年商が1円から2,000,000円まで"),
        ({"field": "owner", "op": "any_of", "value": ["me"]}, "営業担当が自分"),
        ({"field": "name", "op": "not_contains", "value": "商事"}, "会社名に「商事」を含まない"),
        ({"field": "kana", "op": "empty"}, "カナが空欄"),
    ],
)  # fmt: skip
def test_a_condition_reads_as_a_sentence(cast: Cast, written: Any, sentence: str) -> None:
    viewer = Viewer(cast.aoyama)
    with translation.override("ja"):
        assert conditions.parse(written, "account", viewer).sentence() == sentence


def test_persons_are_named_in_the_sentence_and_kept_by_uid(cast: Cast) -> None:
    viewer = Viewer(cast.aoyama)
    written = {"field": "owner", "op": "any_of", "value": ["baba@example.jp", "me"]}
    condition = conditions.parse(written, "account", viewer)
    assert condition.sentence() == "営業担当が馬場 健 または 自分"
    assert condition.to_json()["all"][0]["value"] == [str(cast.baba.uid), "me"]
