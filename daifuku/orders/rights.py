"""What of orders and purchases roles see and do before the administrator changes it."""

from __future__ import annotations

from daifuku.orders.objects.purchase import PURCHASE
from daifuku.staff.shipped import EVERYTHING, FIELD_RULES, GRANTS


def register() -> None:
    for role in ("reader", "marketer"):
        FIELD_RULES.setdefault(role, {}).setdefault("order_line", {})["cost"] = "hidden"
        # What is bought is bought at cost.
        FIELD_RULES[role]["purchase"] = dict.fromkeys(("net", "tax", "total"), "hidden")
    # Whoever buys writes down what he buys.
    GRANTS.setdefault("purchaser", {})[PURCHASE.key] = EVERYTHING | {"delete": "own"}
