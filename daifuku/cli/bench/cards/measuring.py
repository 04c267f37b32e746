"""`daifuku bench cards`: reads invented cards and says how many fields are exactly right, and how long a card takes."""

from __future__ import annotations

import argparse
import os
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from daifuku.cli.bench.cards.invented import DEVELOPMENT, HELD_OUT
from daifuku.cli.bench.cards.layouts import WHOLLY_VERTICAL

FIELDS = (
    *("company", "department", "title", "name", "kana", "postal_code", "address"),
    *("tel", "fax", "mobile", "email", "url", "corporate_number"),
)  # fmt: skip
_PHONES = {"tel", "fax", "mobile"}


@dataclass
class Score:
    """Filled fields and those that were read exactly; fields that are not on the card but were answered."""

    right: int = 0
    filled: int = 0
    invented: int = 0

    def add(self, is_right: bool) -> None:
        self.filled += 1
        self.right += is_right

    def __str__(self) -> str:
        share = f"{100 * self.right / self.filled:6.2f} %" if self.filled else "     - "
        return f"{share}  {self.right:5} of {self.filled:5}"


@dataclass
class Result:
    fields: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    layouts: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    conditions: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    on_scans: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    all: Score = field(default_factory=Score)
    cards: int = 0
    whole: int = 0
    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0.0


def bench(arguments: list[str]) -> int:
    chosen = _parser().parse_args(arguments)
    from daifuku.cards.reading import available
    from daifuku.cli.bench.cards.printing import missing_fonts

    if not available():
        print(
            "The engine is not installed: rapidocr and onnxruntime (requirements/runtime.txt).",
            file=sys.stderr,
        )
        return 2
    if missing := missing_fonts():
        print(f"The cards are printed in Debian's typefaces; missing: {', '.join(missing)}", file=sys.stderr)
        return 2
    kind = "held out" if chosen.seed == HELD_OUT else "for development"
    print(f"{chosen.count} cards of seed {chosen.seed} ({kind})", flush=True)
    result = measure(chosen.seed, chosen.first, chosen.count, show=chosen.show)
    print("\n".join(report(result)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="daifuku bench cards", description=__doc__)
    parser.add_argument("--seed", type=int, default=HELD_OUT, help=f"held out; for development {DEVELOPMENT}")
    parser.add_argument("--count", type=int, default=200, metavar="N", help="how many cards")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="the number of the first card")
    parser.add_argument(
        "--show", action="store_true", help="print what was read wrongly (never of the held-out seed)"
    )
    return parser


def measure(seed: int, first: int, count: int, *, show: bool = False) -> Result:
    """The cards are printed here and read in the worker's way, in a process that does nothing else."""
    from daifuku.cards.reading import read_apart
    from daifuku.cards.reading.apart import effort
    from daifuku.cli.bench.cards import sample

    result = Result()
    read_apart(sample(DEVELOPMENT[0], 0).data)
    for number in range(first, first + count):
        card = sample(seed, number)
        try:
            readings = read_apart(card.data)
        except Exception as error:
            print(f"card {number}: {error}", file=sys.stderr)
            readings = []
        result.seconds.append(effort().seconds)
        result.megabytes = max(result.megabytes, effort().megabytes)
        best = max(readings, key=lambda each: len(each.fields), default=None)
        answered = {key: each.value for key, each in best.fields.items() if each.box} if best else {}
        wrong = _note(result, card.layout, card.condition, card.truth, answered)
        if show and seed != HELD_OUT and wrong:
            print(f"{number} {card.layout}, {card.condition}: {wrong}", flush=True)
    return result


def _note(
    result: Result, layout: str, condition: str, truth: dict[str, str], answered: dict[str, str]
) -> dict[str, tuple[str, str]]:
    wrong = {}
    for key in FIELDS:
        if key not in truth:
            result.fields[key].invented += key in answered
            continue
        is_right = same(key, truth[key], answered.get(key, ""))
        scores = [
            result.all,
            result.fields[key],
            result.layouts[_group(layout)],
            result.conditions[condition],
        ]
        if condition.startswith("scan"):
            scores.append(result.on_scans[key])
        for score in scores:
            score.add(is_right)
        if not is_right:
            wrong[key] = (truth[key], answered.get(key, ""))
    result.cards += 1
    result.whole += not wrong
    return wrong


def _group(layout: str) -> str:
    return "wholly vertical" if layout in WHOLLY_VERTICAL else layout


def same(key: str, truth: str, answer: str) -> bool:
    """Exactly right after NFKC and without blanks; phones by their digits."""
    one, other = ("".join(unicodedata.normalize("NFKC", each).split()) for each in (truth, answer))
    if key in _PHONES:
        one, other = ("".join(filter(str.isdigit, each)) for each in (one, other))
    return one == other


def report(result: Result) -> Iterable[str]:
    yield ""
    yield "field                 exact                 answered though not on the card"
    for key in FIELDS:
        yield f"{key:20}{result.fields[key]}   {result.fields[key].invented:4}"
    yield f"{'all':20}{result.all}"
    share = 100 * result.whole / max(1, result.cards)
    yield f"{'cards wholly right':20}{share:6.2f} %  {result.whole:5} of {result.cards:5}"
    yield ""
    for title, scores in (
        ("layout", result.layouts),
        ("condition", result.conditions),
        ("on scans", result.on_scans),
    ):
        yield title
        for key in ("tel", "fax", "mobile", "email", "url") if title == "on scans" else sorted(scores):
            yield f"  {key:18}{scores[key]}"
    seconds = sorted(result.seconds)
    yield ""
    middle, late = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
    mean = sum(seconds) / len(seconds)
    times = f"mean {mean:.2f}, middle {middle:.2f}, 95 % {late:.2f}, longest {seconds[-1]:.2f}"
    yield f"CPU seconds a card on one thread: {times}"
    yield f"most memory of the process that reads: {result.megabytes:.0f} MB, {os.cpu_count()} cores"
