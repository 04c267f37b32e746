"""Who may ask what around payments, the bank's file and what is owed; the letters are those of operations."""

from __future__ import annotations

from typing import Any

TABLE = """\
POST /api/v1/payments/receive                   -         uifii
POST /api/v1/payments/{uid}/set_off             payment   uffoo
POST /api/v1/payments/{uid}/release             payment   uffii
POST /api/v1/payments/{uid}/cancel              payment   uffii
GET /api/v1/receivables                         -         uoooo
GET /api/v1/accounts/{uid}/statement            account   uoooo
GET /api/v1/accounts/{uid}/credit               account   uoooo
PUT /api/v1/accounts/{uid}/credit               account   uffoo
POST /api/v1/bank_files                         -         ufffi
GET /api/v1/bank_lines                          -         ufffo
POST /api/v1/bank_lines/book_sure               -         ufffo
POST /api/v1/bank_lines/{line}/book             bank_line ufffi
POST /api/v1/bank_lines/{line}/aside            bank_line ufffo
POST /api/v1/bank_lines/{line}/take_up          bank_line ufffi
"""
BODIES: dict[str, Any] = {
    "POST /api/v1/payments/receive": {"values": {}},
    "POST /api/v1/payments/{uid}/set_off": {},
    "POST /api/v1/payments/{uid}/release": {},
    "POST /api/v1/payments/{uid}/cancel": {"reason": ""},
    "PUT /api/v1/accounts/{uid}/credit": {"amount": 500000},
    "POST /api/v1/bank_files": {"content": ""},
    "POST /api/v1/bank_lines/{line}/book": {},
}
