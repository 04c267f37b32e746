"""`daifuku dedupe pairs FILE --object account --out PAIRS.csv`: who is twice in a list, without server and database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from daifuku.foundation.errors import DomainError
from daifuku.transfers.listed_doubles import OBJECTS, find_in, write


class Command(BaseCommand):
    help = "find doubles in a CSV or Excel file: dedupe pairs FILE --object account --out PAIRS.csv"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["pairs"], help="pairs: who may be the same, two by two")
        parser.add_argument("file", help="CSV (UTF-8 or Shift_JIS), tab-separated text, .xlsx or .xls")
        parser.add_argument("--object", choices=list(OBJECTS), required=True, help="what a row is")
        parser.add_argument("--out", required=True, help="CSV with row_a, row_b, score, verdict")
        parser.add_argument(
            "--encoding", default="", help="utf-8, cp932, euc_jp ...; found by itself if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path, out = Path(options["file"]), Path(options["out"])
        try:
            found = find_in(path, options["object"], options["encoding"])
        except DomainError as error:
            raise CommandError(
                "\n".join(str(each.message) for each in error.problems) or error.message
            ) from error
        except OSError as error:
            words = {"file": path, "why": error.strerror or error}
            raise CommandError(_("%(file)sを開けません: %(why)s") % words) from error
        try:
            with out.open("w", encoding="utf-8", newline="") as file:
                counts = write(found, file)
        except OSError as error:
            words = {"file": out, "why": error.strerror or error}
            raise CommandError(_("%(file)sに書き込めません: %(why)s") % words) from error
        sentence = _("確実 %(sure)s組、候補 %(perhaps)s組を%(out)sに書き出しました。")
        self.stdout.write(sentence % {**counts, "out": out})
