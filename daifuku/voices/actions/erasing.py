"""When a person is erased, what she said leaves as well; that something was asked for, and of what product, stays."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from daifuku.ledger.erasing import ERASED
from daifuku.ledger.models import Event
from daifuku.records import derived
from daifuku.records.actions.editing import stamp
from daifuku.records.catalogue import registry
from daifuku.staff.models import Person
from daifuku.voices.models import Voice


def forget_person(record: Any, by: Person) -> None:
    """In the transaction of the erasure."""
    if record.object_key not in {"contact", "lead"}:
        return
    voices = list(Voice.plain.select_for_update().filter(**{record.object_key: record}))
    for voice in voices:
        voice.subject = voice.text = _("（消去済み）")
        voice.answer = _("（消去済み）") if voice.answer else ""
        stamp(voice)
        voice.save(update_fields=["subject", "text", "answer", "version", "updated_at"])
    if voices:
        derived.keep(registry.get("voice"), voices)
    _forget_lines([voice.pk for voice in voices])


def _forget_lines(keys: list[int]) -> None:
    lines = Event.objects.filter(subjects__object="voice", subjects__record_id__in=keys).exclude(salt="")
    for line in lines.distinct().iterator(chunk_size=200):
        if "changes" in line.data:
            line.data = line.data | {"changes": {name: [ERASED, ERASED] for name in line.data["changes"]}}
            line.salt = ""
            line.save(update_fields=["data", "salt"])
