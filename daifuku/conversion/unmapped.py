"""Every morning: which fields of leads are filled and lead nowhere. Whoever keeps the settings is told of new ones."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from daifuku.conversion.mapping.rules import current
from daifuku.conversion.models import Setup
from daifuku.foundation.reversing import url_of
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.messages.notices import Sentence, notify
from daifuku.records.catalogue import vocabulary
from daifuku.records.requests import usage
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

SENTENCE = gettext_noop("見込み客の次の項目は、取引を開始しても写りません: %(fields)s")


def register(schedule: Any) -> None:
    schedule.register("conversion.unmapped", every=timedelta(days=1), at=time(4, 10), run=look)


def look() -> dict[str, int]:
    """Counts, keeps what it found, and tells of what was not there yesterday."""
    counted, book, fields = usage.figures("lead").filled, current(), vocabulary.fields_of("lead")
    found = {
        key: number
        for key, number in counted.items()
        if number and key not in book.spoken_of and key != "owner" and fields[key].editable
    }
    with ledger.writing():
        Setup.objects.get_or_create(pk=1)
        rules = Setup.objects.select_for_update().get(pk=1)
        new = [key for key in found if key not in rules.unmapped]
        rules.unmapped, rules.looked_at = found, moment()
        rules.save(update_fields=["unmapped", "looked_at"])
        if new and rules.on:
            _tell([fields[key].name for key in new])
    return found


def _tell(names: list[str]) -> None:
    fields = str(_("、")).join(names[:8])
    for person in Person.objects.working():
        if viewer_of(person).has_power("settings"):
            sentence = Sentence(SENTENCE, {"fields": fields})
            notify(person, kind="conversion.unmapped", sentence=sentence, url=url_of("conversion:mapping"))
