"""Where daily reports are found in the program."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.foundation import menu


def register() -> None:
    menu.add(
        menu.Entry(
            "main", pgettext_lazy("many", "日報"), "daily:mine", "file", 7, object="daily_report", count="daily:unread"
        ),
        menu.Entry(
            "settings.records", pgettext_lazy("many", "日報"), "daily:settings", "file", 46, power="settings",
            help=_("日報を書く人と期限、朝の一枚を受け取る人と時刻"),
        ),
    )  # fmt: skip
