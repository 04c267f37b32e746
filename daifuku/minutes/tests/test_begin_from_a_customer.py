"""Minutes begun on a customer's page: with whom is known, and the text is the first thing one sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
FOLDED, UNFOLDED = 'minutes-about"><summary>', 'minutes-about" open><summary>'


def test_the_page_of_a_customer_leads_to_minutes_with_him(cast: Cast, client: Client) -> None:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    client.force_login(cast.aoyama, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/minutes/new/?account={firm.uid}"
    assert address in client.get(firm.get_absolute_url()).content.decode()
    page = client.get(address).content.decode()
    assert FOLDED in page
    assert "<small>青葉商事</small>" in page
    assert str(firm.uid) in page


def test_without_a_customer_one_says_first_with_whom(cast: Cast, client: Client) -> None:
    client.force_login(cast.aoyama, backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in ("/minutes/new/", "/minutes/new/?account=nobody"):
        assert UNFOLDED in client.get(address).content.decode()
