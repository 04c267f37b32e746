"""The page of a list: how many there are, what is filtered, and what long names do to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.records import actions
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def aoyama(cast: Cast, client: Client) -> Client:
    """青山 has signed in; there are two accounts."""
    Company.objects.create(name="シャチホコ商事")
    actions.create("account", {"name": "青葉商事", "rank": "a", "prefecture": "愛知県"}, by=cast.aoyama)
    actions.create("account", {"name": "桜物産", "rank": "b", "prefecture": "岐阜県"}, by=cast.aoyama)
    client.force_login(cast.aoyama)
    return client


def test_the_number_of_rows_stands_at_the_head(aoyama: Client) -> None:
    for query, count in (("", "2件"), ("?q=青葉", "1件"), ("?q=ありえない", "0件")):
        page = aoyama.get(f"/accounts/{query}").content.decode()
        assert count in page.partition("</header>")[2].partition("</header>")[0]
