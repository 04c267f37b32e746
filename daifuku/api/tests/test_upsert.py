"""Change the record with this key, or register it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from daifuku.api.tests.support import problem, said
from daifuku.customers.models import Account
from daifuku.records import actions
from daifuku.records.models import CatalogueVersion, CustomField

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_the_first_time_registers_and_the_second_changes(aoyama: Program) -> None:
    first = aoyama.put("/accounts/by/code/T-1", {"name": "青葉"})
    second = aoyama.put("/accounts/by/code/T-1", {"name": "青葉商事"})
    assert (first.status_code, second.status_code) == (201, 200)
    assert said(first)["code"] == "T-1"
    assert (said(second)["uid"], said(second)["name"], said(second)["version"]) == (
        said(first)["uid"],
        "青葉商事",
        2,
    )
    assert Account.plain.count() == 1


def test_the_key_is_compared_as_it_is_stored(aoyama: Program) -> None:
    aoyama.put("/accounts/by/email/INFO%40aoba.example", {"name": "青葉"})
    again = aoyama.put("/accounts/by/email/info@aoba.example", {"name": "青葉"})
    assert again.status_code in {200, 201}
    slashed = aoyama.put(f"/accounts/by/code/{quote('A/B', safe='')}", {"name": "斜線"})
    assert said(slashed)["code"] == "A/B"


def test_a_custom_field_can_be_the_key(aoyama: Program) -> None:
    CustomField.objects.create(object="account", key="erp_number", type="integer", label="基幹番号")
    CatalogueVersion.bump()
    assert aoyama.put("/accounts/by/erp_number/77", {"name": "青葉"}).status_code == 201
    assert aoyama.put("/accounts/by/erp_number/77", {"name": "青葉"}).status_code == 200
    assert aoyama.put("/accounts/by/erp_number/78", {"name": "青葉"}).status_code == 201


def test_the_own_number_can_be_the_key(aoyama: Program) -> None:
    path = "/accounts/by/uid/0198c0de-0000-7000-8000-000000000001"
    assert [aoyama.put(path, {"name": "青葉"}).status_code for _time in range(2)] == [201, 200]


def test_two_records_with_the_key_are_not_guessed_between(aoyama: Program, cast: Cast) -> None:
    for _number in range(2):
        actions.create("account", {"name": "青葉", "code": "T-1"}, by=cast.aoyama)
    refused = aoyama.put("/accounts/by/code/T-1", {"name": "x"})
    assert (refused.status_code, problem(refused)["code"]) == (409, "ambiguous")


@pytest.mark.parametrize("key", ["name_key/x", "owner__email/x", "no_such/1", "custom/x", "pk/1"])
def test_only_fields_of_the_catalogue_are_keys(aoyama: Program, key: str) -> None:
    refused = aoyama.put(f"/accounts/by/{key}", {"name": "x"})
    assert (refused.status_code, problem(refused)["problems"][0]["code"]) == (422, "unknown_field")


@pytest.mark.parametrize("key", ["owner/x", "note/x", "rank/a", "created_at/2026-01-01", "parent/1"])
def test_links_choices_and_long_texts_are_no_keys(aoyama: Program, key: str) -> None:
    refused = aoyama.put(f"/accounts/by/{key}", {"name": "x"})
    assert (refused.status_code, problem(refused)["problems"][0]["code"]) == (422, "not_a_key")


@pytest.mark.parametrize("key", ["employees/x", "code/%20", "uid/x"])
def test_a_key_that_cannot_be_is_refused(aoyama: Program, key: str) -> None:
    assert aoyama.put(f"/accounts/by/{key}", {"name": "x"}).status_code == 422


def test_what_one_may_not_see_is_neither_found_nor_changed(senda: Program, cast: Cast) -> None:
    secret = actions.create("account", {"name": "秘密", "code": "T-1", "privacy": "private"}, by=cast.aoyama)
    assert senda.put("/accounts/by/code/T-1", {"name": "千田"}).status_code == 201
    secret.refresh_from_db()
    assert (secret.name, secret.version) == ("秘密", 1)


def test_what_one_sees_but_may_not_edit_is_refused(senda: Program, cast: Cast) -> None:
    actions.create("account", {"name": "青葉", "code": "T-1"}, by=cast.aoyama)
    assert senda.put("/accounts/by/code/T-1", {"name": "千田"}).status_code == 403
