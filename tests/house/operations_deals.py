"""Who may ask what around deals; the letters are those of operations."""

from __future__ import annotations

from typing import Any

TABLE = """\
GET /api/v1/processes                           -         uoooo
GET /api/v1/deals/{uid}/way                     deal      uoooo
POST /api/v1/deals/{uid}/move                   deal      uffoo
POST /api/v1/deals/{uid}/people                 deal      unnnn
POST /api/v1/deals/{uid}/people/remove          deal      unnnn
POST /api/v1/deals/{uid}/rivals                 deal      uffoo
POST /api/v1/deals/{uid}/rivals/remove          deal      uffoo
"""
BODIES: dict[str, Any] = {
    "POST /api/v1/deals/{uid}/move": {"stage": "appointment"},
    "POST /api/v1/deals/{uid}/people": {"contact": "x"},
    "POST /api/v1/deals/{uid}/people/remove": {"contact": "x"},
    "POST /api/v1/deals/{uid}/rivals": {"name": "覚王山商会"},
    "POST /api/v1/deals/{uid}/rivals/remove": {"name": "有松資材"},
}
