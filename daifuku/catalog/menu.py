"""Where products are found in the program."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from daifuku.catalog.objects.price import PRICE
from daifuku.catalog.objects.product import PRODUCT
from daifuku.foundation import menu


def register() -> None:
    shown: dict[str, Any] = {
        "icon": PRODUCT.icon,
        "order": 38,
        "object": "product",
        "arguments": (PRODUCT.slug,),
    }
    names, name = lazy(lambda: PRODUCT.names, str)(), lazy(lambda: PRODUCT.name, str)()
    menu.add(menu.Entry(place="main", label=names, url="records:list", **shown))
    price_list = menu.Entry("main", _("価格表"), "catalog:prices", "tag", 10, object="price")
    for object_type in (PRODUCT, PRICE):
        object_type.tools.append(price_list)
    menu.add(menu.Entry(place="new", label=name, url="records:new", action="create", **shown))
