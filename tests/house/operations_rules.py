"""Who asks what of rules and the rule book by the API; tests/house/operations.py explains the letters."""

from __future__ import annotations

from typing import Any

TABLE = """\
GET /api/v1/rules                               -         ufffo
POST /api/v1/rules                              -         ufffo
GET /api/v1/rules/{rule}                        rule      ufffo
PATCH /api/v1/rules/{rule}                      rule      ufffo
DELETE /api/v1/rules/{rule}                     rule      ufffo
GET /api/v1/rules/{rule}/preview                rule      ufffo
GET /api/v1/rule_book                           -         uoooo
GET /api/v1/rule_book/editions                  -         uoooo
GET /api/v1/rule_book/editions/{number}         edition   uoooo
PUT /api/v1/rule_book/editions/{number}/confirmation newest uoooo
PUT /api/v1/rule_book/text                      -         ufffo
POST /api/v1/rule_book/editions                 -         ufffo
GET /api/v1/rule_book/readers                   -         ufffo
"""
BODIES: dict[str, Any] = {
    "POST /api/v1/rules": {"title": "住所", "object": "account", "required": ["city"]},
    "PATCH /api/v1/rules/{rule}": {"note": "なぜなら"},
    "PUT /api/v1/rule_book/text": {"sections": [{"title": "電話"}]},
    "POST /api/v1/rule_book/editions": {"note": "直しました。"},
}
