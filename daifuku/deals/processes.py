"""The firm's sales processes as they are now: each a row of stages, with what belongs to every stage.

Read together with the vocabulary (the choices of 「営業プロセス」 and 「段階」 come from here), so a changed process
works everywhere at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from daifuku.deals.models import Process as Row
from daifuku.deals.models.deal import DONE, LOST, OPEN, WON
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Option

KINDS = (OPEN, WON, DONE, LOST)
# Whether one may pass over stages, or go back to one: freely, with a reason, not at all.
ALLOW, ASK, FORBID = "allow", "ask", "forbid"
WAYS = (ALLOW, ASK, FORBID)


@dataclass(frozen=True)
class Stage:
    """`required` are fields that must be filled from here on; `proof` is what the customer does that shows the stage to
    be done, and with `proof_needed` one says so in leaving it. `exits` are the stages that may follow, empty for all.
    `follows` names the document with which a deal comes here by itself. `tasks`: `{"subject", "days"}`, made on entry;
    what nobody has touched of them is not needed any more when the deal goes on, unless `tasks_stay`.
    Without a talk for `quiet_days` the deal counts as left alone; None for the usual days."""

    key: str
    name: str
    name_en: str = ""
    kind: str = OPEN
    probability: int = 0
    forecast: str = "pipeline"
    colour: str = "grey"
    purpose: str = ""
    proof: str = ""
    proof_needed: bool = False
    guidance: str = ""
    target_days: int | None = None
    quiet_days: int | None = None
    required: tuple[str, ...] = ()
    tasks: tuple[Mapping[str, Any], ...] = ()
    tasks_stay: bool = False
    skip: str = ASK
    back: str = ASK
    exits: tuple[str, ...] = ()
    follows: str = ""
    process: str = ""
    place: int = 0

    @property
    def label(self) -> str:
        """In the language of whoever asks."""
        return Option(self.key, self.name, label_en=self.name_en).name

    def json(self) -> dict[str, Any]:
        """As it is kept, stands in the ledger and in the API."""
        written = asdict(self)
        del written["process"], written["place"]
        for name in ("required", "exits", "tasks"):
            written[name] = list(written[name])
        return written


@dataclass(frozen=True)
class Process:
    key: str
    name: str
    name_en: str = ""
    purpose: str = ""
    active: bool = True
    version: int = 0
    stages: tuple[Stage, ...] = ()

    @property
    def label(self) -> str:
        return Option(self.key, self.name, label_en=self.name_en).name

    @property
    def first(self) -> Stage:
        return self.stages[0]

    @property
    def way(self) -> list[Stage]:
        """The stages on the way to the money, without those in which a deal is lost."""
        return [stage for stage in self.stages if stage.kind != LOST]

    @property
    def lost(self) -> Stage | None:
        return next((stage for stage in self.stages if stage.kind == LOST), None)

    def stage(self, key: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.key == key), None)

    def named(self, name: str) -> Stage | None:
        """The stage that is called so here."""
        return next((stage for stage in self.stages if name in {stage.name, stage.name_en}), None)

    def following(self, document: str) -> Stage | None:
        """Where a deal comes by this document."""
        return next((stage for stage in self.stages if stage.follows == document), None)


@dataclass(frozen=True)
class Book:
    """All processes by key in their order, and every stage by key."""

    processes: dict[str, Process] = field(default_factory=dict)

    @property
    def stages(self) -> dict[str, Stage]:
        return {stage.key: stage for process in self.processes.values() for stage in process.stages}

    @property
    def offered(self) -> list[Process]:
        return [process for process in self.processes.values() if process.active]

    @property
    def usual(self) -> Process:
        """Where nobody says which."""
        return (self.offered or list(self.processes.values()))[0]


_kept: tuple[int, Book, dict[str, Stage]] | None = None


def book() -> Book:
    """As it stands now; read anew when the vocabulary changed."""
    return _book()[1]


def stage(key: str) -> Stage | None:
    """The stage with this key, of whichever process."""
    return _book()[2].get(key)


def process(key: str) -> Process | None:
    return book().processes.get(key)


def _book() -> tuple[int, Book, dict[str, Stage]]:
    global _kept
    number = vocabulary.number()
    if _kept is None or _kept[0] != number:
        found = read()
        _kept = (number, found, found.stages)
    return _kept


def read() -> Book:
    """From the database; the shipped process where there is nothing."""
    from daifuku.deals.shipped import PROCESSES

    rows = list(Row.objects.all())
    if not rows:
        return Book({each.key: each for each in PROCESSES})
    return Book({row.key: of_row(row) for row in rows})


def of_row(row: Row) -> Process:
    return Process(
        row.key, row.name, row.name_en, row.purpose, row.active, row.version, stages_of(row.key, row.stages)
    )


def stages_of(process: str, kept: Iterable[Mapping[str, Any]]) -> tuple[Stage, ...]:
    """Words that a newer or older program wrote and this one does not know are passed over."""
    names = set(Stage.__dataclass_fields__) - {"process", "place"}
    found = []
    for place, each in enumerate(kept):
        values = {name: value for name, value in each.items() if name in names}
        for name in ("required", "exits", "tasks"):
            values[name] = tuple(values.get(name) or ())
        found.append(Stage(**values, process=process, place=place))
    return tuple(found)


def process_options() -> list[Option]:
    """The choices of 「営業プロセス」."""
    return [Option(p.key, p.name, "grey", p.name_en, p.active) for p in read().processes.values()]


def stage_options() -> list[Option]:
    """The choices of 「段階」: a name that two processes use says which process it is of, except in the first."""
    told: set[str] = set()
    found = []
    for each in read().processes.values():
        for stage in each.stages:
            again = stage.name in told
            label = _("%(stage)s（%(process)s）") % {"stage": stage.name, "process": each.name}
            label_en = f"{stage.name_en} ({each.name_en or each.name})" if stage.name_en else ""
            found.append(
                Option(
                    stage.key, label if again else stage.name, stage.colour,
                    label_en if again else stage.name_en, each.active,
                )
            )  # fmt: skip
        told |= {stage.name for stage in each.stages}
    return found
