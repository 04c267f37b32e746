"""A voice in one line, as far as this person may see it: how it stands, about what, the words, the answer, whose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from daifuku.activities.objects.shared import SUBJECTS
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Option
from daifuku.records.scope import sees
from daifuku.records.showing import hidden_name
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
    today = timezone.localtime(now).date()
    return Line(
        voice, words, voice.product if "product" in fields else "",
        _beginning(voice.text, voice.subject) if "text" in fields else "",
        _beginning(voice.answer) if voice.is_closed and "answer" in fields else "",
        _who(voice, viewer, besides), max(0, (now - voice.created_at).days),
        not voice.is_closed and voice.due_on is not None and voice.due_on < today,
    )  # fmt: skip


def _beginning(text: str, known: str = "") -> str:
    text = " ".join(text.split())
    if text == known:
        return ""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _who(voice: Voice, viewer: Viewer, besides: Iterable[str]) -> list[tuple[str, str]]:
    fields, found = vocabulary.fields_for(viewer, "voice"), []
    for name in SUBJECTS:
        other = getattr(voice, name) if name in fields and name not in besides else None
        if other is None:
            continue
        seen = sees(viewer, other, "view")
        found.append(
            (str(other), other.get_absolute_url()) if seen else (str(hidden_name(other.object_key)), "")
        )
    return found
