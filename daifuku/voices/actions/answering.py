"""Somebody takes a voice on; somebody answers it, and whoever brought it can tell the customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict
from daifuku.records.actions import edit
from daifuku.staff.models import Person
from daifuku.voices.models import Voice
from daifuku.voices.models.voice import ANSWERED


def take(voice: Voice, *, by: Person) -> Voice:
    """`by` works on it from now on. Raises Conflict (it is answered), Forbidden, NotFound."""
    _need_open(voice)
    changes: dict[str, Any] = {"solver": by}
    if voice.state == "new":
        changes["state"] = "doing"
    taken: Voice = edit(voice, changes, by=by)
    return taken


def answer(voice: Voice, values: Mapping[str, Any], *, by: Person, dropped: bool = False) -> Voice:
    """The words for the customer; `dropped` where nothing will be done, and they say why.

    Raises Invalid (without words), Conflict (it is answered), Forbidden, NotFound.
    """
    _need_open(voice)
    changes = {**values, "state": "dropped" if dropped else ANSWERED}
    answered: Voice = edit(voice, changes, by=by)
    return answered


def _need_open(voice: Voice) -> None:
    if voice.is_closed:
        sentence = _("この声には、すでに回答があります。直すときは「編集」をお使いください。")
        raise Conflict(sentence, code="closed")
