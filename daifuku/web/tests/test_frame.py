"""The frame around a page is kept in memory for all who have the same menu, and for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.records.actions.naming import rename_object
from daifuku.staff.models import Company, Role

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def sidebar(client: Client, path: str) -> str:
    return client.get(path).content.decode().partition('<nav class="sidebar"')[2].partition("</nav>")[0]


def test_entries_of_the_same_name_lead_where_they_should(cast: Cast, client: Client) -> None:
    Company.objects.create(name="シャチホコ商事")
    for key in ("account", "contact"):
        rename_object(key, "お客様", by=cast.mizuno)
    for person, key in ((cast.aoyama, "account"), (cast.senda, "contact")):
        person.roles.set([Role.objects.create(key=key, name=key, grants={key: {"view": "all"}})])
    client.force_login(cast.aoyama)
    assert 'href="/accounts/"' in sidebar(client, "/help/")
    client.force_login(cast.senda)
    drawn = sidebar(client, "/help/")
    assert 'href="/contacts/"' in drawn
    assert 'href="/accounts/"' not in drawn


def test_the_place_where_one_is_is_marked(cast: Cast, client: Client) -> None:
    Company.objects.create(name="シャチホコ商事")
    client.force_login(cast.aoyama)
    for path in ("/accounts/", "/contacts/", "/accounts/"):
        marked = [part for part in sidebar(client, path).split("<a ") if 'aria-current="page"' in part]
        assert [path in part for part in marked] == [True]
