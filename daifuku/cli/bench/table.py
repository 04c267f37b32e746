"""The figures as a table that can be put into a document as it is."""

from __future__ import annotations

import platform
import sqlite3

from django.db import connection

from daifuku.cli.bench.timing import Measured


def heading(rows: int) -> str:
    return "\n".join(
        [
            f"{_engine()}, Python {platform.python_version()}, {rows:,} accounts",
            "",
            "| what | p50 ms | p95 ms | CPU | database | queries | answer kB | target |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        ]
    )


def _engine() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def line(measured: Measured) -> str:
    if measured.rate:
        cells = [f"{measured.rate:,.0f} rows/s", "", "", "", "", "", measured.target]
    else:
        cells = [
            f"{measured.at(50):.1f}",
            f"{measured.at(95):.1f}",
            f"{measured.cpu:.1f}",
            f"{measured.database:.1f}",
            str(measured.asked),
            f"{measured.size / 1000:.1f}",
            measured.target,
        ]
    return f"| {' | '.join([measured.name, *cells])} |".replace("  |", " |")
