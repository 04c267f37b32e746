"""A line of the history with many changes shows how many; which ones comes when somebody unfolds it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from daifuku.customers.models import Account
from daifuku.records import actions
from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
FOLDED = re.compile(r'<details class="folded" hx-get="([^"]+)"[^>]*><summary>([^<]+)</summary>')
FIRM = {
    "name": "株式会社みかど",
    "phone": "052-961-2571",
    "prefecture": "愛知県",
    "city": "名古屋市",
    "note": "駅前",
}


@pytest.fixture
def firm(cast: Cast) -> Account:
    made: Account = actions.create("account", FIRM, by=cast.aoyama)
    return made


def opened(client: Client, address: str) -> str:
    return client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_what_was_registered_is_told_when_it_is_unfolded(client: Client, cast: Cast, firm: Account) -> None:
    client.force_login(cast.aoyama)
    page = client.get(firm.get_absolute_url()).content.decode()
    address, words = FOLDED.search(page).groups()  # type: ignore[union-attr]
    assert "項目" in words and "<ins>駅前</ins>" not in page
    assert "<ins>駅前</ins>" in opened(client, address)
    alone = client.get(address).content.decode()
    assert "<ins>駅前</ins>" in alone and "<html" in alone, "also where no script runs"


def test_a_few_changes_stand_open(client: Client, cast: Cast, firm: Account) -> None:
    actions.edit(firm, {"note": "移転"}, by=cast.aoyama, version=firm.version)
    client.force_login(cast.aoyama)
    assert "<del>駅前</del>" in client.get(firm.get_absolute_url()).content.decode()


def test_a_line_of_another_record_is_not_told(client: Client, cast: Cast, firm: Account) -> None:
    other = actions.create("account", {**FIRM, "name": "別の会社", "note": "秘密"}, by=cast.aoyama)
    client.force_login(cast.aoyama)
    page = client.get(other.get_absolute_url()).content.decode()
    number: Any = FOLDED.search(page).group(1).partition("?")[2]  # type: ignore[union-attr]
    assert opened(client, f"{firm.get_absolute_url()}history/?{number}") == ""
    assert opened(client, f"{firm.get_absolute_url()}history/?line=99999999") == ""


def test_a_hidden_field_stays_hidden_when_unfolded(client: Client, cast: Cast, firm: Account) -> None:
    client.force_login(cast.aoyama)
    address = FOLDED.search(client.get(firm.get_absolute_url()).content.decode()).group(1)  # type: ignore[union-attr]
    role = cast.aoyama.roles.get()
    role.field_rules = {"account": {"note": "hidden"}}
    role.save(update_fields=["field_rules"])
    assert "駅前" not in opened(client, address)
