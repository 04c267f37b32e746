"""Nobody comes past the second factor, whichever page he asks for, or does what only others may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from daifuku.records import actions, bulk, undoing
from daifuku.records.bulk import Selection
from daifuku.staff.models import Company, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize(
    "address", ["/", "/accounts/", "/api/", "/account/tokens/", "/search/?q=a", "/jobs/"]
)
def test_a_page_waits_for_the_second_factor(
    cast: Cast, login_as: Callable[[Person], Client], address: str, headers: dict[str, str]
) -> None:
    Company.objects.create(name="青葉商事", second_factor_required=True)
    answer = login_as(cast.aoyama).get(address, headers=headers)
    assert (answer.status_code, answer.headers.get("Location")) == (302, reverse("mfa_index"))


@pytest.mark.parametrize("address", ["me", "accounts", "openapi.json", "events", "search?q=a"])
def test_a_cookie_opens_the_api_only_with_the_second_factor(
    cast: Cast, login_as: Callable[[Person], Client], address: str
) -> None:
    Company.objects.create(name="青葉商事", second_factor_required=True)
    answer = login_as(cast.aoyama).get(f"/api/v1/{address}")
    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor")


def test_an_auditor_who_may_change_nothing_does_not_use_up_the_undo_of_others(
    cast: Cast, login_as: Callable[[Person], Client]
) -> None:
    role = Role.objects.get(key="reader")
    role.powers = ["audit"]
    role.save()
    firms = [actions.create("account", {"name": name}, by=cast.aoyama) for name in ("青葉商事", "緑商店")]
    selection = Selection("account", tuple(firm.pk for firm in firms))
    begun = bulk.edit(selection, {"rank": "a"}, by=cast.aoyama)
    login_as(cast.eguchi).post(f"/events/{begun.event.pk}/undo/")
    assert not undoing.was_undone(begun.event)
    login_as(cast.aoyama).post(f"/events/{begun.event.pk}/undo/")
    assert undoing.was_undone(begun.event)
    firms[0].refresh_from_db()
    assert firms[0].rank == ""
