"""シャチホコ商事, an invented firm to try the program with: its people, its customers, two years of ledger.

Everything is done by the verbs that people use, so the demo can do nothing that they cannot. The same seed gives the
same firm every time; only the dates follow today. Areas above add their part to `CHAPTERS` from `apps.ready()`.
"""

from __future__ import annotations

from datetime import date
from random import Random

from daifuku.customers.demo import customers, fields, house, leads, sharing, wishes
from daifuku.customers.demo.stage import YEARS, Chapter, Stage, Step
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Company

CHAPTERS: dict[str, Chapter] = {
    "fields": fields.custom_fields,
    "firms": customers.firms,
    "leads": leads.leads,
    "wishes": wishes.wishes,
    "sharing": sharing.sharing,
}
SEED = "shachihoko"


def load(today: date) -> bool:
    """Plays everything in one transaction; does nothing where there is a firm already."""
    with ledger.writing():
        if Company.objects.exists():
            return False
        stage = Stage(today)
        founding = Step(YEARS + 5, 9 * 60, house.build, "command")
        play(stage, [founding])
        # Every chapter has dice of its own, so that one added later does not change the others.
        steps = [step for name, chapter in CHAPTERS.items() for step in chapter(Random(f"{SEED} {name}"))]  # noqa: S311
        play(stage, sorted(steps, key=lambda step: step.moment(today)))
    return True


def play(stage: Stage, steps: list[Step]) -> None:
    for step in steps:
        stage.now = step.moment(stage.today)
        with through(step.via, at=stage.now), vocabulary.steady():
            step.do(stage)


def is_demo() -> bool:
    return Company.objects.filter(name=house.COMPANY).exists()
