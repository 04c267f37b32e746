"""Who asks what of cards by the API; tests/house/operations.py explains the letters."""

from __future__ import annotations

from typing import Any

TABLE = """\
GET /api/v1/cards                               -         uoooo
POST /api/v1/cards                              -         uiiii
GET /api/v1/cards/figures                       -         unnno
GET /api/v1/cards/{uid}                         card      unnoo
GET /api/v1/cards/{uid}/picture                 card      unnoo
GET /api/v1/cards/{uid}/candidates              card      unnoo
POST /api/v1/cards/{uid}/take                   card      unnoo
PUT /api/v1/cards/{uid}/draft                   card      unnoo
POST /api/v1/cards/{uid}/finish                 card      unnii
POST /api/v1/cards/{uid}/set_aside              card      unnoo
POST /api/v1/cards/{uid}/bring_back             card      unnii
"""
BODIES: dict[str, Any] = {
    "PUT /api/v1/cards/{uid}/draft": {"values": {"family_name": "味園"}},
    "POST /api/v1/cards/{uid}/finish": {"values": {}, "how": "new"},
    "POST /api/v1/cards/{uid}/set_aside": {"why": "読めない"},
}
