"""Where the time of one question goes, function by function."""

from __future__ import annotations

import cProfile
import pstats

from daifuku.cli.bench.timing import WARMING, Question


def show(question: Question, times: int) -> None:
    for number in range(WARMING):
        question.ask(-1 - number)
    profile = cProfile.Profile()
    profile.enable()
    for number in range(times):
        question.ask(number)
    profile.disable()
    print(f"{question.name}, {times} times")
    pstats.Stats(profile).strip_dirs().sort_stats("cumulative").print_stats(70)
    pstats.Stats(profile).strip_dirs().sort_stats("tottime").print_stats(30)
