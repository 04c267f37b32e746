"""The page of a record and its forms: what was saved is seen everywhere, what was refused tells why and is kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.records import actions
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def account(cast: Cast, client: Client) -> Any:
    """One that 青山 made; she has signed in."""
    Company.objects.create(name="シャチホコ商事")
    client.force_login(cast.aoyama)
    return actions.create("account", {"name": "青葉商事", "phone": "052-111-2222"}, by=cast.aoyama)


def test_a_value_saved_in_its_place_is_sent_for_every_place_where_it_stands(
    client: Client, account: Any
) -> None:
    address = account.get_absolute_url()
    assert client.get(address).content.decode().count(f'data-value="{account.uid}/phone"') == 2
    saved = client.post(f"{address}field/phone/", {"phone": "052-333-4444"}, headers=HTMX)
    assert f'hx-swap-oob="outerHTML:[data-value=&quot;{account.uid}/phone&quot;]' in saved.content.decode()
    assert saved["HX-Reswap"] == "none"
    assert "written" in json.loads(saved["HX-Trigger"])
    for refused in ({"phone": "でんわ"}, {"phone": "052-555-6666", "opened": '{"phone": "052-111-2222"}'}):
        answer = client.post(f"{address}field/phone/", refused, headers=HTMX)
        assert answer.status_code in {412, 422}
        assert "hx-swap-oob" not in answer.content.decode()
        assert "HX-Reswap" not in answer


def test_the_timeline_that_is_read_anew_brings_the_name_along(client: Client, account: Any) -> None:
    address = account.get_absolute_url()
    client.post(f"{address}field/name/", {"name": "青葉物産"}, headers=HTMX)
    anew = client.get(f"{address}history/?anew=1", headers=HTMX).content.decode()
    assert 'id="record-name" hx-swap-oob="true"' in anew
    assert "青葉物産" in anew.partition("record-name")[2]
    assert f"{account.uid}/updated_at" in anew
    plain = client.get(f"{address}history/", headers=HTMX).content.decode()
    assert "hx-swap-oob" not in plain
