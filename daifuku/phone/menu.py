"""Where the phone's entry and its wordings are found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import menu


def register() -> None:
    menu.add(
        menu.Entry("phone", _("記録する"), "phone:home", "device", 10, object="talk", action="create"),
        menu.Entry(
            "settings.records", _("文例"), "phone:wordings", "comment", 16, power="settings",
            help=_("スマートフォンで取引を記録するときに選ぶ文章"),
        ),
    )  # fmt: skip
