"""A voice in one line, as far as this person may see it: how it stands, about what, the words, the answer, whose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from daifuku.activities.showing import beginning, who
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Option
from daifuku.staff.viewer import Viewer
from daifuku.voices.models import Voice

LONGEST = 160


@dataclass(frozen=True)
class Line:
    """`who` is the customer, by name and address; without an address where the viewer may not know who it is."""

    record: Voice
    words: Sequence[Option]
    product: str
    text: str
    answer: str
    who: Sequence[tuple[str, str]]
    days: int
    late: bool


def voice_line(voice: Voice, viewer: Viewer, besides: Iterable[str], now: datetime | None = None) -> Line:
    """`days` is how long it has waited, `late` that its day is over."""
    now, fields = now or timezone.now(), vocabulary.fields_for(viewer, "voice")
    words = [
        fields[name].type.option(value)  # type: ignore[attr-defined]
        for name in ("state", "topic")
        if name in fields and (value := getattr(voice, name))
    ]
    today = timezone.localdate(now)
    return Line(
        voice, words, voice.product if "product" in fields else "",
        beginning(voice.text, LONGEST, known=voice.subject) if "text" in fields else "",
        beginning(voice.answer, LONGEST) if voice.is_closed and "answer" in fields else "",
        who(voice, viewer, besides), max(0, (now - voice.created_at).days),
        not voice.is_closed and voice.due_on is not None and voice.due_on < today,
    )  # fmt: skip
