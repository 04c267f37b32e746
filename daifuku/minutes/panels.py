"""On a talk: the way to its minutes, and what was made of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.activities.models import Talk
from daifuku.activities.objects.talk import TALK
from daifuku.activities.panels import WAYS
from daifuku.foundation.reversing import url_of
from daifuku.minutes.models import Minutes
from daifuku.minutes.reading import read
from daifuku.minutes.slots import Answer, answers_in, slots_of
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.panel import Panel
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

GIVEN = ("account", "contact", "lead", "deal")


def register() -> None:
    if begin not in WAYS:
        WAYS.append(begin)
    TALK.panels.append(Panel("minutes", gettext_lazy("議事録"), "minutes/panel.html", minutes, "side", 15))


def begin(record: Any) -> tuple[str, str] | None:
    """From a customer's page straight to the text: with whom is known."""
    if record.object_key not in GIVEN:
        return None
    query = urlencode({record.object_key: str(record.uid)})
    return _("議事録を書く"), f"{url_of('minutes:new')}?{query}"


def minutes(talk: Talk, viewer: Viewer) -> dict[str, Any] | None:
    may_write = talk.trashed_at is None and sees(viewer, talk, "edit")
    row = Minutes.objects.filter(talk=talk).select_related("edition__template").first()
    if row is None and not may_write:
        return None
    return {"talk": talk, "row": row, "may_write": may_write, "answers": _answers(talk, row, viewer)}


def _answers(talk: Talk, row: Minutes | None, viewer: Viewer) -> list[Answer]:
    """What stands in the template's blanks, without a question to the database."""
    if "text" not in vocabulary.fields_for(viewer, "talk"):
        return []
    slots = slots_of(row.edition.headings) if row is not None and row.edition is not None else []
    day = timezone.localtime(talk.started_at).date()
    return answers_in(read(talk.text, day).sections, slots, day) if slots else []
