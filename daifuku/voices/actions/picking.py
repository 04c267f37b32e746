"""A voice is picked out of a talk: the words, what it is about, of which product."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from daifuku.activities.models import Talk
from daifuku.activities.objects.shared import SUBJECTS
from daifuku.records.actions import create
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of
from daifuku.voices.models import Voice
from daifuku.voices.models.conduct import conduct


def pick(talk: Talk, values: Mapping[str, Any], *, by: Person, uid: uuid.UUID | None = None) -> Voice:
    """Of the talk's customer, brought by whoever held the talk. Without words of its own it is the whole detail, for
    whoever may read that: of a private customer such a voice is as closed as the talk.

    Raises Invalid, Forbidden, Conflict (the uid is taken).
    """
    told = {name: getattr(talk, name) for name in SUBJECTS if getattr(talk, name) is not None}
    words = str(values.get("text") or "").strip() or text_of(talk, viewer_of(by))
    given = {**told, "owner": talk.owner or by, **values, "text": words, "talk": talk}
    voice: Voice = create("voice", given, by=by, uid=uid)
    return voice


def text_of(talk: Talk, viewer: Viewer) -> str:
    """What was said, for whoever may read it."""
    return talk.text if "text" in vocabulary.fields_for(viewer, "talk") else ""


def says_less(talk: Talk) -> bool:
    """Whether a voice in other words is told to more people than the talk."""
    return bool(talk.privacy) and conduct().share_private
