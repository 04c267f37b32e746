"""Who comes in where: operations about products, prices, orders, purchases and deliveries."""

from __future__ import annotations

from typing import Any

TABLE = """\
GET /api/v1/products/{uid}/price                product   uoooo
"""
BODIES: dict[str, Any] = {}
PRIVATE = frozenset({"product", "price"})
