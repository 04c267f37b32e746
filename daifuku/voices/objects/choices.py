"""The choices that come with the program; the administrator renames, colours, adds and retires them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.records.catalogue.types import Option

TOPICS = (
    Option("wish", _("商品の要望"), "blue"),
    Option("trouble", _("困りごと"), "orange"),
    Option("quality", _("品質"), "red"),
    Option("price", _("価格"), "yellow"),
    Option("delivery", _("納期"), "teal"),
    Option("rival", _("競合"), "purple"),
    Option("market", _("市場"), "green"),
    Option("other", _("その他"), "grey"),
)
SEVERITIES = (
    Option("high", _("高"), "red"),
    Option("middle", _("中"), "yellow"),
    Option("low", _("低"), "grey"),
)
STATES = (
    Option("new", _("未対応"), "blue"),
    Option("doing", _("対応中"), "orange"),
    Option("answered", pgettext_lazy("voice", "回答済み"), "green"),
    Option("dropped", pgettext_lazy("voice", "見送り"), "grey"),
)
