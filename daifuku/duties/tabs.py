"""The pages around duties, side by side; areas above add theirs from `apps.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.duties.whose import people_seen
from daifuku.foundation.reversing import url_of
from daifuku.staff.viewer import Viewer


def everybody(viewer: Viewer) -> bool:
    return True


def whoever_leads(viewer: Viewer) -> bool:
    """Whether this person decides about the entries of others."""
    seen = people_seen(viewer)
    return seen is None or len(seen) > 1


@dataclass(frozen=True)
class Tab:
    key: str
    label: Any
    url: str
    order: int = 50
    open_to: Callable[[Viewer], bool] = everybody


_tabs: dict[str, Tab] = {}


def add(*tabs: Tab) -> None:
    _tabs.update({tab.key: tab for tab in tabs})


add(
    Tab("mine", _("やり残し"), "duties:mine", 10),
    Tab("rate", _("入力率"), "duties:rate", 20),
    Tab("pleas", _("申し出"), "duties:pleas", 30, whoever_leads),
    Tab("whys", _("入力しにくい理由"), "duties:whys", 40, whoever_leads),
    Tab("days_off", _("休み"), "duties:days_off", 60),
)


def tabs_for(viewer: Viewer) -> list[tuple[str, Any, str]]:
    """(key, label, address) each, in order."""
    found = sorted(_tabs.values(), key=lambda tab: tab.order)
    return [(tab.key, tab.label, url_of(tab.url)) for tab in found if tab.open_to(viewer)]
