"""The states of a quote. They follow from what happened; the administrator renames and colours them."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from daifuku.records.catalogue.types import Option

STATES = (
    Option("draft", pgettext_lazy("quote", "作成中"), "grey"),
    Option("asked", pgettext_lazy("quote", "承認待ち"), "yellow"),
    Option("returned", pgettext_lazy("quote", "差戻し"), "orange"),
    Option("approved", pgettext_lazy("quote", "承認済み"), "teal"),
    Option("issued", pgettext_lazy("quote", "提出済み"), "blue"),
    Option("accepted", pgettext_lazy("quote", "受注"), "green"),
    Option("declined", pgettext_lazy("quote", "辞退"), "red"),
    Option("replaced", pgettext_lazy("quote", "旧版"), "grey"),
    Option("void", pgettext_lazy("quote", "取り消し"), "grey"),
)
