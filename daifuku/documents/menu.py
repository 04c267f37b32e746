"""Where what stands on papers is found in the program."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import menu


def register() -> None:
    menu.add(
        menu.Entry(
            "settings.system", _("書類"), "documents:issuer", "file", 12, power="settings",
            help=_("振込先、印影、定型文、番号、消費税の端数"),
        )
    )  # fmt: skip
