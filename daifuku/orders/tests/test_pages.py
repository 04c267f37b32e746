"""Orders by the pages: entered with their lines, turned into deliveries and purchases, read in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from daifuku.orders.actions import buy, deliver
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.models import Delivery, Order, Purchase
from daifuku.records import actions

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def sent(firm: Any, tape: Any, **more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "account": "青葉商事", "account.uid": str(firm.uid),
        "account.label": "青葉商事", "ordered_on": today.isoformat(),
        "due_on": (today + timedelta(days=5)).isoformat(), "rows": "3", "l0-product": tape.name,
        "l0-product.uid": str(tape.uid), "l0-product.label": tape.name, "l0-quantity": "10", **more,
    }  # fmt: skip


def test_an_order_is_entered_with_its_lines_and_once(
    cast: Cast, firm: Any, tape: Any, login_as: Login
) -> None:
    client, address = login_as(cast.aoyama), reverse("orders:enter")
    page = text(client.get(address, {"account": str(firm.uid)}))
    assert "青葉商事" in page
    word = page.split('name="once" value="')[1][:32]
    data = sent(firm, tape, once=word)
    answer = client.post(address, data)
    order = Order.plain.get()
    assert answer["Location"] == order.get_absolute_url()
    assert (order.net, order.owner) == (10000, cast.aoyama)
    client.post(address, data)
    assert Order.plain.count() == 1
    shown = text(client.get(order.get_absolute_url()))
    assert "布粘着テープ" in shown
    assert "納品する" in shown
    assert "お客様の注文書が付いていません" in shown


def test_what_is_refused_keeps_everything_typed(cast: Cast, firm: Any, tape: Any, login_as: Login) -> None:
    client, address = login_as(cast.aoyama), reverse("orders:enter")
    answer = client.post(
        address, sent(firm, tape, **{"l0-quantity": "-3", "title": "大事な件名", "l1-name": "特注"})
    )
    assert answer.status_code == 422
    page = text(answer)
    assert "数量は0以上で入力してください。" in page
    assert "大事な件名" in page
    assert 'value="-3"' in page
    more = client.post(address, sent(firm, tape, do="more", title="続き"))
    assert (more.status_code, text(more).count('class="order-line"')) == (200, 8)
    nothing = client.post(address, sent(firm, tape, **{"l0-product": "", "l0-quantity": ""}))
    assert "受注した商品を1つ以上入力してください。" in text(nothing)
    assert not Order.plain.exists()


def test_the_new_button_leads_to_the_page_with_lines(cast: Cast, firm: Any, login_as: Login) -> None:
    answer = login_as(cast.aoyama).get("/orders/new/", {"account": str(firm.uid)})
    assert answer["Location"] == f"{reverse('orders:enter')}?account={firm.uid}"


def test_lines_are_edited_on_one_page(cast: Cast, order: Any, login_as: Login) -> None:
    client, address = login_as(cast.aoyama), reverse("orders:lines", args=[order.uid])
    first, second = lines_of(order)
    assert "赤みそ" in text(client.get(address))
    data = {
        "rows": "3", "l0-uid": str(first.uid), "l0-quantity": "20", "l1-uid": str(second.uid), "l1-remove": "1",
        "l2-name": "特注の箱", "l2-quantity": "2", "l2-unit_price": "150",
    }  # fmt: skip
    assert client.post(address, data).status_code == 302
    assert Order.plain.get().net == 20300
    wrong = client.post(address, data | {"l0-quantity": "x"})
    assert wrong.status_code == 422
    assert "数字で入力してください。" in text(wrong)


def test_a_part_is_delivered_and_more_than_is_left_refused(cast: Cast, order: Any, login_as: Login) -> None:
    client, address = login_as(cast.aoyama), reverse("orders:deliver", args=[order.uid])
    tape, miso = lines_of(order)
    assert "残り10" in text(client.get(address))
    data = {f"q-{tape.uid}": "11", f"q-{miso.uid}": "0", "delivered_on": "2026-11-25"}
    wrong = client.post(address, data)
    assert wrong.status_code == 422
    assert "残り10です" in text(wrong)
    assert 'value="11"' in text(wrong)
    done = client.post(
        address, data | {f"q-{tape.uid}": "4", "delivered_on": timezone.localdate().isoformat()}
    )
    delivery = Delivery.plain.get()
    assert done["Location"] == delivery.get_absolute_url()
    page = text(client.get(delivery.get_absolute_url()))
    assert "返品・訂正" in page
    assert "納品書" in page
    copy = page.split("/papers/deliveries/")[1].split('"')[0]
    pdf = client.get(f"/papers/deliveries/{copy}")
    assert pdf.content.startswith(b"%PDF-")
    back = client.post(
        reverse("orders:take_back", args=[delivery.uid]), {f"q-{tape.uid}": "1", "reason": "破損"}
    )
    assert back.status_code == 302
    assert Delivery.plain.count() == 2


def test_what_an_order_needs_is_bought_by_supplier_and_arrives(
    cast: Cast, supplier: Any, order: Any, login_as: Login
) -> None:
    client, address = login_as(cast.aoyama), reverse("orders:buy", args=[order.uid])
    tape = lines_of(order)[0]
    page = text(client.get(address))
    assert "仕入先のわからない商品" in page
    assert client.post(address, {f"q-{tape.uid}": "10", f"p-{tape.uid}": "690"}).status_code == 302
    purchase = Purchase.plain.get()
    assert (purchase.account, purchase.net) == (supplier, 6900)
    line = purchase.lines.get()
    arrived = client.post(reverse("orders:arrive", args=[purchase.uid]), {f"q-{line.uid}": "4"})
    assert arrived.status_code == 302
    assert "入荷を登録" in text(client.get(purchase.get_absolute_url()))
    other = buy(
        supplier, [{"product": tape.product, "quantity": 1}], {}, by=cast.aoyama, today=timezone.localdate()
    )
    cancel = reverse("orders:cancel_purchase", args=[other.uid])
    assert client.post(cancel, {"reason": ""}).status_code == 422
    assert client.post(cancel, {"reason": "不要"}).status_code == 302


def test_a_confirmation_is_previewed_issued_and_opened(cast: Cast, order: Any, login_as: Login) -> None:
    client = login_as(cast.aoyama)
    assert client.get(reverse("orders:preview", args=[order.uid])).content.startswith(b"%PDF-")
    client.post(reverse("orders:confirm", args=[order.uid]))
    page = text(client.get(order.get_absolute_url()))
    assert "注文請書 C" in page
    cancel = reverse("orders:cancel", args=[order.uid])
    assert client.post(cancel, {"reason": ""}).status_code == 422
    assert client.post(cancel, {"reason": "先方の都合"}).status_code == 302
    assert client.post(reverse("orders:confirm", args=[order.uid])).status_code == 409


def test_the_ledger_tells_what_how_much_how_often_and_when_next(
    cast: Cast, firm: Any, tape: Any, miso: Any, order: Any, login_as: Login
) -> None:
    from daifuku.orders.actions import enter

    for day in ("2026-08-22", "2026-09-21", "2026-10-21"):
        values = {"account": firm, "ordered_on": day, "due_on": "2026-12-31"}
        enter(values, [{"product": tape, "quantity": "10"}], by=cast.aoyama)
    client, address = login_as(cast.aoyama), reverse("orders:ledger")
    page = text(client.get(address, {"account": str(firm.uid)}))
    assert "40,000円" in page
    assert "30日" in page
    assert "2026年8月" in page
    both = text(client.get(address, {"account": str(firm.uid), "product": str(tape.uid)}))
    assert "いつもは30日ごと" in both
    of_tape = text(client.get(address, {"product": str(tape.uid)}))
    assert "赤みそ" in of_tape
    assert "25%" in of_tape
    assert client.get(address, {"begin": "2026-12-01", "end": "2026-11-01"}).status_code == 422
    lines = page.split('href="/order-lines/?where=')[1].split('"')[0].replace("&amp;", "&")
    assert "布粘着テープ" in text(client.get(f"/order-lines/?where={lines}"))
    assert "受注台帳" in text(client.get(firm.get_absolute_url()))
    assert "青葉商事" in text(client.get(tape.get_absolute_url()))


def test_the_ledger_of_a_private_customer_is_his_keepers_alone(
    cast: Cast, firm: Any, tape: Any, order: Any, login_as: Login
) -> None:
    deliver(order, None, {}, by=cast.aoyama, today=timezone.localdate())
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    client = login_as(cast.senda)
    page = text(client.get(reverse("orders:ledger")))
    assert "青葉商事" not in page
    assert "10,000円" not in page
    assert client.get(reverse("orders:ledger"), {"account": str(firm.uid)}).status_code == 422
    for name in ("lines", "deliver", "buy", "cancel", "preview"):
        assert client.get(reverse(f"orders:{name}", args=[order.uid])).status_code == 404
