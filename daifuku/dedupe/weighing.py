"""What the firm's own decisions say about its thresholds: how many that were merged and how many that were not the same
lie above and below each, now and with other thresholds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from daifuku.dedupe.actions.learning import decided
from daifuku.dedupe.found_pairs import knows_all
from daifuku.dedupe.judging import model_of
from daifuku.dedupe.matching.scoring import NO, PERHAPS, SURE
from daifuku.dedupe.models import Pair, Setup, Way
from daifuku.dedupe.reading import OBJECTS
from daifuku.staff.viewer import Viewer

# So many decisions, and so many of each kind, before anything is proposed.
ENOUGH, OF_EACH = 20, 5
# Of those that are called sure at most so many may be two; of those that are one so many should be candidates at least.
TWO_AT_MOST, ONE_AT_LEAST = 0.01, 0.98
STEPS = 2
Decided = Sequence[tuple[float, bool]]


@dataclass(frozen=True)
class Thresholds:
    sure: float
    perhaps: float

    def verdict(self, score: float) -> str:
        return SURE if score >= self.sure else PERHAPS if score >= self.perhaps else NO


@dataclass(frozen=True)
class Count:
    """As it is, and as it would be."""

    now: int
    then: int

    @property
    def differs(self) -> bool:
        return self.now != self.then


@dataclass(frozen=True)
class Line:
    """What lies between two thresholds: decisions that said one and that said two, and the pairs that were found last,
    None for whoever sees only some of the records."""

    verdict: str
    same: Count
    apart: Count
    found: Count | None


@dataclass(frozen=True)
class Weighed:
    """`proposed` is None where people have decided too little."""

    way: Way
    now: Thresholds
    then: Thresholds
    decisions: int
    lines: list[Line]
    proposed: Thresholds | None


def weigh(chosen: Setup, typed: Mapping[str, float], viewer: Viewer) -> list[Weighed]:
    """`typed` are the thresholds that somebody thinks of, by their names in the settings; others are as they are."""
    return [_weighed(way, chosen, typed, viewer) for way in Way]


def _weighed(way: Way, chosen: Setup, typed: Mapping[str, float], viewer: Viewer) -> Weighed:
    names = (f"{way}_sure", f"{way}_perhaps")
    now = Thresholds(*(getattr(chosen, name) for name in names))
    then = Thresholds(*(typed.get(name, getattr(chosen, name)) for name in names))
    model = model_of(way, chosen)
    scored = [(model.score(facts, common), same) for facts, common, same in decided(way)]
    told = knows_all(viewer, *OBJECTS)
    lines = [
        Line(
            verdict, _decisions(scored, True, verdict, now, then), _decisions(scored, False, verdict, now, then),
            _pairs(way, verdict, now, then) if told else None,
        )
        for verdict in (SURE, PERHAPS, NO)
    ]  # fmt: skip
    return Weighed(way, now, then, len(scored), lines, propose(scored))


def _decisions(scored: Decided, same: bool, verdict: str, now: Thresholds, then: Thresholds) -> Count:
    scores = [score for score, one in scored if one == same]
    return Count(*(sum(each.verdict(score) == verdict for score in scores) for each in (now, then)))


def _pairs(way: Way, verdict: str, now: Thresholds, then: Thresholds) -> Count:
    """By the points of the scan that found them."""
    return Count(*(_between(way, verdict, each) for each in (now, then)))


def _between(way: Way, verdict: str, limits: Thresholds) -> int:
    rows = Pair.objects.filter(way=way)
    if verdict == SURE:
        return rows.filter(score__gte=limits.sure).count()
    if verdict == PERHAPS:
        return rows.filter(score__gte=limits.perhaps, score__lt=limits.sure).count()
    return rows.filter(score__lt=limits.perhaps).count()


def propose(scored: Decided) -> Thresholds | None:
    """The lowest threshold for sure above which hardly any were two, in the middle where nothing lies between them and
    those that were one; and the highest for candidates that still has nearly all that were one."""
    ones = sorted(score for score, same in scored if same)
    twos = sorted(score for score, same in scored if not same)
    if len(scored) < ENOUGH or min(len(ones), len(twos)) < OF_EACH:
        return None
    least = next((step for step in _steps(scored) if _is_sure(step, ones, twos)), None)
    if least is None:
        return None
    sure = max(least, floor((least + ones[bisect_left(ones, least)]) / 2 * STEPS) / STEPS)
    lost = len(ones) - ceil(ONE_AT_LEAST * len(ones))
    return Thresholds(sure, min(sure, floor(ones[lost] * STEPS) / STEPS))


def _steps(scored: Decided) -> Iterator[float]:
    scores = [score for score, _same in scored]
    first, last = floor(min(scores) * STEPS), ceil(max(scores) * STEPS)
    return (step / STEPS for step in range(first, last + 1))


def _is_sure(step: float, ones: Sequence[float], twos: Sequence[float]) -> bool:
    one, two = (len(scores) - bisect_left(scores, step) for scores in (ones, twos))
    return one > 0 and two <= TWO_AT_MOST * (one + two)
