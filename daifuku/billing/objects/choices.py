"""Kinds and states of invoices; they follow from what happened, the administrator renames and colours them."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from daifuku.billing.models.invoice import CLOSING, CORRECTION, DRAFT, ISSUED, SINGLE
from daifuku.records.catalogue.types import Option

KINDS = (
    Option(SINGLE, pgettext_lazy("invoice", "請求書"), "blue"),
    Option(CLOSING, pgettext_lazy("invoice", "合計請求書（締め）"), "teal"),
    Option(CORRECTION, pgettext_lazy("invoice", "訂正（赤伝）"), "red"),
)
STATES = (
    Option(DRAFT, pgettext_lazy("invoice", "作成中"), "grey"),
    Option(ISSUED, pgettext_lazy("invoice", "発行済み"), "blue"),
)
# Of issued invoices; what takes another one back waits for nothing.
SETTLED = (
    Option("waiting", pgettext_lazy("invoice", "入金待ち"), "orange"),
    Option("partly", pgettext_lazy("invoice", "一部入金"), "blue"),
    Option("paid", pgettext_lazy("invoice", "入金済み"), "green"),
)
