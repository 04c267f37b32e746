"""Who may ask what around papers and quotes; the letters are those of operations."""

from __future__ import annotations

from typing import Any

TABLE = """\
GET /api/v1/issuer                              -         ufffo
PATCH /api/v1/issuer                            -         ufffo
POST /api/v1/quotes/{uid}/issue                 quote     uffoo
POST /api/v1/quotes/{uid}/ask                   quote     uffii
POST /api/v1/quotes/{uid}/withdraw              quote     uffii
POST /api/v1/quotes/{uid}/approve               quote     uiiii
POST /api/v1/quotes/{uid}/return                quote     uiiii
POST /api/v1/quotes/{uid}/answer                quote     uffii
POST /api/v1/quotes/{uid}/versions              quote     uffii
POST /api/v1/quotes/{uid}/void                  quote     uffii
POST /api/v1/quotes/{uid}/mails                 quote     uffii
POST /api/v1/quotes/{uid}/links                 quote     uffii
DELETE /api/v1/quotes/{uid}/links/{link}        quote_link uffoo
GET /api/v1/quotes/{uid}/copies                 quote     uoooo
POST /api/v1/invoices/bill                      -         uifii
POST /api/v1/orders/{uid}/bill                  order     uofoo
POST /api/v1/invoices/{uid}/issue               invoice   uffoo
POST /api/v1/invoices/{uid}/correct             invoice   uffii
POST /api/v1/invoices/{uid}/mails               invoice   uffii
DELETE /api/v1/invoices/{uid}/links/{link}      invoice_link uffoo
GET /api/v1/invoices/{uid}/copies               invoice   uoooo
GET /api/v1/closings/preview                    -         uofoo
POST /api/v1/closings                           -         uifii
GET /api/v1/closings/{uid}                      closing_run uofoo
GET /api/v1/quote_policy                        -         ufffo
PATCH /api/v1/quote_policy                      -         ufffo
"""
BODIES: dict[str, Any] = {
    "PATCH /api/v1/issuer": {"fax": "052-000-0001"},
    "POST /api/v1/quotes/{uid}/ask": {},
    "POST /api/v1/quotes/{uid}/return": {"reason": "値引き"},
    "POST /api/v1/quotes/{uid}/answer": {"verdict": "accepted"},
    "POST /api/v1/quotes/{uid}/void": {"reason": "誤り"},
    "POST /api/v1/quotes/{uid}/mails": {
        "to": "hayashi@example.co.jp",
        "subject": "御見積書",
        "text": "{リンク}",
    },
    "POST /api/v1/invoices/bill": {"deliveries": []},
    "POST /api/v1/orders/{uid}/bill": {},
    "POST /api/v1/invoices/{uid}/issue": {},
    "POST /api/v1/invoices/{uid}/correct": {"reason": "単価の誤り"},
    "POST /api/v1/invoices/{uid}/mails": {
        "to": "keiri@example.co.jp",
        "subject": "請求書",
        "text": "{リンク}",
    },
    "POST /api/v1/closings": {"closes_on": "2026-10-31"},
    "PATCH /api/v1/quote_policy": {"valid_days": 20},
}
