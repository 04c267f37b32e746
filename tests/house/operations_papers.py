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
    "PATCH /api/v1/quote_policy": {"valid_days": 20},
}
