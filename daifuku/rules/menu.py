"""Where the rules are found: the book for everybody, the settings for whoever keeps them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import menu


def register() -> None:
    menu.add(
        menu.Entry("main", _("運用ルール"), "rules:book", "book-open", 90),
        menu.Entry(
            "settings.records", _("運用ルール"), "rules:rules", "book-open", 16, power="settings",
            help=_("いつ、何を、いつまでに入力するか。全員が読むルールブックの文章と公開"),
        ),
    )  # fmt: skip
