"""Who may ask what around the ledger of what was not entered; the letters are those of operations."""

from __future__ import annotations

from typing import Any

TABLE = """\
GET /api/v1/penalties                           -         uoooo
GET /api/v1/penalties/{uid}                     penalty   unnoo
POST /api/v1/penalties/{uid}/object             penalty   unnof
POST /api/v1/penalties/{uid}/decide             penalty   unnfi
POST /api/v1/penalties/{uid}/waive              penalty   unnfo
POST /api/v1/penalty_payments                   -         ufffi
DELETE /api/v1/penalty_payments/{uid}           penalty_payment ufffo
POST /api/v1/penalty_consent                    -         uiioi
DELETE /api/v1/penalty_consent                  -         unnnn
GET /api/v1/penalty_terms                       -         uoooo
PATCH /api/v1/penalty_terms                     -         ufffo
"""
BODIES: dict[str, Any] = {
    "POST /api/v1/penalties/{uid}/object": {"reason": "出張でした"},
    "POST /api/v1/penalties/{uid}/decide": {"accept": True, "reason": "確認"},
    "POST /api/v1/penalties/{uid}/waive": {"reason": "初回"},
    "POST /api/v1/penalty_payments": {
        "person": "x",
        "month": "2020-01",
        "amount": 1,
        "paid_on": "2020-01-31",
    },
    "POST /api/v1/penalty_consent": {"name": "青山 凛"},
    "PATCH /api/v1/penalty_terms": {"amount": 400},
}
