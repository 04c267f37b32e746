"""Where cards are found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import menu


def register() -> None:
    menu.add(
        menu.Entry("main", _("名刺"), "cards:inbox", "card", 12, object="lead", count="cards:count"),
        menu.Entry("phone", _("名刺を撮る"), "cards:new", "camera", 20, object="lead", action="create"),
        menu.Entry(
            "settings.records", _("名刺"), "cards:settings", "card", 22, power="settings",
            help=_("名刺を入力する人、期限、名刺を受け取るメールアドレス"),
        ),
    )  # fmt: skip
