"""Backups: which there are, whether the last one is too old, and making one now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop as noop
from ninja import Schema

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.operations.jobs import JobItem, shown_job
from daifuku.api.routing import fixed
from daifuku.backups import actions, duties, state_file
from daifuku.backups.models import Backup
from daifuku.staff.actions import rights

WORDS = noop("バックアップ")
SHOWN = 100


class BackupItem(Schema):
    uid: str
    state: str
    began_at: datetime
    finished_at: datetime | None
    path: str
    size: int
    digest: str
    files: int
    lines: int
    key: str
    sentence: str


class Copy(Schema):
    """The copy that follows: where, when it was last complete, what hinders it."""

    to: str
    at: datetime | None
    late: bool
    problem: str


class Backups(Schema):
    key: str | None
    too_old: bool
    following: Copy | None
    items: list[BackupItem]


@fixed.get(
    "/backups", operation_id="list_backups", summary=noop("バックアップの一覧"), tags=[WORDS],
    response=Backups,
)  # fmt: skip
def list_backups(request: Asked) -> Answer:
    """Newest first, with the end of the recovery key that each one needs; for whoever edits the settings."""
    rights.need(request.auth.person, "settings")
    key, backups = actions.current_key(), Backup.objects.select_related("key")[:SHOWN]
    return Answer(
        {
            "key": key.short if key else None,
            "too_old": duties.is_too_old(),
            "following": _copy() if settings.BACKUP_COPY else None,
            "items": [_shown(backup) for backup in backups],
        }
    )


@fixed.post(
    "/backups", operation_id="make_backup", summary=noop("バックアップの作成"), tags=[WORDS],
    response={202: JobItem},
)  # fmt: skip
def make_backup(request: Asked) -> Answer:
    """Puts a backup into the queue. Without a recovery key, which is made on the page alone: 409 `no_recovery_key`."""
    return Answer(shown_job(actions.ask(by=request.auth.person)), status=202)


def _copy() -> dict[str, Any]:
    state = state_file.read()
    return {"to": settings.BACKUP_COPY, "at": state.moment, "late": state.late, "problem": state.problem}


def _shown(backup: Backup) -> dict[str, Any]:
    return {
        "uid": str(backup.uid), "state": str(backup.state), "began_at": backup.began_at,
        "finished_at": backup.finished_at, "path": backup.path, "size": backup.size, "digest": backup.digest,
        "files": backup.files, "lines": backup.lines, "key": backup.key.short, "sentence": backup.sentence,
    }  # fmt: skip
