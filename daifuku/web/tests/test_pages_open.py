"""Every page of the menu opens for whoever has it in his menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from daifuku.foundation import menu
from daifuku.records import actions
from daifuku.staff.models import Company
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["aoyama", "osaki", "mizuno", "mori", "eguchi"])
def test_every_entry_of_the_menu_leads_to_a_page(
    cast: Cast, login_as: Callable[[Person], Client], who: str
) -> None:
    Company.objects.create(pk=1, name="シャチホコ商事株式会社")
    person = getattr(cast, who)
    client = login_as(person)
    addresses = ["/", "/help/", "/settings/", "/account/", "/trash/"]
    for place in menu.PLACES:
        addresses += [entry.address for entry in menu.entries(place, Viewer(person))]
    refused = {
        address: status
        for address in addresses
        if (status := client.get(address, follow=True).status_code) != 200
    }
    assert refused == {}


@pytest.mark.parametrize("slug", ["accounts", "contacts", "leads"])
def test_a_record_can_be_opened_edited_and_listed(
    cast: Cast, login_as: Callable[[Person], Client], slug: str
) -> None:
    values = {"family_name": "山田", "company": "山田商店"} if slug == "leads" else {"family_name": "山田"}
    record = actions.create(slug[:-1], {"name": "青葉商事"} if slug == "accounts" else values, by=cast.aoyama)
    client = login_as(cast.aoyama)
    address = record.get_absolute_url()
    for page in (
        f"/{slug}/",
        f"/{slug}/new/",
        address,
        f"{address}edit/",
        f"{address}history/",
        f"/{slug}/conditions/",
    ):
        assert client.get(page).status_code == 200, page
    assert str(record) in client.get(f"/{slug}/").content.decode()
