"""How far an order or a purchase is; computed from what happened. The administrator renames and colours them."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from daifuku.documents.models.line import KINDS
from daifuku.records.catalogue.types import Option

STATES = (
    Option("open", pgettext_lazy("order", "受注済み"), "blue"),
    Option("partly", pgettext_lazy("order", "一部納品"), "orange"),
    Option("delivered", pgettext_lazy("order", "納品済み"), "teal"),
    Option("invoiced", pgettext_lazy("order", "請求済み"), "purple"),
    Option("paid", pgettext_lazy("order", "入金済み"), "green"),
    Option("cancelled", pgettext_lazy("order", "取り消し"), "grey"),
)
PURCHASE_STATES = (
    Option("open", pgettext_lazy("purchase", "発注済み"), "blue"),
    Option("partly", pgettext_lazy("purchase", "一部入荷"), "orange"),
    Option("arrived", pgettext_lazy("purchase", "入荷済み"), "green"),
    Option("cancelled", pgettext_lazy("purchase", "取り消し"), "grey"),
)
LINE_KINDS = tuple(Option(key, label) for key, label in KINDS)
