"""The timeline of the record that stays tells what happened with those that went into it. No line changes: a pointer
beside it names one record more, and is not part of what is sealed."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from daifuku.foundation.sql.inserting import insert_rows
from daifuku.ledger.models import Subject
from daifuku.records.absorbing import absorbed_by


def retell(object_key: str, key: int) -> None:
    """Points anew: to the lines of all that are merged into this record now. Inside the verb's transaction."""
    Subject.objects.filter(object=object_key, record_id=key, role=Subject.MERGED).delete()
    point_to(object_key, absorbed_by(object_key, [key]), key)


def point_to(object_key: str, sources: list[int], key: int, *, to_object: str = "") -> None:
    """The lines about `sources` are found at this record as well."""
    wanted = to_object or object_key
    known = Subject.objects.filter(event=OuterRef("event"), object=wanted, record_id=key)
    lines = Subject.objects.filter(object=object_key, record_id__in=sources).exclude(Exists(known))
    rows = [
        (event, wanted, key, Subject.MERGED)
        for event in sorted(set(lines.values_list("event_id", flat=True)))
    ]
    insert_rows(Subject, ["event_id", "object", "record_id", "role"], rows)
