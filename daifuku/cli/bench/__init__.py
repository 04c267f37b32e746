"""`daifuku bench`: fills a database with as many accounts as asked for and measures what people wait for every day.

It works in a folder and a database of its own, never in the firm's.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from daifuku.foundation.garbage import set_program_aside
from daifuku.foundation.settings import SettingError

OFFICES = Path(__file__).resolve().parents[3] / "data" / "offices_cp932.csv"
ROWS, TIMES, IMPORTED = 20_000, 200, 5_000


def bench(arguments: list[str]) -> int:
    if arguments[:1] == ["cards"]:
        from daifuku.cli.bench.cards import measuring

        return measuring.bench(arguments[1:])
    if arguments[:1] == ["dedupe"]:
        from daifuku.cli.bench import doubles

        return doubles.bench(arguments[1:])
    chosen = _parser().parse_args(arguments)
    if chosen.engine == "postgresql" and not chosen.database:
        print(
            "An empty database of its own is needed: --database postgresql://user:word@host/bench",
            file=sys.stderr,
        )
        return 2
    if not chosen.file.exists():
        print(f"{chosen.file} is missing: give a CSV of firms with --file", file=sys.stderr)
        return 2
    home = chosen.home or Path(tempfile.mkdtemp(prefix="daifuku-bench-"))
    home.mkdir(parents=True, exist_ok=True)
    try:
        _keep_apart(home, chosen.database)
        return _run(chosen, home)
    finally:
        if chosen.home is None:
            shutil.rmtree(home, ignore_errors=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="daifuku bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, metavar="N", help=f"accounts (default {ROWS})")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--database", default="", metavar="ADDRESS", help="of an empty PostgreSQL database")
    parser.add_argument("--times", type=int, default=TIMES, metavar="N", help="how often each is measured")
    parser.add_argument("--imported", type=int, default=IMPORTED, metavar="N", help="rows of the import")
    parser.add_argument("--file", type=Path, default=OFFICES, help="CSV (CP932) of firms to repeat")
    parser.add_argument("--home", type=Path, metavar="FOLDER", help="keep everything there, to measure again")
    parser.add_argument(
        "--seconds", type=float, default=5.0, metavar="N", help="how long the server is asked each thing"
    )
    parser.add_argument(
        "--served", default="", metavar="WORD", help="only what is called so is asked through the server"
    )
    parser.add_argument(
        "--profile", default="", metavar="WORD", help="show where the time of one of them goes"
    )
    return parser


def _keep_apart(home: Path, database: str) -> None:
    """Before any setting is read: nothing of the firm's own is reached from here."""
    for name in [name for name in os.environ if name.startswith("DAIFUKU_")]:
        del os.environ[name]
    os.environ["DAIFUKU_HOME"] = str(home)
    os.environ["DAIFUKU_API_RATE"] = "10000000"
    if database:
        if not database.startswith(("postgresql://", "postgres://")):
            raise SettingError("--database: write postgresql://user:word@host/name")
        os.environ["DAIFUKU_DATABASE"] = database


def _run(chosen: argparse.Namespace, home: Path) -> int:
    import django

    django.setup()
    from daifuku.cli.bench import (
        billing,
        duties,
        files,
        filling,
        merging,
        pages,
        profiling,
        questions,
        serving,
        table,
        timing,
    )

    if refusal := filling.refusal():
        print(refusal, file=sys.stderr)
        return 2
    firm = filling.fill(chosen.rows, chosen.file)
    duties.owe()
    everyday = pages.pages(firm)
    asked = questions.questions(firm, everyday)
    set_program_aside()
    if chosen.profile:
        profiling.show(questions.chosen(asked, chosen.profile), chosen.times)
        return 0
    print(table.heading(chosen.rows))
    for measured in timing.measured_in_turns(asked, chosen.times):
        print(table.line(measured), flush=True)
    billing.deliver()
    merging.make_doubles()
    for job in questions.jobs():
        print(table.line(job.measure_once()), flush=True)
    for line in files.rates(firm, chosen.file, chosen.imported):
        print(table.line(line), flush=True)
    print(serving.heading())
    served = [page for page in everyday if chosen.served in page.name]
    for row in serving.lines(firm, served, home, chosen.seconds):
        print(row, flush=True)
    print(files.memory(firm, chosen.file, chosen.imported))
    return 0
