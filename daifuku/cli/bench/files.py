"""Rows a second of import and export, the least that Python and the database need for the same file, and the memory."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.core.files.base import ContentFile
from django.db import connection, transaction

from daifuku.cli.bench.filling import Firm
from daifuku.cli.bench.invented import accounts
from daifuku.cli.bench.timing import Measured
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.transfers.actions import running
from daifuku.transfers.actions.choosing import choose_columns
from daifuku.transfers.actions.exporting import write
from daifuku.transfers.actions.uploading import upload
from daifuku.transfers.exporting.wish import Wish

IMPORT, EXPORT = "2,000", "20,000"
HEADINGS = {
    "name": "会社名",
    "kana": "会社名カナ",
    "postal_code": "郵便番号",
    "prefecture": "都道府県",
    "city": "市区町村",
    "street": "町域・番地",
    "phone": "電話番号",
    "note": "備考",
}


class _Silent:
    cancelled = False

    def expect(self, total: int) -> None: ...

    def advance(self, count: int = 1) -> None: ...


def rates(firm: Firm, file: Path, rows: int) -> Iterator[Measured]:
    content = _file(firm, file, rows)
    yield _rate("reference: csv to a bare table", rows, lambda: _bare_import(content))
    imported = upload(ContentFile(content, "計測.csv"), by=firm.administrator, object_key="account")
    choose_columns(imported, imported.targets, by=firm.administrator)
    yield _rate(f"import of {rows:,} rows", rows, lambda: _import(firm, imported), IMPORT)
    assert imported.counts["new"] == rows, imported.counts
    yield _export(firm)


def memory(firm: Firm, file: Path, rows: int) -> str:
    """What a process holds at most that only imports (Linux)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "計測.csv"
        path.write_bytes(_file(firm, file, rows))
        command = [sys.executable, "-m", "daifuku.cli", "import", str(path), "--object", "account"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
        most = 0
        while process.poll() is None:
            most = max(most, _held_at_most(process.pid))
            time.sleep(0.05)
    if process.returncode:
        raise RuntimeError("the import failed")
    return f"The command that imports {rows:,} rows holds {most / 1e6:,.0f} MB at most."


def _held_at_most(process: int) -> int:
    """Bytes; what the kernel says of a process that has ended would be what its parent held when it began."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(lines.get("VmHWM", "0").split()[0]) * 1024


def _file(firm: Firm, file: Path, rows: int) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS.values())
    for number, row in zip(range(rows), accounts(file, [firm.person], own=False), strict=False):
        writer.writerow([f"{row[key]}{number}" if key == "name" else row[key] for key in HEADINGS])
    return text.getvalue().encode("cp932", "replace")


def _rate(name: str, rows: int, work: Any, target: str = "") -> Measured:
    started = time.perf_counter()
    work()
    return Measured(name, target, rate=rows / (time.perf_counter() - started))


def _import(firm: Firm, imported: Any) -> None:
    with through("import"):
        with ledger.writing():
            running.begin(imported, by=firm.administrator)
        running.run(imported, by=firm.administrator, progress=_Silent())


def _export(firm: Firm) -> Measured:
    """A tenth of the firm's accounts: what a condition on an indexed field of its own leaves."""
    few = json.dumps({"all": [{"field": "machines", "op": "lte", "value": 50}]})
    wish = Wish("account", query=urlencode({"where": few}), form="csv", encoding="utf-8-sig")
    with tempfile.TemporaryFile() as out:
        started = time.perf_counter()
        written = write(wish, out, by=firm.administrator)
        took = time.perf_counter() - started
    return Measured(f"export of {written.rows:,} rows as CSV", EXPORT, rate=written.rows / took)


def _bare_import(content: bytes) -> None:
    columns = ", ".join(f"c{number} text" for number in range(len(HEADINGS)))
    places = ", ".join(["%s"] * len(HEADINGS))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_bare (id integer, {columns})")
        rows = list(csv.reader(io.StringIO(content.decode("cp932"))))[1:]
        for start in range(0, len(rows), 500):
            with transaction.atomic():
                cursor.executemany(
                    f"INSERT INTO bench_bare VALUES (1, {places})",  # noqa: S608 - numbers alone
                    rows[start : start + 500],
                )
        cursor.execute("DROP TABLE bench_bare")
