"""Where talks, plans and tasks are found in the program: lists that are never confused."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from daifuku.activities.objects.plan import PLAN
from daifuku.activities.objects.talk import TALK
from daifuku.activities.objects.task import TASK
from daifuku.foundation import menu
from daifuku.records.catalogue.object_type import ObjectType


def register() -> None:
    menu.add(menu.Entry("main", _("今日"), "activities:today", "sun", 5, object="plan", bar=True))
    menu.add(menu.Entry("main", _("予定表"), "activities:schedule", "table-2", 6, object="plan"))
    menu.add(
        menu.Entry(
            "account", _("カレンダー連携"), "activities:feed", "calendar", 65, object="plan",
            help=_("スマートフォンなどのカレンダーに自分の予定を表示する"),
        )
    )  # fmt: skip
    for order, kind in ((40, PLAN), (50, TALK), (60, TASK)):
        shown: dict[str, Any] = {
            "icon": kind.icon, "order": order, "object": kind.key, "arguments": (kind.slug,),
        }  # fmt: skip
        menu.add(menu.Entry(place="main", label=_called(kind, "names"), url="records:list", **shown))
        menu.add(
            menu.Entry(place="new", label=_called(kind, "name"), url="records:new", action="create", **shown)
        )


def _called(kind: ObjectType, way: str) -> Any:
    """As the firm calls them when the menu is drawn."""
    return lazy(lambda: getattr(kind, way), str)()
