"""Where duties are found in the program."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import menu


def register() -> None:
    menu.add(
        menu.Entry("main", _("やり残し"), "duties:mine", "inbox", 8, object="plan", count="duties:count"),
        menu.Entry(
            "settings.records", _("入力の期限と入力率"), "duties:settings", "clock", 18, power="settings",
            help=_("電話や訪問のあといつまでに入力するか、入力率の数え方、連絡していないお客様を知らせる間隔"),
        ),
    )  # fmt: skip
