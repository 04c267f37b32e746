"""`daifuku restore IN --to FOLDER`: brings a backup back to a new place and checks it; `--switch` puts it to use."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from daifuku.backups import actions
from daifuku.backups.switching import switch
from daifuku.foundation.errors import DomainError


class Command(BaseCommand):
    help = "bring a backup back to a new place and check it"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="IN", help="the backup")
        parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a new or empty folder")
        parser.add_argument("--key-file", type=Path, metavar="FILE", help="where the recovery key stands")
        parser.add_argument("--database", default="", metavar="ADDRESS", help="an empty PostgreSQL database")
        parser.add_argument(
            "--switch", action="store_true", help="afterwards it takes the place of the present home"
        )

    def handle(self, *args: Any, file: Path, to: Path, database: str, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(_("%(path)s がありません。") % {"path": file})
        try:
            found = actions.restore(
                file, to.absolute(), self._key(options["key_file"]), database=database, told=self.stdout.write
            )
            home = switch(found.folder, Path(settings.HOME)) if options["switch"] else found.folder
        except DomainError as error:
            raise CommandError(error.message) from error
        except OSError as error:
            raise CommandError(f"{error.filename or to}: {error.strerror}") from error
        sentence = _("戻しました: %(made_at)s のバックアップ、ファイル%(files)s件、台帳%(lines)s行。")
        self.stdout.write(
            sentence % {"made_at": found.made_at, "files": f"{found.files:,}", "lines": f"{found.lines:,}"}
        )
        start = f"DAIFUKU_HOME={home}{f' DAIFUKU_DATABASE={database}' if database else ''} daifuku up"
        self.stdout.write(_("これで起動します: %(command)s") % {"command": start})

    def _key(self, file: Path | None) -> str:
        if file is not None:
            return file.read_text()
        given = os.environ.get("DAIFUKU_RECOVERY_KEY", "")
        if not given and sys.stdin.isatty():
            given = getpass(_("復旧キー: "))
        return given or sys.stdin.read()
