"""`daifuku import FILE --object account`: brings a file in from the terminal, with the same checks as the page.

Notes of Evernote (ENEX) are known by the file itself: each says which record it goes to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from daifuku.foundation.errors import DomainError
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.staff.viewer import viewer_of
from daifuku.transfers.actions import running
from daifuku.transfers.actions.checking import check
from daifuku.transfers.actions.choosing import choose_columns, default_key
from daifuku.transfers.actions.uploading import upload, upload_notes
from daifuku.transfers.command_line import Meter, acting_person, named_mapping, object_of
from daifuku.transfers.mapping import OPTIONS, apply_saved
from daifuku.transfers.models import Import
from daifuku.transfers.notes import from_terminal
from daifuku.transfers.notes.enex import HEAD, is_enex
from daifuku.transfers.rejected import rejected_file
from daifuku.transfers.storing import keep_file


class Command(BaseCommand):
    verb = "import"
    help = "import a CSV or Excel file, or notes of Evernote"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="CSV, tab-separated text, .xlsx, .xls, .vcf or .enex")
        parser.add_argument(
            "--object", default="", help="account, contact or lead; needed for all but notes (.enex)"
        )
        parser.add_argument("--mapping", default="", help="the name of a saved mapping of columns")
        parser.add_argument(
            "--encoding", default="", help="utf-8, cp932, euc_jp ...; found by itself if left out"
        )
        parser.add_argument(
            "--sheet", default="", help="the sheet of an Excel file; the first one if left out"
        )
        parser.add_argument(
            "--mode", choices=Import.Mode.values, default="", help="create (default), update, both"
        )
        parser.add_argument(
            "--key", default="", help="the field by which rows find their record (update, both)"
        )
        parser.add_argument(
            "--blanks", choices=Import.Blanks.values, default="", help="keep (default) or clear"
        )
        parser.add_argument(
            "--doubles", choices=Import.Doubles.values, default="", help="take (default) or reject"
        )
        parser.add_argument("--tags", action="store_true", help="notes: put their tags on the records")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")
        parser.add_argument(
            "--rejected", default="", help="where rejected rows go (default: FILE.rejected.csv)"
        )
        parser.add_argument("--as", dest="email", default="", help="e-mail of the person who imports")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with through("command"):
                self._import(options)
        except DomainError as error:
            problems = [problem.message for problem in error.problems] or [error.message]
            raise CommandError("\n".join(problems)) from error

    def _import(self, options: dict[str, Any]) -> None:
        path = Path(options["file"])
        by = acting_person(options["email"], "import")
        imported = self._begun_before(path, by) or self._new(path, by, options)
        if imported.of_notes:
            from_terminal.bring_in(
                imported, self.stdout.write, by=by, meter=Meter(self.stderr), **_of_notes(options)
            )
            return
        if imported.state != Import.State.RUNNING:
            self._check(imported, by)
            if options["dry_run"]:
                return
            with ledger.writing():
                running.begin(imported, by=by)
        else:
            self.stdout.write(_("%(line)s行目の次から続けます。") % {"line": imported.position})
        running.run(imported, by=by, progress=Meter(self.stderr, start=imported.position))
        self._say(imported, _("取り込み"))
        self._write_rejected(imported, Path(options["rejected"] or f"{path}.rejected.csv"))

    def _begun_before(self, path: Path, by: Any) -> Import | None:
        """The same file, begun at a terminal and killed: it is gone on with and not taken in twice."""
        with _opened(path) as file:
            stored = keep_file(file)
        found: Import | None = (
            Import.objects.select_related("event")
            .filter(by=by, file=stored, state=Import.State.RUNNING, job__isnull=True)
            .first()
        )
        return found

    def _new(self, path: Path, by: Any, options: dict[str, Any]) -> Import:
        if not options["object"]:
            return self._notes(path, by)
        with _opened(path) as file:
            imported = upload(
                file, by=by, object_key=object_of(options["object"]), encoding=options["encoding"],
                sheet=options["sheet"],
            )  # fmt: skip
        if imported.of_notes:
            return imported
        if options["mapping"]:
            saved = named_mapping(imported.object, options["mapping"])
            imported.targets = apply_saved(saved, imported.headers, viewer_of(by))
            for option in OPTIONS:
                setattr(imported, option, saved.options.get(option, getattr(imported, option)))
        chosen = {name: options.get(name) or getattr(imported, name) for name in OPTIONS}
        if chosen["mode"] != Import.Mode.CREATE and not chosen["key"]:
            chosen["key"] = default_key(imported, viewer_of(by))
        return choose_columns(imported, imported.targets, by=by, name=options["mapping"], **chosen)

    def _notes(self, path: Path, by: Any) -> Import:
        """Without --object it can only be notes."""
        with _opened(path) as file:
            if not is_enex(file.read(HEAD)):
                raise CommandError("--object account, contact or lead?")
            return upload_notes(file, by=by, object_key="account")

    def _check(self, imported: Import, by: Any) -> None:
        for header, target in zip(imported.headers, imported.targets, strict=True):
            self.stdout.write(f"  {header} -> {target or _('（取り込まない）')}")
        check(imported, by=by, progress=Meter(self.stderr))
        self._say(imported, _("確認"))
        for difference in imported.differences[:10]:
            if difference["reasons"]:
                place = _("%(line)s行目") % {"line": difference["line"]}
                self.stdout.write(f"  {place}: {' / '.join(difference['reasons'])}")

    def _say(self, imported: Import, what: str) -> None:
        counts = {
            name: f"{count:,}"
            for name, count in imported.counts.items()
            if isinstance(count, int) and (count or name != "doubles")
        }
        sentence = (
            _("新規 %(new)s  更新 %(updated)s  変更なし %(unchanged)s  取り込めない行 %(rejected)s") % counts
        )
        if "doubles" in counts:
            sentence += "  " + _("登録済みと思われる行 %(doubles)s") % counts
        self.stdout.write(f"{what}: {sentence}")

    def _write_rejected(self, imported: Import, path: Path) -> None:
        if not imported.counts["rejected"]:
            return
        with path.open("wb") as file:
            for part in rejected_file(imported, "utf-8-sig"):
                file.write(part)
        self.stdout.write(_("取り込めなかった行と理由: %(path)s") % {"path": path})


def _of_notes(options: dict[str, Any]) -> dict[str, bool]:
    return {"dry_run": options["dry_run"], "with_tags": options["tags"]}


def _opened(path: Path) -> File[bytes]:
    try:
        return File(path.open("rb"), name=path.name)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
