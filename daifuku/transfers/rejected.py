"""The rows that could not be taken in, as a file that can be mended and brought in again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from daifuku.foundation.csv import encode, harmless
from daifuku.transfers.mapping import LINE_HEADING, REASON_HEADING
from daifuku.transfers.models import Import

ENCODINGS = ("utf-8-sig", "cp932")


def name_of(imported: Import) -> str:
    """What the file is called."""
    return _("%(file)s_取り込めなかった行.csv") % {"file": imported.name.rsplit(".", 1)[0]}


def rejected_file(imported: Import, encoding: str) -> Iterator[bytes]:
    """The file's own columns, and before them why and in which line; both are passed over when it comes back."""
    yield _line([REASON_HEADING, LINE_HEADING, *imported.headers], encoding, first=True)
    width = len(imported.headers)
    for row in imported.rejected.filter(waiting=False).order_by("line").iterator(chunk_size=500):
        cells = [*row.cells, *[""] * (width - len(row.cells))]
        yield _line([" / ".join(row.reasons), str(row.line), *cells], encoding)


def _line(cells: Sequence[str], encoding: str, *, first: bool = False) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([harmless(cell) for cell in cells])
    if encoding == "cp932":
        return encode(out.getvalue(), "cp932")
    return out.getvalue().encode("utf-8-sig" if first else "utf-8")
