"""Where orders are found in the program: one entry, from whose list the others are reached."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from daifuku.foundation import menu
from daifuku.orders.objects.delivery import DELIVERY
from daifuku.orders.objects.order import ORDER
from daifuku.orders.objects.order_line import ORDER_LINE
from daifuku.orders.objects.purchase import PURCHASE


def register() -> None:
    shown: dict[str, Any] = {"icon": ORDER.icon, "order": 34, "object": "order"}
    names, name = lazy(lambda: ORDER.names, str)(), lazy(lambda: ORDER.name, str)()
    menu.add(menu.Entry(place="main", label=names, url="records:list", arguments=(ORDER.slug,), **shown))
    menu.add(menu.Entry(place="new", label=name, url="orders:enter", action="create", **shown))
    others = (ORDER_LINE, PURCHASE, DELIVERY)
    entries = [_list(ORDER), *(_list(each) for each in others)]
    entries.insert(
        0, menu.Entry("main", _("受注台帳"), "orders:ledger", "book-open", 32, object="order_line")
    )
    for object_type in (ORDER, *others):
        object_type.tools += [entry for entry in entries if entry.arguments != (object_type.slug,)]


def _list(object_type: Any) -> menu.Entry:
    names = lazy(lambda: object_type.names, str)()
    return menu.Entry(
        "main",
        names,
        "records:list",
        object_type.icon,
        32,
        object=object_type.key,
        arguments=(object_type.slug,),
    )
