"""Where customers are found in the program."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy

from daifuku.foundation import menu
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import ObjectType


def register() -> None:
    for order, key in ((10, "account"), (20, "contact"), (25, "lead")):
        kind = registry.get(key)
        shown: dict[str, Any] = {"icon": kind.icon, "order": order, "object": key, "arguments": (kind.slug,)}
        bar = key == "account"
        menu.add(menu.Entry(place="main", label=_called(kind, "names"), url="records:list", bar=bar, **shown))
        menu.add(
            menu.Entry(place="new", label=_called(kind, "name"), url="records:new", action="create", **shown)
        )


def _called(kind: ObjectType, way: str) -> Any:
    """As the firm calls them when the menu is drawn."""
    return lazy(lambda: getattr(kind, way), str)()
