"""Where voices are found in the program."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from daifuku.foundation import menu
from daifuku.voices.objects.voice import VOICE


def register() -> None:
    shown: dict[str, Any] = {"icon": VOICE.icon, "order": 70, "object": "voice", "arguments": (VOICE.slug,)}
    names, name = lazy(lambda: VOICE.names, str)(), lazy(lambda: VOICE.name, str)()
    menu.add(menu.Entry("main", names, "voices:summary", VOICE.icon, 70, object="voice"))
    menu.add(
        menu.Entry(
            "settings.records", names, "voices:settings", VOICE.icon, 60, power="settings",
            help=_("だれに見せるか、回答がないときの知らせ"),
        )
    )  # fmt: skip
    menu.add(menu.Entry(place="new", label=name, url="records:new", action="create", **shown))
