"""The timeline of the record that stays tells what happened with those that went into it. No line changes: a pointer
beside it names one record more, and is not part of what is sealed."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from daifuku.foundation.sql.inserting import insert_rows
from daifuku.ledger.models import Subject
from daifuku.records.absorbing import absorbed_by


def retell(object_key: str, key: int) -> None:
    """Points anew: to the lines of all that are merged into this record now. Inside the verb's transaction."""
    here = Subject.objects.filter(object=object_key, record_id=key)
    here.filter(role=Subject.MERGED).delete()
    lines = Subject.objects.filter(object=object_key, record_id__in=absorbed_by(object_key, [key]))
    lines = lines.exclude(Exists(here.filter(event=OuterRef("event"))))
    rows = [
        (event, object_key, key, Subject.MERGED)
        for event in sorted(set(lines.values_list("event_id", flat=True)))
    ]
    insert_rows(Subject, ["event_id", "object", "record_id", "role"], rows)
