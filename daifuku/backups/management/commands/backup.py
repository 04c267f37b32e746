"""`daifuku backup OUT`: everything in one locked file, while the program runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from daifuku.backups import actions
from daifuku.foundation.errors import DomainError
from daifuku.ledger.channel import through


class Command(BaseCommand):
    help = "save database, files and keys in one encrypted file"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path, help="a folder, or the file to write")

    def handle(self, *args: Any, out: Path, **options: Any) -> None:
        target = {"folder": out} if out.is_dir() else {"path": out}
        with through("command"):
            if actions.current_key() is None:
                self._new_key()
            try:
                backup = actions.make(by=None, **target)  # type: ignore[arg-type]
            except DomainError as error:
                raise CommandError(error.message) from error
        sentence = _("バックアップしました: %(path)s (%(size)s MB、ファイル%(files)s件、台帳%(lines)s行)")
        self.stdout.write(
            sentence
            % {
                "path": backup.path,
                "size": f"{backup.size / 1_000_000:,.1f}",
                "files": f"{backup.files:,}",
                "lines": f"{backup.lines:,}",
            }
        )

    def _new_key(self) -> None:
        key = actions.make_key(by=None)
        self.stdout.write(
            _("復旧キーを作りました。これがないとバックアップは開けません。紙に書いて金庫に保管してください:")
        )
        self.stdout.write(f"  {key}")
