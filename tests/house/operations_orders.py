"""Who comes in where: operations about products, prices, orders, purchases and deliveries."""

from __future__ import annotations

from typing import Any

from tests.support.world import NOWHERE

TABLE = """\
GET /api/v1/products/{uid}/price                product   uoooo
POST /api/v1/orders/enter                       -         uifii
PATCH /api/v1/orders/{uid}/lines                order     uffoo
POST /api/v1/orders/{uid}/confirm               order     uffoo
POST /api/v1/orders/{uid}/cancel                order     uffii
POST /api/v1/orders/{uid}/deliver               order     uffoo
POST /api/v1/deliveries/{uid}/take_back         delivery  uffoo
POST /api/v1/purchases/buy                      -         unnnn
POST /api/v1/purchases/{uid}/arrive             purchase  uffoo
POST /api/v1/purchases/{uid}/cancel             purchase  uffoo
GET /api/v1/orders/ledger                       -         uoooo
GET /api/v1/papers                              -         uoooo
GET /api/v1/papers/received                     -         uoooo
GET /api/v1/journal                             -         uoooo
GET /api/v1/accounting                          -         ufffo
PATCH /api/v1/accounting                        -         ufffo
PUT /api/v1/accounting/closed                   -         ufffo
GET /api/v1/milestones/ahead                    -         uoooo
POST /api/v1/orders/{uid}/milestones            order     uffoo
POST /api/v1/deals/{uid}/milestones             deal      uffoo
GET /api/v1/milestone_plans                     -         uoooo
PUT /api/v1/milestone_plans/{key}               milestone_plan ufffo
GET /api/v1/forecast                            -         uoooo
POST /api/v1/targets/enter                      -         ufffo
"""
BODIES: dict[str, Any] = {
    "POST /api/v1/orders/enter": {"values": {}, "lines": []},
    "PATCH /api/v1/orders/{uid}/lines": {"lines": [{"name": "特注", "quantity": "1"}]},
    "POST /api/v1/orders/{uid}/cancel": {"reason": "先方の都合"},
    "POST /api/v1/orders/{uid}/deliver": {},
    "POST /api/v1/deliveries/{uid}/take_back": {"reason": "破損"},
    "POST /api/v1/purchases/buy": {"supplier": str(NOWHERE), "lines": []},
    "POST /api/v1/purchases/{uid}/arrive": {},
    "POST /api/v1/purchases/{uid}/cancel": {"reason": "不要"},
    "PATCH /api/v1/accounting": {"sales": "売上高"},
    "PUT /api/v1/accounting/closed": {"closed_until": None},
    "POST /api/v1/targets/enter": {"targets": []},
    "POST /api/v1/orders/{uid}/milestones": {"plan": "long_order"},
    "POST /api/v1/deals/{uid}/milestones": {"plan": "long_deal"},
    "PUT /api/v1/milestone_plans/{key}": {
        "name": "受注の節目",
        "of": "order",
        "steps": [{"name": "検収", "anchor": "due_on"}],
    },
}
PRIVATE = frozenset({"product", "price", "order", "order_line", "purchase", "delivery", "milestone"})
