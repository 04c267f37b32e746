"""A view that names what is gone is still shown, and says what of it is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from daifuku.records import actions
from daifuku.records.models import View

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast


@pytest.mark.django_db
def test_a_view_of_a_deleted_field_says_so_and_shows_nothing_too_much(
    cast: Cast, login_as: Callable[[Person], Client]
) -> None:
    actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    condition = {"all": [{"field": "gone", "op": "is", "value": "x"}]}
    view = View.objects.create(
        object="account", name="昔の項目", owner=cast.aoyama, condition=condition, columns=[{"field": "gone"}]
    )
    page = login_as(cast.aoyama).get(f"/accounts/?view={view.key}")
    assert page.status_code == 200
    text = page.content.decode()
    assert "列「gone」はありません" in text
    assert "「gone」" in text
    assert "青葉商事" not in text
