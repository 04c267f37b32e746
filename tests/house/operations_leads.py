"""Who may ask what around members of a record and the distribution of leads; the letters are those of operations."""

from __future__ import annotations

from typing import Any

TABLE = """\
GET /api/v1/conversion                          -         ufffo
PATCH /api/v1/conversion                        -         ufffo
GET /api/v1/conversion/mapping                  -         ufffo
PUT /api/v1/conversion/mapping/{field}          lead_key  ufffo
POST /api/v1/conversion/leads                   -         uifii
GET /api/v1/conversion/results/{number}         run       unnoo
GET /api/v1/conversion/leads/{uid}              lead      uoooo
POST /api/v1/conversion/leads/{uid}             lead      uffoo
POST /api/v1/conversion/leads/{uid}/undo        lead      uffnn
POST /api/v1/conversion/leads/{uid}/reopen      lead      uffii
GET /api/v1/distribution                        -         ufffo
PATCH /api/v1/distribution                      -         ufffo
PUT /api/v1/distribution/takers/{person}        person    ufffo
POST /api/v1/distribution/rules                 -         ufffo
PATCH /api/v1/distribution/rules/{uid}          lead_rule ufffo
DELETE /api/v1/distribution/rules/{uid}         lead_rule ufffo
POST /api/v1/distribution/leads                 -         ufffo
GET /api/v1/distribution/queue                  -         uoooo
GET /api/v1/distribution/leads/{uid}            lead      uoooo
GET /api/v1/passing                             -         ufffo
PATCH /api/v1/passing                           -         ufffo
POST /api/v1/leads/{uid}/pass                   lead      uffii
GET /api/v1/passings                            -         uoooo
GET /api/v1/passings/report                     -         uoooo
POST /api/v1/passings/{uid}/accept              handing   uffoo
POST /api/v1/passings/{uid}/return              handing   uffoo
POST /api/v1/duplicates/candidates              -         uoooo
GET /api/v1/duplicates                          -         uonoo
POST /api/v1/duplicates/scan                    -         ufffo
POST /api/v1/duplicates/apart                   -         uiiii
POST /api/v1/duplicates/rejoin                  -         uiiii
GET /api/v1/duplicates/decisions                -         uonoo
POST /api/v1/duplicates/decisions               -         uiiii
GET /api/v1/duplicates/thresholds               -         ufffo
GET /api/v1/duplicates/settings                 -         ufffo
PATCH /api/v1/duplicates/settings               -         ufffo
GET /api/v1/{slug}/{uid}/members                account   uoooo
PUT /api/v1/{slug}/{uid}/members/{person}       colleague uffoo
DELETE /api/v1/{slug}/{uid}/members/{person}    colleague uffoo
POST /api/v1/{slug}/{uid}/take                  account   uiioi
"""
BODIES: dict[str, Any] = {
    "PATCH /api/v1/conversion": {"deal_ticked": False},
    "PUT /api/v1/conversion/mapping/{field}": {"contact": {"target": "title"}},
    "POST /api/v1/conversion/leads": {"leads": ["018f0000-0000-7000-8000-000000000000"]},
    "POST /api/v1/conversion/leads/{uid}": {},
    "PUT /api/v1/{slug}/{uid}/members/{person}": {},
    "POST /api/v1/duplicates/candidates": {"object": "accounts", "values": {"name": "青葉商事"}},
    "POST /api/v1/duplicates/apart": {},
    "POST /api/v1/duplicates/decisions": {"items": []},
    "POST /api/v1/duplicates/rejoin": {},
    "PATCH /api/v1/duplicates/settings": {"firm_sure": 10},
    "PATCH /api/v1/distribution": {"low_percent": 75},
    "PATCH /api/v1/passing": {"hours": 12},
    "POST /api/v1/leads/{uid}/pass": {"note": "よろしく"},
    "POST /api/v1/passings/{uid}/return": {"reason": "early"},
    "PUT /api/v1/distribution/takers/{person}": {"weight": 2},
    "POST /api/v1/distribution/rules": {"name": "Webは一課"},
    "PATCH /api/v1/distribution/rules/{uid}": {"name": "Webは二課"},
    "POST /api/v1/distribution/leads": {"leads": []},
}
