"""The page of backups: is there one, where, can it be opened, and make one now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from daifuku.backups import actions, duties, places, state_file
from daifuku.backups.models import Backup
from daifuku.messages import holding
from daifuku.staff.views.finding import with_power

SHOWN = 30


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    with_power(request, "settings")
    return render(request, "backups/page.html", _context())


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    job = actions.ask(by=with_power(request, "settings"))
    return redirect("jobs:job", job.uid)


@require_POST
def make_key(request: HttpRequest) -> HttpResponse:
    """Shows the key in the answer itself: it is kept nowhere, so there is no page to which one could come back."""
    secret = actions.make_key(by=with_power(request, "settings"))
    return render(request, "backups/page.html", {**_context(), "secret": secret})


def _context() -> dict[str, Any]:
    backups = list(Backup.objects.select_related("by", "key")[:SHOWN])
    folder = places.folder()
    return {
        "key": actions.current_key(),
        "last": duties.last_made(),
        "late": duties.is_too_old(),
        "rows": [(backup, _is_there(backup)) for backup in backups],
        "folder": folder,
        "beside": places.beside_the_data(folder),
        "kept": settings.BACKUP_KEPT,
        "copy_to": settings.BACKUP_COPY,
        "held": holding.current(),
        "copy": state_file.read(),
    }


def _is_there(backup: Backup) -> bool:
    return backup.state != Backup.State.DONE or Path(backup.path).exists()
