"""The import that an address names, and who acts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from daifuku.jobs.models import Job
from daifuku.records.views.finding import viewer_at
from daifuku.staff.models import Person
from daifuku.transfers.jobs import notice_end
from daifuku.transfers.models import Import


def import_at(request: HttpRequest, uid: UUID) -> Import:
    """Raises NotFound."""
    found: Import = Import.objects.find(viewer_at(request), uid)
    return notice_end(found, job_of(found)) if found.working else found


def person_at(request: HttpRequest) -> Person:
    return viewer_at(request).person


def job_of(imported: Import) -> Any:
    return Job.objects.filter(uid=imported.job).first() if imported.job else None
