"""Views of a list: those that come with the program, and those that people kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import NotFound
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.conditions import Condition, parse_leniently
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Shipped:
    """A view that is computed, not kept; its key is a word where a kept view has a uid."""

    key: str
    label: Any
    sort: str = ""
    condition: dict[str, Any] = field(default_factory=lambda: {"all": []})
    mine: bool = False

    @property
    def name(self) -> str:
        return str(self.label)


SHIPPED = (
    Shipped("all", _("すべて")),
    Shipped(
        "mine", _("自分の担当"), condition={"all": [{"field": "owner", "op": "any_of", "value": ["me"]}]}
    ),
    Shipped("recent", _("最近更新"), sort="-updated_at"),
)


@dataclass(frozen=True)
class ShownColumn:
    field: Field
    width: int | None = None


@dataclass(frozen=True)
class Resolved:
    """A view as this person may see it now."""

    columns: list[ShownColumn]
    condition: Condition
    sort: str


@dataclass(frozen=True)
class Offered:
    """`shown` stand as tabs above the list, `others` behind a menu."""

    shown: list[Any]
    others: list[Any]


def for_person(viewer: Viewer, object_key: str) -> Offered:
    return Offered(list(SHIPPED), [])


def find(viewer: Viewer, object_key: str, key: str) -> Any:
    """The view with this key, without one the person's default. Raises NotFound."""
    for view in SHIPPED:
        if view.key == (key or "all"):
            return view
    raise NotFound


def resolve(view: Any, viewer: Viewer, object_key: str) -> Resolved:
    from daifuku.records.catalogue import registry

    fields = vocabulary.fields_for(viewer, object_key)
    columns = [ShownColumn(each) for each in fields.values() if each.listed]
    condition = parse_leniently(view.condition, object_key, viewer)
    return Resolved(columns, condition, view.sort or registry.get(object_key).order)
