"""Makes the search index and the keys of doubles anew: after an upgrade that says so, or when somebody doubts it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from daifuku.ledger import writing as ledger
from daifuku.records import derived
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.models import SearchRow
from daifuku.records.search import index

PORTION = 500


class Command(BaseCommand):
    help = "make the search index and the keys of doubles anew; the program may go on working meanwhile"

    def handle(self, **options: Any) -> None:
        for object_type in registry.every():
            number = self._make_anew(object_type)
            self.stdout.write(f"{object_type.name}: {number}")

    def _make_anew(self, object_type: ObjectType) -> int:
        """Row by row in portions: what is right stays, so that nobody searches in vain meanwhile."""
        last, number = 0, 0
        while True:
            with ledger.writing():
                rows = (
                    object_type.model.plain.select_for_update(of=("self",)).filter(pk__gt=last).order_by("pk")
                )
                portion = list(rows[:PORTION])
                if not portion:
                    break
                known = SearchRow.objects.filter(object=object_type.key)
                keys = [record.pk for record in portion]
                known.filter(record_id__gt=last, record_id__lte=keys[-1]).delete()
                index.put(object_type, portion, new=True)
                derived.keep_keys(object_type, portion)
            last, number = keys[-1], number + len(portion)
        SearchRow.objects.filter(object=object_type.key, record_id__gt=last).delete()
        return number
