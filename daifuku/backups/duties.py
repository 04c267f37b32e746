"""What happens with backups by itself: made every night, tidied, and missed when they do not come."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from daifuku.backups.actions import making
from daifuku.backups.actions.keys import current_key
from daifuku.backups.models import Backup
from daifuku.foundation.errors import Conflict
from daifuku.jobs import queue
from daifuku.jobs.running import Running
from daifuku.messages.models import Notice
from daifuku.messages.notices import Sentence, notify
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

# A day, and time for a large one.
LATE = timedelta(hours=26)
TOLD_AGAIN = timedelta(hours=23)


def run(running: Running) -> None:
    """Begins anew when it was killed: a backup is there whole or not at all."""
    try:
        backup = making.make(by=running.by, told=lambda done: running.advance(0))
    except Conflict as error:
        _tell(Sentence(gettext_noop("バックアップに失敗しました: %(reason)s"), {"reason": error.message}))
        raise
    running.result.update(
        {"url": reverse("backups:page"), "size": backup.size, "removed": making.tidy(settings.BACKUP_KEPT)}
    )


def nightly() -> None:
    """Nothing until somebody made a recovery key: a backup that nobody can open helps nobody."""
    if current_key() is not None:
        today = timezone.localdate()
        queue.enqueue(making.MAKE, {}, by=None, title=_("毎晩のバックアップ"), key=f"nightly backup {today}")


def last_made() -> Backup | None:
    """The newest one that is there; one that somebody took away is none."""
    for backup in Backup.objects.filter(state=Backup.State.DONE).order_by("-began_at")[:20]:
        if Path(backup.path).exists():
            return backup
    return None


def is_too_old() -> bool:
    """Whether a night went by without a backup."""
    key = current_key()
    if key is None:
        return False
    last = last_made()
    since = last.began_at if last else key.made_at
    return timezone.now() - since > LATE


def is_late() -> bool:
    """Whether the administrators should hear of it, and have not heard it today."""
    return is_too_old() and not _told_lately()


def watch() -> None:
    if is_late():
        _tell(
            Sentence(
                gettext_noop("24時間以上、バックアップがありません。設定の「バックアップ」をご確認ください。")
            )
        )


def _tell(sentence: Sentence) -> None:
    for person in Person.objects.working().order_by("pk"):
        if Viewer(person).has_power("settings"):
            notify(person, kind="backup", sentence=sentence, url=reverse("backups:page"))


def _told_lately() -> bool:
    return bool(Notice.objects.filter(kind="backup", at__gt=timezone.now() - TOLD_AGAIN).exists())
