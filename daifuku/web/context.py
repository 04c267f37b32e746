"""What the frame around every page needs: the menu, who is signed in, what waits for him."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from daifuku.foundation import menu
from daifuku.web.waiting import waiting_for


def shell(request: HttpRequest) -> dict[str, Any]:
    viewer = getattr(request, "viewer", None)
    if viewer is None or request.headers.get("HX-Request"):
        return {"viewer": viewer}
    return {
        "viewer": viewer,
        "menu_main": menu.entries("main", viewer),
        "menu_new": menu.entries("new", viewer),
        "waiting": waiting_for(viewer),
    }
