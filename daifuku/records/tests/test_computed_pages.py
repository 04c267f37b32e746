"""The pages of formulas and roll-ups: written with what one may speak of beside it, tried, saved, changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Account
from daifuku.records import actions
from daifuku.records.actions import custom_fields
from daifuku.records.models import CustomField
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
NEW = "/settings/fields/account/new/formula/"
TRY = "/settings/fields/account/try/formula/"


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    Company.objects.create(name="シャチホコ商事")
    client.force_login(cast.mizuno)
    return client


def page(response: Any) -> str:
    return str(response.content.decode())


def account(cast: Cast, **values: Any) -> Account:
    made: Account = actions.create("account", {"name": "青葉商事", **values}, by=cast.aoyama)
    return made


def test_a_formula_is_written_saved_and_changed(admin: Client, cast: Cast) -> None:
    account(cast, employees=12)
    opened = page(admin.get(NEW))
    assert "ROUNDDOWN" in opened
    assert 'data-formula-word-param="[従業員数]"' in opened
    assert 'data-formula-word-param="[上位組織].[ランク]"' in opened
    saved = admin.post(NEW, {"label": "予算", "formula": "[従業員数] * 1000", "result": "money"}, follow=True)
    assert "項目「予算」を追加しました。" in page(saved)
    row = CustomField.objects.get()
    assert Account.plain.get().custom == {row.key: 12000}
    address = f"/settings/fields/account/{row.key}/edit/"
    assert "[従業員数] * 1000" in page(admin.get(address))
    form = {"label": "予算", "formula": "[従業員数] * 2000", "result": "money", "version": row.version}
    assert admin.post(address, form).status_code == 302
    assert Account.plain.get().custom == {row.key: 24000}
    assert admin.post(address, form).status_code == 412


def test_a_mistake_stands_beside_the_formula(admin: Client) -> None:
    refused = admin.post(NEW, {"label": "予算", "formula": "[従業員数] +"})
    assert refused.status_code == 422
    assert "10文字目" not in page(refused)
    assert "9文字目" in page(refused)
    assert not CustomField.objects.exists()


def test_a_formula_is_tried_on_the_first_record_or_a_chosen_one(admin: Client, cast: Cast) -> None:
    account(cast, employees=12)
    other = actions.create("account", {"name": "若葉商事", "employees": 5}, by=cast.aoyama)
    tried = page(admin.post(TRY, {"formula": "[従業員数] * 2"}))
    assert "青葉商事" in tried
    assert "24.00" in tried
    chosen = {"sample": "若葉商事", "sample.uid": str(other.uid), "sample.label": "若葉商事"}
    assert "10.00" in page(admin.post(TRY, {"formula": "[従業員数] * 2", **chosen}))
    assert "（空欄）" in page(admin.post(TRY, {"formula": "1 / 0"}))
    assert "「ない」という項目はありません" in page(admin.post(TRY, {"formula": "[ない]"}))
    assert not CustomField.objects.exists()


def test_nothing_is_told_of_a_field_that_one_may_not_see(admin: Client, cast: Cast) -> None:
    account(cast, employees=12)
    role = cast.mizuno.roles.get()
    role.field_rules = {"account": {"employees": "hidden"}}
    role.save()
    tried = page(admin.post(TRY, {"formula": "[従業員数] * 2"}))
    assert "見る権限のない項目" in tried
    assert "24" not in tried


def test_a_roll_up_is_chosen_tried_and_saved(admin: Client, cast: Cast) -> None:
    head = account(cast)
    actions.create("account", {"name": "栄店", "parent": head, "rank": "a"}, by=cast.aoyama)
    actions.create("account", {"name": "港店", "parent": head, "rank": "b"}, by=cast.aoyama)
    address = "/settings/fields/account/new/rollup/"
    assert "?from=account.parent" in page(admin.get(address))
    assert "集計する記録" in page(admin.get(f"{address}?from=account.parent"))
    assert "何を集計しますか" in page(admin.get(f"{address}?from=account.name"))
    condition = {
        "row": "1",
        "field-1": "rank",
        "op-1": "any_of",
        "takes-1": "many",
        "value-1": "a",
        "match": "all",
    }
    form = {"label": "拠点", "from": "account.parent", "how": "count", **condition}
    tried = page(admin.post("/settings/fields/account/try/rollup/", form))
    assert ">1<" in tried
    assert admin.post(address, form).status_code == 302
    row = CustomField.objects.get()
    assert Account.plain.get(pk=head.pk).custom == {row.key: 1}
    opened = page(admin.get(f"/settings/fields/account/{row.key}/edit/"))
    assert 'value="a" checked' in opened


def test_before_a_field_is_retired_its_page_names_what_needs_it(admin: Client, cast: Cast) -> None:
    seats = custom_fields.add_field("account", "integer", "席数", by=cast.mizuno)
    row = custom_fields.add_field(
        "account", "formula", "倍の席", by=cast.mizuno, options={"formula": "[席数] * 2"}
    )
    for kind in ("edit", "type"):
        told = page(admin.get(f"/settings/fields/account/{seats.key}/{kind}/"))
        assert "次の計算で使われています" in told
        assert "倍の席" in told
    custom_fields.retire_field(seats, by=cast.mizuno)
    assert "使われている項目がありません" in page(admin.get("/settings/fields/account/"))
    opened = page(admin.get(f"/settings/fields/account/{row.key}/edit/"))
    assert f"使われている項目がありません: {seats.key}" in opened
    made = account(cast)
    assert "使われている項目がありません" in page(admin.get(made.get_absolute_url()))
