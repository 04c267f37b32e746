"""Where minutes and their templates are found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import menu


def register() -> None:
    menu.add(
        menu.Entry("main", _("議事録"), "minutes:list", "list", 45, object="talk"),
        menu.Entry(
            "settings.records", _("議事録のひな形"), "minutes:templates", "list", 17, power="settings",
            help=_("会議の種類ごとの見出しと、書かれ方の集計、改善の提案"),
        ),
    )  # fmt: skip
