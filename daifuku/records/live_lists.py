"""Whether others changed records that an open list shows: asked, like `live`, by every list in front every few
seconds.

The ticket names the records of the page. The question is one walk along the index of the ledger's subjects, with a
place for each record; what was changed is not said, only how many of them were.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.core import signing
from django.db.models import Q

from daifuku.foundation.sql.prepared import Prepared
from daifuku.ledger import kinds
from daifuku.ledger.models import Event, Subject
from daifuku.records.live import SALT
from daifuku.staff.viewer import Viewer

# A board shows up to fifty cards a column; beyond this many nobody is told.
MOST = 256
WIDTHS = (8, 64, MOST)
NEWEST = Prepared(lambda: Event.objects.order_by("-pk").values_list("pk", flat=True)[:1])


def newest() -> int:
    """The end of the ledger, asked before the rows are read. On PostgreSQL a line that another transaction is just
    writing may have a lower number and be missed; its record says so when it is opened or saved."""
    return NEWEST.first() or 0


def of_list(viewer: Viewer, object_key: str, records: Sequence[Any], since: int) -> dict[str, Any]:
    """What the page of a list needs to ask."""
    shown = [record.pk for record in records[:MOST]]
    return {
        "ticket": signing.dumps([viewer.pk, object_key, shown], salt=SALT, compress=True),
        "since": since,
    }


def changed(object_key: str, records: Sequence[int], since: int, person: int) -> int:
    """How many of these records somebody else changed, moved to the trash or brought back behind this line."""
    if not records:
        return 0
    width = next((width for width in WIDTHS if width >= len(records)), MOST)
    shown = [*records[:width], *[records[-1]] * (width - len(records))]
    lines = _lines(object_key, width, tuple(kinds.quiet_keys()))(since, person, *shown)
    return len(set(lines))


@lru_cache(100)
def _lines(object_key: str, width: int, quiet: tuple[str, ...]) -> Prepared:
    def build(since: int, person: int, *records: int) -> Any:
        rows = Subject.objects.filter(
            object=object_key, role=Subject.MAIN, record_id__in=records, event_id__gt=since
        )
        others = ~Q(event__actor_id=person) | Q(event__actor_id=None)
        rows = rows.filter(others, event__kind__startswith=f"{object_key}.").exclude(event__kind__in=quiet)
        return rows.values_list("record_id", flat=True)

    return Prepared(build)
