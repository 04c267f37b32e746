"""Where customers are found in the program."""

from __future__ import annotations

from daifuku.foundation import menu
from daifuku.records.catalogue import registry


def register() -> None:
    for order, key in ((10, "account"), (20, "contact"), (30, "lead")):
        kind = registry.get(key)
        shown = {
            "label": kind.label,
            "icon": kind.icon,
            "order": order,
            "object": key,
            "arguments": (kind.slug,),
        }
        menu.add(menu.Entry(place="main", url="records:list", **shown))
        menu.add(menu.Entry(place="new", url="records:new", action="create", **shown))
