"""知識の偏り: customers of whom nobody else knows anything; only of whom one leads, and only what one sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.foundation.errors import NotFound
from daifuku.handover.risk import risk_of
from daifuku.records import actions
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(cast: Cast) -> dict[str, Any]:
    """One of whom there is nothing, one whom she alone knows, one whom a colleague knows as well."""
    firms = {
        name: actions.create("account", {"name": name}, by=cast.aoyama) for name in ("無音", "一人", "二人")
    }
    told = {"method": "phone", "content": "other", "text": "話した"}
    for name in ("一人", "二人"):
        actions.create("talk", {**told, "account": firms[name]}, by=cast.aoyama)
        actions.create("contact", {"account": firms[name], "family_name": "新田"}, by=cast.aoyama)
    actions.create("talk", {**told, "account": firms["二人"], "owner": cast.osaki}, by=cast.osaki)
    actions.create("task", {"account": firms["二人"], "subject": "見積を送る"}, by=cast.aoyama)
    return firms


def test_each_customer_says_why_he_is_at_risk(cast: Cast, book: dict[str, Any]) -> None:
    risk = risk_of(cast.aoyama, viewer_of(cast.osaki), timezone.localdate())
    assert {key: n for key, _label, n in risk.counts} == {"silent": 1, "alone": 1, "nobody": 1, "promised": 1}
    assert (risk.accounts, risk.percent) == (3, 67)
    assert {str(row.account): [word for word, _colour in row.reasons] for row in risk.rows} == {
        "無音": ["2年間、取引の記録がない", "担当者の登録がない"], "一人": ["本人しか話していない"],
        "二人": ["約束が残っている"],
    }  # fmt: skip
    alone = risk_of(cast.aoyama, viewer_of(cast.osaki), timezone.localdate(), "alone")
    assert [str(row.account) for row in alone.rows] == ["一人"]


def test_nobody_looks_at_the_work_of_others(cast: Cast, book: dict[str, Any], login_as: Login) -> None:
    with pytest.raises(NotFound):
        risk_of(cast.aoyama, viewer_of(cast.senda), timezone.localdate())
    address = f"/handovers/risk/?person={cast.aoyama.uid}"
    assert login_as(cast.senda).get(address).status_code == 404
    page = login_as(cast.osaki).get(address).content.decode()
    assert "67%" in page
    assert "本人しか話していない" in page
