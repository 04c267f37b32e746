"""A part is moved once however often its button is pressed, and never silently less than what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from daifuku.documents.models import Sealed
from daifuku.orders.actions import arrive, buy, deliver
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.models import Arrival, Delivery, Purchase

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


def word_of(page: Any) -> str:
    found: str = page.content.decode().split('name="once" value="')[1][:32]
    return found


def press_twice(client: Client, address: str, sent: dict[str, Any]) -> None:
    data = sent | {"once": word_of(client.get(address))}
    first, second = client.post(address, data), client.post(address, data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]


def test_a_part_is_delivered_and_comes_back_once(cast: Cast, order: Any, login_as: Login) -> None:
    client, tape = login_as(cast.aoyama), lines_of(order)[0]
    press_twice(client, reverse("orders:deliver", args=[order.uid]), {f"q-{tape.uid}": "3"})
    delivery = Delivery.plain.get()
    back = reverse("orders:take_back", args=[delivery.uid])
    press_twice(client, back, {f"q-{tape.uid}": "1", "reason": "破損"})
    assert Delivery.plain.count() == 2
    tape.refresh_from_db()
    assert tape.delivered == 2


def test_a_form_that_was_changed_after_it_was_sent_asks_first(
    cast: Cast, order: Any, login_as: Login
) -> None:
    client, tape = login_as(cast.aoyama), lines_of(order)[0]
    address = reverse("orders:deliver", args=[order.uid])
    word = word_of(client.get(address))
    client.post(address, {f"q-{tape.uid}": "3", "once": word})
    asked = client.post(address, {f"q-{tape.uid}": "4", "once": word})
    assert (asked.status_code, Delivery.plain.count()) == (422, 1)
    assert "すでに登録しています" in asked.content.decode()
    assert 'value="4"' in asked.content.decode()
    assert word_of(asked) != word
    client.post(address, {f"q-{tape.uid}": "4", "once": word_of(asked)})
    assert Delivery.plain.count() == 2


def test_a_part_is_bought_and_arrives_once(cast: Cast, order: Any, login_as: Login) -> None:
    client, tape = login_as(cast.aoyama), lines_of(order)[0]
    press_twice(
        client, reverse("orders:buy", args=[order.uid]), {f"q-{tape.uid}": "4", f"p-{tape.uid}": "690"}
    )
    purchase = Purchase.plain.get()
    line = purchase.lines.get()
    press_twice(client, reverse("orders:arrive", args=[purchase.uid]), {f"q-{line.uid}": "1"})
    assert Arrival.objects.count() == 1


def test_a_confirmation_is_issued_once(cast: Cast, order: Any, login_as: Login) -> None:
    client, address = login_as(cast.aoyama), reverse("orders:confirm", args=[order.uid])
    word = word_of(client.get(order.get_absolute_url()))
    for _press in range(2):
        assert client.post(address, {"once": word}).status_code == 302
    assert Sealed.objects.count() == 1
    client.post(address, {"once": word_of(client.get(order.get_absolute_url()))})
    assert Sealed.objects.count() == 2


def test_what_a_colleague_has_finished_meanwhile_is_said_and_nothing_else_is_done(
    cast: Cast, order: Any, login_as: Login
) -> None:
    """On the page that was opened before, both goods stood; one of them would have been left out without a word."""
    client, today = login_as(cast.aoyama), timezone.localdate()
    tape, miso = lines_of(order)
    address = reverse("orders:deliver", args=[order.uid])
    client.get(address)
    deliver(order, {str(tape.uid): "10"}, {}, by=cast.aoyama, today=today)
    answer = client.post(address, {f"q-{tape.uid}": "10", f"q-{miso.uid}": "2"})
    assert answer.status_code == 422
    assert "「布粘着テープ」は残り0です" in answer.content.decode()
    assert 'value="2"' in answer.content.decode()
    assert Delivery.plain.count() == 1


def test_nor_is_what_somebody_else_has_bought_or_taken_in(
    cast: Cast, supplier: Any, order: Any, login_as: Login
) -> None:
    client, today, tape = login_as(cast.aoyama), timezone.localdate(), lines_of(order)[0]
    rows = [{"line": tape, "quantity": "10", "price": "690"}]
    purchase = buy(supplier, rows, {}, by=cast.aoyama, today=today)
    answer = client.post(reverse("orders:buy", args=[order.uid]), {f"q-{tape.uid}": "10"})
    assert answer.status_code == 422
    line = purchase.lines.get()
    arrive(purchase, None, by=cast.aoyama, today=today)
    answer = client.post(reverse("orders:arrive", args=[purchase.uid]), {f"q-{line.uid}": "10"})
    assert answer.status_code == 422
    assert (Purchase.plain.count(), Arrival.objects.count()) == (1, 1)
