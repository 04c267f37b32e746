"""A photograph that was taken along with a talk; one that comes twice hangs there once."""

from __future__ import annotations

import uuid

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from daifuku.activities.models import Talk
from daifuku.foundation.errors import Conflict
from daifuku.records.actions.filing import add_file
from daifuku.records.models import Attachment
from daifuku.staff.models import Person


def add_photo(talk: Talk, content: File[bytes], *, by: Person, uid: uuid.UUID) -> tuple[Attachment, bool]:
    """The photograph, and whether it came just now. Whoever wrote the talk down hangs it there, also where he recorded
    it for a colleague of another team. Raises Invalid, TooLarge, NotFound, Forbidden, Conflict."""
    if (given := _given(talk, content, uid)) is not None:
        return given, False
    try:
        return add_file(talk, content, by=by, uid=uid, own=True), True
    except Conflict:
        # Came by another line at the same moment.
        if (given := _given(talk, content, uid)) is not None:
            return given, False
        raise


def _given(talk: Talk, content: File[bytes], uid: uuid.UUID) -> Attachment | None:
    found: Attachment | None = Attachment.objects.select_related("current").filter(uid=uid).first()
    if found is None:
        return None
    here = (found.object, found.record_id) == (talk.object_key, talk.pk)
    if not here or found.current is None or found.current.size != content.size:
        raise Conflict(_("この番号の写真はすでにあります。"), code="uid_taken", field="uid")
    return found
