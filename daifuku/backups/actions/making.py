"""Makes a backup: the database first, then the files that it names, all in one locked file that is read once more."""

from __future__ import annotations

import fcntl
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from daifuku.backups import archive, engines, places
from daifuku.backups.actions.keys import current_key
from daifuku.backups.models import Backup, RecoveryKey
from daifuku.foundation.disk import sync_folder
from daifuku.foundation.errors import Conflict
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.ledger import anchoring
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.sealing import Anchor, anchor
from daifuku.staff.actions import rights
from daifuku.staff.models import Person

MAKE = "backups.make"
# The database is packed before it is written, so this is more than enough.
ROOM = 1.1
WORK = ".backup-"


def ask(*, by: Person) -> Job:
    """Puts a backup into the queue. Needs the power "settings". Raises Conflict where no recovery key was made."""
    rights.need(by, "settings")
    need_key()
    return queue.enqueue(MAKE, {}, by=by, title=_("バックアップ"))


def need_key() -> RecoveryKey:
    key = current_key()
    if key is None:
        raise Conflict(_("先に復旧キーを作ってください。"), code="no_recovery_key")
    return key


def make(
    *, by: Person | None, folder: Path | None = None, path: Path | None = None,
    told: Callable[[int], object] = lambda done: None,
) -> Backup:  # fmt: skip
    """Writes a backup into the folder, or to exactly this path. Raises Conflict with what hinders it.

    A failed one is written down with its sentence, and leaves no file.
    """
    key, at = need_key(), moment()
    target = path or (folder or places.folder()) / places.name_for(at)
    with _alone():
        _clear_away()
        with ledger.writing():
            backup = Backup.objects.create(began_at=at, by=by, key=key, path=str(target))
        return _made(backup, target, told)


def _made(backup: Backup, target: Path, told: Callable[[int], object]) -> Backup:
    by = backup.by
    try:
        _write(backup, target, told)
    except (OSError, Conflict) as error:
        sentence = error.message if isinstance(error, Conflict) else _reason(error, target)
        with ledger.writing():
            backup.state, backup.sentence, backup.finished_at = Backup.State.FAILED, sentence[:400], moment()
            backup.save()
            ledger.record("backup.failed", by=by, data={"place": str(target), "sentence": sentence[:400]})
        raise Conflict(sentence, code="backup_failed") from error
    with ledger.writing():
        backup.state, backup.finished_at = Backup.State.DONE, moment()
        backup.save()
        ledger.record("backup.made", by=by, data={"place": str(target), "size": backup.size})
    return backup


@contextmanager
def _alone() -> Iterator[None]:
    """Two at once would only slow each other down. The lock ends with the process that holds it."""
    with (Path(settings.HOME) / "backup.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(
                _("別のバックアップを作成しています。終わるまでお待ちください。"), code="running"
            ) from error
        yield


def _clear_away() -> None:
    """What a killed process left behind."""
    for work in Path(settings.HOME).glob(f"{WORK}*"):
        shutil.rmtree(work, ignore_errors=True)
    for backup in Backup.objects.filter(state=Backup.State.RUNNING):
        _part_of(Path(backup.path)).unlink(missing_ok=True)
        with ledger.writing():
            Backup.objects.filter(pk=backup.pk).update(
                state=Backup.State.FAILED, finished_at=moment(), sentence=_("途中で止まりました。")
            )


def _part_of(target: Path) -> Path:
    return target.with_name(f".{target.name}.part")


def _write(backup: Backup, target: Path, told: Callable[[int], object]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        raise Conflict(_("%(path)s はすでにあります。") % {"path": target})
    part = _part_of(target)
    anchoring.seal_and_anchor()
    end = anchor()
    try:
        with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=WORK) as work:
            database = Path(work) / "database"
            engines.dump(database)
            _need_room(target.parent, database.stat().st_size)
            names = list(_file_names())
            written = archive.write(
                part, _members(database, names, end, told), backup.key.recipient, lambda: None
            )
        if archive.digest_of(part) != written.digest:
            raise Conflict(_("書いた内容を読み直すと違っていました。保存先のディスクを確認してください。"))
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(target.parent)
    backup.size, backup.digest, backup.files, backup.lines = (
        written.size,
        written.digest,
        len(names),
        end.count,
    )


def _members(
    database: Path, names: list[str], end: Anchor, told: Callable[[int], object]
) -> Iterator[archive.Member]:
    yield archive.Member("manifest.json", _manifest(database, names, end))
    yield archive.Member("secret.key", settings.SECRET_KEY.encode())
    yield archive.Member("database", database)
    for number, name in enumerate(names, 1):
        yield archive.Member(f"files/{name}", Path(settings.MEDIA_ROOT) / name)
        if number % 100 == 0 or number == len(names):
            told(number)


def _manifest(database: Path, names: list[str], end: Anchor) -> bytes:
    return json.dumps(
        {
            "program": _program(),
            "engine": engines.engine(),
            "made_at": moment().isoformat(),
            "database": archive.digest_of(database),
            "files": len(names),
            "anchor": str(end),
        },
        indent=1,
    ).encode()


def _program() -> str:
    try:
        return version("daifuku")
    except PackageNotFoundError:
        return "checkout"


def _file_names() -> Iterator[str]:
    """What lies under the digests of the contents; half-written ones and folders of jobs do not."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.glob("??/??/*")) if root.exists() else ():
        name = str(path.relative_to(root))
        if archive.NAMES.fullmatch(f"files/{name}"):
            yield name


def _need_room(folder: Path, database: int) -> None:
    files = sum(path.stat().st_size for path in Path(settings.MEDIA_ROOT).glob("??/??/*"))
    if places.free(folder) < (database + files) * ROOM:
        raise Conflict(_("%(folder)s の空き容量が足りません。") % {"folder": folder}, code="no_room")


def _reason(error: OSError, target: Path) -> str:
    return _("%(place)s に書けませんでした: %(reason)s") % {
        "place": target.parent, "reason": error.strerror or str(error),
    }  # fmt: skip


def tidy(kept: Sequence[int]) -> int:
    """Removes the backups in the usual folder that the ladder no longer holds; returns how many."""
    done = Backup.objects.filter(state=Backup.State.DONE)
    rows = [row for row in done if Path(row.path).parent == places.folder()]
    spare = places.spare([row.began_at for row in rows], kept)
    for row in rows:
        if row.began_at in spare:
            Path(row.path).unlink(missing_ok=True)
            with ledger.writing():
                Backup.objects.filter(pk=row.pk).update(state=Backup.State.REMOVED)
    return len(spare)
