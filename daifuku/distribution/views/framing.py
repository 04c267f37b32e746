"""The frame of the pages around distribution: tabs, and who sees which."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from daifuku.distribution.who import may_distribute
from daifuku.foundation.errors import NotFound
from daifuku.foundation.reversing import url_of
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer


def viewer_of_leads(request: HttpRequest) -> Viewer:
    """Whoever works with leads. Raises NotFound."""
    viewer = viewer_at(request)
    if not viewer.may("lead", "edit"):
        raise NotFound
    return viewer


def leader_at(request: HttpRequest) -> Viewer:
    """Whoever may say where leads go. Raises NotFound."""
    viewer = viewer_of_leads(request)
    if not may_distribute(viewer):
        raise NotFound
    return viewer


def framed(request: HttpRequest, tab: str, context: dict[str, Any]) -> dict[str, Any]:
    viewer = viewer_at(request)
    tabs = [
        ("queue", _("順番待ち"), url_of("distribution:queue")),
        ("why", _("自分の番"), url_of("distribution:why")),
    ]
    if may_distribute(viewer):
        tabs += [
            ("log", pgettext("tab", "記録"), url_of("distribution:log")),
            ("effect", _("効果"), url_of("distribution:effect")),
        ]
    return {"tabs": tabs, "tab": tab, "may_distribute": may_distribute(viewer), **context}
