"""Who asks what of hand-overs by the API; tests/house/operations.py explains the letters."""

from __future__ import annotations

from typing import Any

TABLE = """\
GET /api/v1/handovers                           -         uoooo
POST /api/v1/handovers                          -         uiiii
GET /api/v1/handovers/kinds                     -         uoooo
POST /api/v1/handovers/preview                  -         uiiii
GET /api/v1/handovers/{uid}                     handover  unnoo
POST /api/v1/handovers/{uid}/cancel             handover  unnoo
POST /api/v1/handovers/{uid}/go_on              handover  unnii
POST /api/v1/handovers/{uid}/take_back          handover  unnii
POST /api/v1/handovers/{uid}/give_back          handover  unnii
GET /api/v1/handovers/{uid}/customers           handover  unnoo
GET /api/v1/handed_customers                    -         uoooo
GET /api/v1/handed_customers/{uid}              handed    unnoo
PUT /api/v1/handed_customers/{uid}/note         handed    unnoo
POST /api/v1/handed_customers/{uid}/receive     handed    unnff
GET /api/v1/handed_customers/{uid}/sheet        handed    unnoo
GET /api/v1/knowledge_risk                      -         uoooo
GET /api/v1/handovers/{uid}/notice              handover  unnoo
PUT /api/v1/handovers/{uid}/notice              handover  unnoo
POST /api/v1/handovers/{uid}/papers             handover  unnoo
GET /api/v1/handover_papers/{uid}               handover_paper unnno
GET /api/v1/handover_papers/{uid}/file          handover_paper unnnn
"""
NOBODY: dict[str, Any] = {"giver": "x", "successors": [{"person": "x"}]}
BODIES: dict[str, Any] = {
    "POST /api/v1/handovers": NOBODY,
    "POST /api/v1/handovers/preview": NOBODY,
    "PUT /api/v1/handovers/{uid}/notice": {"text": "【お客様】へ"},
    "PUT /api/v1/handed_customers/{uid}/note": {"note": "月末は電話に出られない"},
}
