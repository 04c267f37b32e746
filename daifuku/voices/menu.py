"""Where voices are found in the program."""

from __future__ import annotations

from django.utils.functional import lazy

from daifuku.foundation import menu
from daifuku.voices.objects.voice import VOICE


def register() -> None:
    entry = {"icon": VOICE.icon, "order": 70, "object": "voice", "arguments": (VOICE.slug,)}
    menu.add(menu.Entry(place="main", label=lazy(lambda: VOICE.names, str)(), url="records:list", **entry))  # type: ignore[arg-type]
    menu.add(
        menu.Entry(  # type: ignore[arg-type]
            place="new", label=lazy(lambda: VOICE.name, str)(), url="records:new", action="create", **entry
        )
    )
