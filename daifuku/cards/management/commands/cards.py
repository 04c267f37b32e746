"""`daifuku cards read FILE... --json`: what the cards in those pictures say, without server and database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from daifuku.cards.reading import NotAPicture, Reading, available, read
from daifuku.cards.reading.pictures import MOST_BYTES
from daifuku.cards.reading.results import too_large

PRINTED = (
    *("company", "department", "title", "name", "kana", "postal_code", "address"),
    *("tel", "fax", "mobile", "email", "url", "corporate_number"),
)  # fmt: skip


class Command(BaseCommand):
    help = "read name cards from pictures: daifuku cards read FILE... --json"
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="what", required=True)
        reading = verbs.add_parser(
            "read", help="JPEG, PNG, WebP, HEIC or PDF, several cards on one picture too"
        )
        reading.add_argument("files", nargs="+", type=Path, metavar="FILE")
        reading.add_argument("--json", action="store_true", help="a JSON object for each card, one a line")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        if not available():
            raise CommandError(_("名刺を読み取る部品（rapidocr、onnxruntime）が入っていません。"))
        failed = 0
        for path in files:
            try:
                readings = read(_content(path), path.name)
            except OSError as error:
                failed += 1
                told = {"file": path, "reason": _reason(error)}
                self.stderr.write(_("%(file)s: 開けません（%(reason)s）。") % told)
            except NotAPicture as error:
                failed += 1
                self.stderr.write(f"{path}: {error.message}")
            else:
                for reading in readings:
                    if reading.trouble:
                        self.stderr.write(f"{path}: {reading.trouble}")
                    self.stdout.write(_as_json(path, reading) if options["json"] else _as_text(path, reading))
                    self.stdout.flush()
        if failed:
            raise CommandError(_("%(count)s件のファイルは読み取れませんでした。") % {"count": failed})


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return _("ファイルがありません")
    if isinstance(error, IsADirectoryError):
        return _("フォルダーです")
    return error.strerror or str(error)


def _content(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise too_large()
    return path.read_bytes()


def printed(reading: Reading) -> dict[str, str]:
    """What stands on the card; what was only worked out (the kana of a name) is left to the clerk's desk."""
    return {
        key: proposal.value
        for key in PRINTED
        if (proposal := reading.fields.get(key)) is not None and proposal.box is not None
    }


def _as_json(path: Path, reading: Reading) -> str:
    fields = dict.fromkeys(PRINTED, "") | printed(reading)
    return json.dumps({"file": str(path), "fields": fields}, ensure_ascii=False)


def _as_text(path: Path, reading: Reading) -> str:
    rows = [f"  {key}: {value}" for key, value in printed(reading).items()]
    return "\n".join([str(path), *rows])
