"""The views of invoices and payments that come with the program: what waits for money, and what waits to be set off."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.records.saved_views import Shipped

WAITING: dict[str, Any] = {"field": "settled", "op": "any_of", "value": ["waiting", "partly"]}
LATE: dict[str, Any] = {"field": "due_on", "op": "before", "value": "today"}
MINE: dict[str, Any] = {"field": "owner", "op": "any_of", "value": ["me"]}
OF_INVOICES = (
    Shipped("waiting", _("入金待ち"), sort="due_on", condition={"all": [WAITING]}),
    Shipped("late", _("期日超過"), sort="due_on", condition={"all": [WAITING, LATE]}),
    Shipped("of_mine", _("自分の担当で入金待ち"), sort="due_on", condition={"all": [WAITING, MINE]}),
)
OF_PAYMENTS = (
    Shipped(
        "advance",
        _("未消込（前受）"),
        sort="paid_on",
        condition={"all": [{"field": "left", "op": "gt", "value": 0}]},
    ),
)
