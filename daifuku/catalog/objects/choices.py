"""The choices that come with the program; the administrator renames them and adds groups of his own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.records.catalogue.types import Option

# The keys are those of the tax arithmetic: others than these no document could reckon with.
TAX_CLASSES = (
    Option("standard", _("標準税率（10%）"), "blue"),
    Option("reduced", _("軽減税率（8%）"), "green"),
    Option("export", _("免税（輸出）"), "grey"),
    Option("exempt", pgettext_lazy("tax", "非課税"), "grey"),
    Option("outside", _("不課税（対象外）"), "grey"),
)
GROUPS = (
    Option("goods", pgettext_lazy("product group", "商品"), "blue"),
    Option("parts", _("部品"), "teal"),
    Option("supplies", _("消耗品"), "green"),
    Option("work", _("作業・サービス"), "orange"),
    Option("charges", _("送料・手数料"), "grey"),
)
