"""Who asks what of merges by the API; tests/house/operations.py explains the letters."""

from __future__ import annotations

from typing import Any

TABLE = """\
POST /api/v1/merges/preview                     -         uiiii
POST /api/v1/merges                             -         uiiii
GET /api/v1/merges                              -         uoooo
GET /api/v1/merges/{uid}                        merge     uoooo
POST /api/v1/merges/{uid}/undo                  merge     uffoo
GET /api/v1/{slug}/{uid}/same-parties           account   uoooo
POST /api/v1/same-parties                       -         uiiii
DELETE /api/v1/same-parties/{link}              same_party unnnn
"""
BODIES: dict[str, Any] = {
    "POST /api/v1/merges": {"object": "account", "records": ["x"]},
    "POST /api/v1/merges/preview": {"object": "account", "records": ["x"]},
    "POST /api/v1/merges/{uid}/undo": {},
    "POST /api/v1/same-parties": {
        "object": "deal", "record": "x", "other_object": "account", "other": "x", "reason": "x",
    },
}  # fmt: skip
