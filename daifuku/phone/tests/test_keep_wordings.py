"""The administrator puts the wordings into the firm's own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from daifuku.foundation.errors import Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.phone import shipped, wordings
from daifuku.phone.actions import keep_wordings, ship_wordings
from daifuku.phone.models import Wording
from daifuku.records.actions import choices
from daifuku.records.undoing import undo

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.phone.tests.conftest import Phone
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
OWN = ["納期は【日付】。", "在庫あり。"]


def test_the_firms_own_are_offered(cast: Cast) -> None:
    keep_wordings("phone", "delivery", [" 納期は【日付】。 ", "", "在庫あり。", "在庫あり。"], by=cast.mizuno)
    assert wordings.of("phone", "delivery") == OWN
    assert wordings.of("visit", "delivery") == shipped.lines("visit", "delivery")
    assert Event.objects.get(kind="phone.wordings_changed").data["new"] == OWN


def test_the_same_once_more_writes_nothing(cast: Cast) -> None:
    keep_wordings("phone", "delivery", shipped.lines("phone", "delivery"), by=cast.mizuno)
    assert not Event.objects.filter(kind="phone.wordings_changed").exists()


def test_it_is_undone(cast: Cast) -> None:
    keep_wordings("phone", "delivery", OWN, by=cast.mizuno)
    undo(Event.objects.get(kind="phone.wordings_changed"), by=cast.mizuno)
    assert wordings.of("phone", "delivery") == shipped.lines("phone", "delivery")


def test_the_shipped_ones_come_back(cast: Cast) -> None:
    keep_wordings("phone", "delivery", OWN, by=cast.mizuno)
    ship_wordings("phone", "delivery", by=cast.mizuno)
    assert not Wording.objects.exists()


def test_a_content_that_the_administrator_added_has_wordings_too(cast: Cast) -> None:
    row = choices.add_choice("talk", "content", "保守の相談", by=cast.mizuno)
    assert wordings.of("phone", row.key) == shipped.lines("phone", row.key)
    keep_wordings("phone", row.key, ["点検した。"], by=cast.mizuno)
    assert wordings.of("phone", row.key) == ["点検した。"]


@pytest.mark.parametrize(
    ("lines", "code"), [(["【商品名"], "slots"), (["あ" * 501], "too_long"), ([str(n) for n in range(13)], "too_many")]
)  # fmt: skip
def test_what_cannot_be_filled_in_is_refused(cast: Cast, lines: list[str], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        keep_wordings("phone", "delivery", lines, by=cast.mizuno)
    assert refused.value.problems[0].code == code


def test_only_who_may_change_settings_does(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        keep_wordings("phone", "delivery", OWN, by=cast.aoyama)
    with pytest.raises(Invalid):
        keep_wordings("pigeon", "delivery", OWN, by=cast.mizuno)


def test_the_first_of_the_shipped_ones_can_be_kept_as_it_stands() -> None:
    for content, by_method in shipped.WORDINGS.items():
        for method in by_method:
            assert "【" not in shipped.lines(method, content)[0]


def test_the_page(phone: Phone, cast: Cast, login_as: Callable[..., Client]) -> None:
    client = login_as(cast.mizuno)
    sent = {"method": "phone", "content": "delivery", "lines": "\r\n".join(OWN), "do": "keep"}
    assert client.post("/settings/wordings/", sent)["Location"].endswith("#phone-delivery")
    assert "納期は【日付】。" in client.get("/settings/wordings/").content.decode()
    wrong = client.post("/settings/wordings/", {**sent, "lines": "【商品名"})
    assert wrong.status_code == 422
    assert "の数が合いません" in wrong.content.decode()
    client.post("/settings/wordings/", {**sent, "do": "ship"})
    assert not Wording.objects.exists()
    assert phone.client.get("/settings/wordings/").status_code == 404
