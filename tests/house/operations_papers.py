"""Who may ask what around papers and quotes; the letters are those of operations."""

from __future__ import annotations

from typing import Any

TABLE = """\
GET /api/v1/issuer                              -         ufffo
PATCH /api/v1/issuer                            -         ufffo
"""
BODIES: dict[str, Any] = {
    "PATCH /api/v1/issuer": {"fax": "052-000-0001"},
}
