"""What the frame around every page needs: the menu, who is signed in, what waits for him."""

from __future__ import annotations

from collections.abc import Iterable
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
        "here": _here(request.path, main),
        "waiting": waiting_for(viewer),
    }


def _here(path: str, entries: Iterable[menu.Entry]) -> tuple[Any, ...]:
    """Which entries of the menu are marked as the place where one is: all that its pieces ask of the address."""
    own = (path == "/", "/settings/" in path, path == "/help/", path == "/menu/")
    return (*own, *[address for entry in entries if (address := entry.address) in path])
