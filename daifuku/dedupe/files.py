"""Found pairs and what people decided as CSV: taken out by whoever may take both records out, decisions brought in
again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.dedupe import marks
from daifuku.dedupe.found_pairs import Shown, behind, show
from daifuku.dedupe.models import Reason, Verdict, Way
from daifuku.foundation.csv import harmless
from daifuku.records.catalogue import registry
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

AT_ONCE, TYPE = 200, "text/csv; charset=utf-8"
BOTH: tuple[tuple[str, Any], ...] = (
    ("object", _("種類1")), ("uid", _("ID1")), ("name", _("名前1")),
    ("other_object", _("種類2")), ("other_uid", _("ID2")), ("other_name", _("名前2")),
)  # fmt: skip
OF_PAIRS = (
    *BOTH,
    ("verdict", _("判定")),
    ("score", _("点数")),
    ("way", _("比べた対象")),
    ("why", _("根拠")),
    ("at", _("日時")),
)
OF_MARKS = (*BOTH, ("kind", _("理由")), ("note", _("メモ")), ("by", _("決めた人")), ("at", _("日時")))


def pairs_file(rows: Any, viewer: Viewer, verdict: str = "") -> Iterator[bytes]:
    """`rows` as `found_pairs.chosen` orders them; taken a portion at a time, so that none stands in memory."""
    yield line([label for _key, label in OF_PAIRS], first=True)
    for each in _shown(rows, viewer):
        if (not verdict or each.verdict == verdict) and may_be_taken(viewer, each.first, each.second):
            why = " / ".join(f"{one.sentence} {one.points:+.1f}" for one in each.facts)
            yield line(
                [
                    *_both(each.first, each.second), Verdict(each.verdict).label, f"{each.score:.1f}",
                    Way(each.pair.way).label, why, written(each.pair.at),
                ]
            )  # fmt: skip


def _shown(rows: Any, viewer: Viewer) -> Iterator[Shown]:
    last: Any = None
    while True:
        part = list((behind(rows, last.score, last.pk) if last is not None else rows)[:AT_ONCE])
        if not part:
            return
        yield from show(part, viewer)
        last = part[-1]


def marks_file(viewer: Viewer) -> Iterator[bytes]:
    yield line([label for _key, label in OF_MARKS], first=True)
    for mark in marks.each(viewer):
        if may_be_taken(viewer, mark.first, mark.second):
            kind = Reason(mark.kind).label
            yield line(
                [*_both(mark.first, mark.second), kind, mark.note, str(mark.row.by), written(mark.row.at)]
            )


def may_export(viewer: Viewer, *object_keys: str) -> bool:
    return any(viewer.may(key, "export") for key in object_keys)


def may_be_taken(viewer: Viewer, *records: Any) -> bool:
    return all(sees(viewer, each, "export") for each in records)


def _both(*records: Any) -> list[str]:
    return [text for each in records for text in (str(registry.of(each).name), str(each.uid), str(each))]


def written(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y/%m/%d %H:%M}" if at else ""


def line(cells: Sequence[Any], *, first: bool = False) -> bytes:
    """As Excel opens it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([harmless(str(cell)) for cell in cells])
    return out.getvalue().encode("utf-8-sig" if first else "utf-8")
