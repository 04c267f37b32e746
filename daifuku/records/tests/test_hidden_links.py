"""A record is linked to one that the person may not see: no page of his carries its number, and the link stays."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.records import actions
from daifuku.records.actions import custom_fields
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(cast: Cast) -> Any:
    Company.objects.create(name="シャチホコ商事")
    return actions.create("account", {"name": "秘密商事", "privacy": "private"}, by=cast.aoyama)


@pytest.fixture
def linked(cast: Cast, secret: Any) -> Any:
    """A firm of 千田 below the secret one, which a field of the firm's own names as well."""
    field = custom_fields.add_field(
        "account", "record", "紹介元", by=cast.mizuno, key="from", options={"target": "account"}
    )
    values = {"name": "若草工業", "parent": secret, field.key: str(secret.uid)}
    made = actions.create("account", values, by=cast.aoyama)
    return actions.edit(made, {"owner": str(cast.senda.uid)}, by=cast.aoyama)


def sent_back(page: str) -> dict[str, str]:
    """What a browser would send if nothing was touched."""
    found = {}
    for tag in re.findall(r"<input[^>]+>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and "checkbox" not in tag:
            found[name[1]] = unescape(value[1]) if value else ""
    return found


def test_no_page_carries_the_number_of_the_hidden_one(
    cast: Cast, login_as: Login, secret: Any, linked: Any
) -> None:
    client = login_as(cast.senda)
    for tail in ("", "edit/", "history/", "parent/", "from/"):
        page = client.get(f"/accounts/{linked.uid}/{tail}").content.decode()
        assert str(secret.uid) not in page, tail
        assert "秘密商事" not in page, tail
    assert "非公開の取引先" in client.get(f"/accounts/{linked.uid}/edit/").content.decode()
    assert str(secret.uid) in login_as(cast.aoyama).get(f"/accounts/{linked.uid}/").content.decode()


def test_an_untouched_link_stays_also_when_something_else_is_refused_first(
    cast: Cast, login_as: Login, secret: Any, linked: Any
) -> None:
    client, address = login_as(cast.senda), f"/accounts/{linked.uid}/edit/"
    typed = sent_back(client.get(address).content.decode())
    refused = client.post(address, {**typed, "email": "これは違う"})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert str(secret.uid) not in page
    assert json.loads(sent_back(page)["opened"]) == json.loads(typed["opened"])
    assert client.post(address, {**sent_back(page), "email": "info@example.jp"}).status_code == 302
    linked.refresh_from_db()
    assert (linked.email, linked.parent_id) == ("info@example.jp", secret.pk)
    assert linked.custom["from"]["id"] == secret.pk


def test_a_hidden_link_can_be_taken_away_or_replaced(
    cast: Cast, login_as: Login, secret: Any, linked: Any
) -> None:
    other = actions.create("account", {"name": "丸福物産"}, by=cast.senda)
    client, address = login_as(cast.senda), f"/accounts/{linked.uid}/edit/"
    typed = sent_back(client.get(address).content.decode())
    answer = client.post(address, {**typed, "parent": "", "parent.uid": "", "from": "丸福物産"})
    assert answer.status_code == 302
    linked.refresh_from_db()
    assert (linked.parent_id, linked.custom["from"]["id"]) == (None, other.pk)


def test_whoever_links_it_elsewhere_in_the_meantime_is_not_overwritten(
    cast: Cast, login_as: Login, secret: Any, linked: Any
) -> None:
    client, address = login_as(cast.senda), f"/accounts/{linked.uid}/edit/"
    typed = sent_back(client.get(address).content.decode())
    other = actions.create("account", {"name": "別の秘密", "privacy": "private"}, by=cast.aoyama)
    actions.edit(linked, {"parent": other}, by=cast.mizuno)
    assert client.post(address, {**typed, "note": "訪問"}).status_code == 302
    linked.refresh_from_db()
    assert (linked.note, linked.parent_id) == ("訪問", other.pk)


def test_the_form_tells_a_number_that_is_hidden_from_none_not_apart(
    cast: Cast, login_as: Login, secret: Any
) -> None:
    client, nowhere = login_as(cast.senda), "01920000-0000-7000-8000-000000000001"
    pages = [client.get(f"/contacts/new/?account={uid}").content.decode() for uid in (secret.uid, nowhere)]
    names = [re.findall(r'name="account[^"]*" value="([^"]*)"', page) for page in pages]
    assert names[0] == names[1]
