"""Who may ask what of daily reports and imports, in the form of tests/house/operations.py."""

from __future__ import annotations

from typing import Any

TABLE = """\
GET /api/v1/imports/{uid}                       import    unnno
PATCH /api/v1/imports/{uid}                     import    unnno
GET /api/v1/imports/{uid}/notes                 notes     unnno
PATCH /api/v1/imports/{uid}/notes               notes     unnno
POST /api/v1/imports/{uid}/check                import    unnno
POST /api/v1/imports/{uid}/start                import    unnno
POST /api/v1/imports/{uid}/resume               import    unnni
POST /api/v1/imports/{uid}/undo                 import    unnni
GET /api/v1/imports/{uid}/rejected              import    unnno
GET /api/v1/daily/day                           -         uonoo
PUT /api/v1/daily/draft                         -         uonoo
POST /api/v1/daily/close                        -         uonoo
POST /api/v1/daily-reports/{uid}/reopen         daily_report unnof
POST /api/v1/daily-reports/{uid}/read           daily_report unnoo
GET /api/v1/daily/unread                        -         uonoo
GET /api/v1/daily/morning                       -         unnno
GET /api/v1/daily/shared                        -         uoooo
POST /api/v1/daily/shared                       -         ufffo
DELETE /api/v1/daily/shared/{uid}               shared    uffff
GET /api/v1/daily/settings                      -         ufffo
PATCH /api/v1/daily/settings                    -         ufffo
POST /api/v1/imports/{uid}/split                import    unnni
POST /api/v1/imports/{uid}/assign               import    unnnn
"""
BODIES: dict[str, Any] = {
    "PUT /api/v1/daily/draft": {"day": "2026-11-02", "remark": "手応え"},
    "POST /api/v1/daily/close": {"day": "2026-11-02", "remark": "手応え"},
    "POST /api/v1/daily/shared": {"remark": "みんなで当たろう"},
    "PATCH /api/v1/daily/settings": {"switches_at": 4},
    "POST /api/v1/imports/{uid}/split": {},
    "POST /api/v1/imports/{uid}/assign": {"heading": "■", "account": "x"},
}
