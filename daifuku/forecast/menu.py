"""Where the figures are found in the program."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.forecast.objects.target import TARGET
from daifuku.foundation import menu


def register() -> None:
    menu.add(
        menu.Entry("main", _("予実"), "forecast:page", "chart", 37, object="target"),
        menu.Entry(
            "settings.records", _("予実"), "forecast:settings", "chart", 62, power="settings",
            help=_("何を実績とするか（受注・納品・商談の受注）"),
        ),
    )  # fmt: skip
    TARGET.tools += [
        menu.Entry("main", _("予実"), "forecast:page", "chart", 37, object="target"),
        menu.Entry("main", _("目標の入力"), "forecast:targets", "edit", 37, object="target", action="edit"),
    ]
