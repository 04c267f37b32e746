"""A customer's 注文書 lies on its order, and is found by day, amount and partner by whoever sees the order."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from daifuku.accounting import received, searching
from daifuku.ledger.models import Event
from daifuku.orders.actions import enter
from daifuku.records import actions
from daifuku.records.actions import filing
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 one order\n%%EOF\n"


@pytest.fixture
def orders(cast: Cast) -> list[Any]:
    """Two orders with what the customers sent, and one without."""
    today, found = timezone.localdate(), []
    for name, price in (("株式会社青葉商事", "1000"), ("㈱若葉産業", "50000"), ("桜物産", "700")):
        account = actions.create("account", {"name": name}, by=cast.aoyama)
        values = {"account": account, "ordered_on": today, "due_on": today, "customer_number": f"PO-{price}"}
        found.append(enter(values, [{"name": "棚", "quantity": "1", "unit_price": price}], by=cast.aoyama))
    for order in found[:2]:
        filing.add_file(order, ContentFile(PDF, name="注文書.pdf"), by=cast.aoyama)
    return found


def partners(person: Any, **sent: str) -> list[str]:
    asked = searching.read({"side": "received", **sent})
    return [each.partner for each in received.find(asked, viewer_of(person))[0]]


def test_found_by_partner_amount_day_and_their_number(cast: Cast, orders: list[Any]) -> None:
    today = timezone.localdate().isoformat()
    assert partners(cast.mori) == ["㈱若葉産業", "株式会社青葉商事"]
    assert partners(cast.mori, partner="若葉産業株式会社") == ["㈱若葉産業"]
    assert partners(cast.mori, low="2,000", begin=today, end=today) == ["㈱若葉産業"]
    assert partners(cast.mori, high="2000") == ["株式会社青葉商事"]
    assert partners(cast.mori, number="PO-1000") == ["株式会社青葉商事"]
    assert partners(cast.mori, end="2001-01-01") == []
    assert partners(cast.mori, kind="purchase") == []


def test_a_file_in_the_trash_and_a_private_customer_are_not_found(cast: Cast, orders: list[Any]) -> None:
    actions.edit(orders[1].account, {"privacy": "private"}, by=cast.aoyama)
    assert partners(cast.mori) == ["株式会社青葉商事"]
    filing.trash_file(filing.files_of(orders[0])[0], by=cast.aoyama)
    assert partners(cast.mori) == []


def test_page_after_page(cast: Cast, orders: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(received, "SIZE", 1)
    viewer, asked = viewer_of(cast.mori), searching.Asked(side="received")
    first, place = received.find(asked, viewer)
    assert place is not None
    assert received.place(received.place_words(place)) == place
    rest, last = received.find(asked, viewer, place)
    assert [each.partner for each in (*first, *rest)] == ["㈱若葉産業", "株式会社青葉商事"]
    assert last is None


def test_the_page_its_list_and_its_archive(cast: Cast, orders: list[Any], login_as: Login) -> None:
    client = login_as(cast.mori)
    page = client.get("/papers/?side=received&partner=青葉").content.decode()
    assert "注文書.pdf" in page
    assert "若葉" not in page
    table = client.post("/papers/file/", {"side": "received"}).content.decode("utf-8-sig")
    assert "株式会社青葉商事,1100," in table
    archive = client.post("/papers/file/", {"side": "received", "form": "zip"}).content
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        names = [name for name in files.namelist() if name.endswith(".pdf")]
        assert len(names) == 2
        assert files.read(names[0]) == PDF
    assert Event.objects.filter(kind="accounting.papers_exported").count() == 2
    assert login_as(cast.eguchi).post("/papers/file/", {"side": "received"}).status_code == 403


@pytest.mark.parametrize("words", ["kind=quote", "low=たくさん", "begin=x"])
def test_odd_questions_are_told(cast: Cast, login_as: Login, words: str) -> None:
    answer = login_as(cast.mori).get(f"/papers/?side=received&{words}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
