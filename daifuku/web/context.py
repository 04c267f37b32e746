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
    main, new = menu.entries("main", viewer), menu.entries("new", viewer)
    phone = menu.entries("phone", viewer)
    return {
        "viewer": viewer,
        "menu_main": main,
        "menu_new": new,
        "menu_phone": phone,
        "menu_words": tuple(
            [(entry.place, entry.address, str(entry.label)) for entry in (*main, *new, *phone)]
        ),
        "here": _here(request.path),
        "menu_here": tuple([address for entry in main if request.path.startswith(address := entry.address)]),
        "waiting": waiting_for(viewer),
    }


def _here(path: str) -> tuple[bool, ...]:
    """Which entries of the frame's own are marked as the place where one is: besides `menu_here` all that the pieces of
    the menu ask of the address."""
    return path == "/", "/settings/" in path, path == "/help/", path == "/menu/"
