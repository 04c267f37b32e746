"""`daifuku export --object account --format csv OUT`: takes a list out from the terminal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from daifuku.foundation.errors import DomainError
from daifuku.ledger.channel import through
from daifuku.records import saved_views
from daifuku.staff.viewer import viewer_of
from daifuku.transfers.actions.exporting import tell, write
from daifuku.transfers.command_line import acting_person, object_of
from daifuku.transfers.exporting.wish import ENCODINGS, FORMS, Wish


class Command(BaseCommand):
    verb = "export"
    help = "export records to CSV or Excel"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", help="the file to write")
        parser.add_argument("--object", required=True, help="account, contact or lead")
        parser.add_argument("--format", choices=list(FORMS), default="csv")
        parser.add_argument("--encoding", choices=list(ENCODINGS), default="utf-8-sig", help="of CSV")
        parser.add_argument(
            "--view", default="", help="the name or key of a saved view; all records if left out"
        )
        parser.add_argument(
            "--all-columns", action="store_true", help="every field, not only those of the view"
        )
        parser.add_argument("--again", action="store_true", help="with record numbers, to be imported again")
        parser.add_argument("--as", dest="email", default="", help="e-mail of the person who exports")

    def handle(self, *args: Any, **options: Any) -> None:
        by = acting_person(options["email"])
        wish = Wish(
            object_of(options["object"]), query=self._query(options, by), form=options["format"],
            encoding=options["encoding"], columns="all" if options["all_columns"] else "view", again=options["again"],
        )  # fmt: skip
        path = Path(options["out"])
        try:
            with through("command"):
                self._export(wish, path, by)
        except DomainError as error:
            raise CommandError(error.message) from error
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error

    def _export(self, wish: Wish, path: Path, by: Any) -> None:
        with open(path, "wb", opener=_for_the_owner_only) as out:
            written = write(wish, out, by=by)
        tell(wish, written.rows, by=by)
        self.stdout.write(
            _("%(rows)s件を書き出しました: %(path)s") % {"rows": f"{written.rows:,}", "path": path}
        )
        if written.unsayable:
            self.stdout.write(
                _("この文字コードで書けない文字を〓にしました: %(missing)s") % {"missing": written.missing}
            )

    def _query(self, options: dict[str, Any], by: Any) -> str:
        wanted = options["view"] or "all"
        offered = saved_views.for_person(viewer_of(by), object_of(options["object"]))
        for view in [*offered.shown, *offered.others]:
            if wanted in {view.key, str(view.name)}:
                return urlencode({"view": view.key})
        raise CommandError(f"{wanted}: no such view")


def _for_the_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
