"""Where requests for fields and the report of their use are found: in the settings, the first by everybody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import menu


def register() -> None:
    menu.add(
        menu.Entry(
            "settings.records", _("項目の申請"), "records:field_requests", "inbox", 12,
            help=_("ほしい項目を申請し、ほかの人の申請に賛成できます"),
        ),
        menu.Entry(
            "settings.records", _("項目の利用状況"), "records:field_usage", "chart", 14, power="settings",
            help=_("入力されている割合、最後の入力、見直し日"),
        ),
    )  # fmt: skip
