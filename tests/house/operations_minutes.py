"""Who may ask what around minutes; the letters are those of operations."""

from __future__ import annotations

from typing import Any

TABLE = """\
GET /api/v1/minutes/templates                   -         uoooo
POST /api/v1/minutes/templates                  -         ufffo
PATCH /api/v1/minutes/templates/{uid}           template  ufffo
GET /api/v1/minutes/templates/{uid}/statistics  template  ufffo
POST /api/v1/minutes/templates/{uid}/apply      template  ufffn
POST /api/v1/minutes/read                       -         uoooo
GET /api/v1/talks/{uid}/minutes                 talk      uoooo
POST /api/v1/talks/{uid}/minutes/accept         talk      uffoo
POST /api/v1/talks/{uid}/minutes/here           talk      uffoo
"""
BODIES: dict[str, Any] = {
    "POST /api/v1/minutes/templates": {"name": "朝会", "headings": [{"name": "議題"}, {"name": "決定事項"}]},
    "PATCH /api/v1/minutes/templates/{uid}": {"name": "初めてのご訪問"},
    "POST /api/v1/minutes/templates/{uid}/apply": {"kind": "drop", "name": "課題"},
    "POST /api/v1/minutes/read": {"text": "決定: 20ケースで進める"},
    "POST /api/v1/talks/{uid}/minutes/accept": {"all": True},
}
