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
PATCH /api/v1/cards/{uid}                       card      unnoo
POST /api/v1/cards/{uid}/give_back              card      unnoo
POST /api/v1/cards/{uid}/read_again             card      unnii
DELETE /api/v1/cards/{uid}                      card      unnoo
GET /api/v1/cards/checks                        -         unnno
POST /api/v1/cards/{uid}/check                  card      unnfi
POST /api/v1/cards/{uid}/judge                  card      unnii
GET /api/v1/cards/settings                      -         ufffo
PATCH /api/v1/cards/settings                    -         ufffo
DELETE /api/v1/cards/mailbox                    -         ufffo
POST /api/v1/cards/mailbox/try                  -         ufffi
POST /api/v1/cards/mailbox/look                 -         ufffi
GET /api/v1/cards/letters                       -         unnno
GET /api/v1/cards/letters/{uid}                 card_letter unnno
POST /api/v1/cards/letters/{uid}/take           card_letter unnni
"""
BODIES: dict[str, Any] = {
    "PUT /api/v1/cards/{uid}/draft": {"values": {"family_name": "味園"}},
    "POST /api/v1/cards/{uid}/finish": {"values": {}, "how": "new"},
    "POST /api/v1/cards/{uid}/set_aside": {"why": "読めない"},
    "PATCH /api/v1/cards/{uid}": {"occasion": "ものづくり展"},
    "POST /api/v1/cards/{uid}/check": {"values": {"family_name": "味園"}},
    "POST /api/v1/cards/{uid}/judge": {"wrong": []},
    "PATCH /api/v1/cards/settings": {"due_hours": 8},
    "POST /api/v1/cards/letters/{uid}/take": {},
}
