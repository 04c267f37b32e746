"""Which words stand in a text field of leads: what a table from words to choices has to speak of."""

from __future__ import annotations

from collections import Counter

from daifuku.conversion.mapping.fitting import word
from daifuku.customers.models import Lead
from daifuku.foundation.sql.time_limit import TookTooLong, at_most
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Text
from daifuku.staff.viewer import Viewer

MOST, READ, LONGEST = 30, 5000, 60
PATIENCE = 1.0


def words_in_use(source: Field, viewer: Viewer) -> list[str]:
    """The most frequent ones of the newest leads that this person sees; nothing where that takes long."""
    if not isinstance(source.type, Text):
        return []
    leads = Lead.objects.visible_to(viewer).order_by("-pk")
    rows = leads.values_list("custom" if source.custom else source.attribute, flat=True)[:READ]
    try:
        with at_most(PATIENCE):
            found = [row.get(source.key) if source.custom else row for row in rows]
    except TookTooLong:
        return []
    counted: Counter[str] = Counter()
    written: dict[str, str] = {}
    for each in found:
        if isinstance(each, str) and each.strip() and len(each) <= LONGEST:
            written.setdefault(word(each), each.strip())
            counted[word(each)] += 1
    return [written[key] for key, _number in counted.most_common(MOST)]
