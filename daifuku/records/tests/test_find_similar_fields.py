"""Before a field is asked for, those that are like it are shown: by name, by other names, by choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.records.actions import choices, custom_fields
from daifuku.records.requests import asking
from daifuku.records.requests.similar import Similar, similar_to
from daifuku.records.tests.test_request_fields import details
from daifuku.staff.models import Role
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def found(by: Person, label: str, choices: Sequence[str] = ()) -> list[Similar]:
    return similar_to(Viewer(by), "account", label, choices)


@pytest.mark.parametrize(
    ("label", "key", "why"),
    [
        ("フリガナ", "kana", "同じ"),
        ("ﾎｰﾑﾍﾟｰｼﾞ", "website", "別の呼び名"),
        ("ＦＡＸ番号", "fax", ""),
        ("fax", "fax", "同じ名前"),
        ("Annual sales", "annual_sales", "別の呼び名"),
        ("主な電話番号", "phone", "重なる名前"),
    ],
)
def test_other_spellings_and_other_names_are_found(cast: Cast, label: str, key: str, why: str) -> None:
    by_key = {each.key: each for each in found(cast.aoyama, label)}
    assert key in by_key, by_key
    assert why in by_key[key].why


def test_the_same_name_stands_before_names_that_are_only_alike(cast: Cast) -> None:
    custom_fields.add_field("account", "text", "けっさん時期の備考", by=cast.mizuno)
    custom_fields.add_field("account", "text", "ケッサン時期", by=cast.mizuno)
    assert [each.name for each in found(cast.aoyama, "けっさん時期")][:2] == [
        "ケッサン時期",
        "けっさん時期の備考",
    ]


def test_choices_that_are_there_already_are_found(cast: Cast) -> None:
    row = custom_fields.add_field("account", "choice", "訪問の頻度", by=cast.mizuno)
    for label in ("毎週", "毎月", "四半期"):
        choices.add_choice("account", row.key, label, by=cast.mizuno)
    alike = {each.key: each for each in found(cast.aoyama, "アプローチ", ["毎月", "毎週"])}
    assert "毎週、毎月" in alike[row.key].why
    assert not found(cast.aoyama, "アプローチ", ["毎月", "毎年", "隔年"])


def test_a_hidden_field_is_told_to_nobody_from_whom_it_is_hidden(cast: Cast) -> None:
    role = Role.objects.get(key="rep")
    role.field_rules = {"account": {"fax": "hidden"}}
    role.save()
    custom_fields.add_field("account", "text", "与信の秘密", by=cast.mizuno, hidden_from_roles=["rep"])
    assert not [each for each in found(cast.aoyama, "FAX") if each.key == "fax"]
    assert not found(cast.aoyama, "与信の秘密")
    assert found(cast.mizuno, "与信の秘密")


def test_a_request_of_a_colleague_and_a_retired_field_are_found(cast: Cast) -> None:
    row = asking.ask_for_field("account", by=cast.baba, **details())
    assert [(each.what, each.url) for each in found(cast.aoyama, "決算月")] == [
        ("request", f"/field-requests/{row.uid}/")
    ]
    field = custom_fields.add_field("account", "text", "紹介者メモ", by=cast.mizuno)
    custom_fields.retire_field(field, by=cast.mizuno)
    assert found(cast.mizuno, "紹介者メモ")[0].what == "retired"
    assert "retired" not in {each.what for each in found(cast.aoyama, "紹介者メモ")}


@pytest.mark.parametrize("odd", ["", " ", "%", "\u0000", "ー", "🎌", "x" * 200])
def test_odd_names_are_like_nothing(cast: Cast, odd: str) -> None:
    assert found(cast.aoyama, odd) == []
