"""Files of hand-overs: only ever saved, never shown."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponseBase

from daifuku.foundation.attachment import attachment
from daifuku.foundation.errors import NotFound
from daifuku.handover.models import Paper

TYPES = {"pdf": "application/pdf", "zip": "application/zip"}


def paper_file(paper: Paper) -> HttpResponseBase:
    """Raises NotFound while it is not ready."""
    if not paper.file or not default_storage.exists(paper.file):
        raise NotFound
    kind = TYPES[paper.name.rpartition(".")[2]]
    return attachment(FileResponse(default_storage.open(paper.file), content_type=kind), paper.name)
