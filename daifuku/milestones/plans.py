"""Sets of milestones: the shipped ones until the firm changes anything, and which of them fits a deal or an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from daifuku.milestones.models import MilestonePlan
from daifuku.milestones.shipped import PLANS


@dataclass(frozen=True)
class Step:
    """So many days after the anchor's day, before it where negative."""

    name: str
    anchor: str
    days: int = 0
    roles: tuple[str, ...] = ()
    before: int = 7

    def json(self) -> dict[str, Any]:
        return {
            "name": self.name, "anchor": self.anchor, "days": self.days, "roles": list(self.roles),
            "before": self.before,
        }  # fmt: skip


@dataclass(frozen=True)
class Plan:
    key: str
    name: str
    of: str
    process: str = ""
    active: bool = True
    steps: tuple[Step, ...] = field(default=())
    version: int = 0


def every() -> list[Plan]:
    rows = list(MilestonePlan.objects.all())
    return [of_row(row) for row in rows] if rows else [shipped(each) for each in PLANS]


def get(key: str) -> Plan | None:
    return next((plan for plan in every() if plan.key == key), None)


def for_record(record: Any) -> list[Plan]:
    """Those that fit it, the ones of its own process first."""
    process = getattr(record, "process", "")
    found = [
        plan for plan in every()
        if plan.active and plan.of == record.object_key and plan.process in ("", process)
    ]  # fmt: skip
    return sorted(found, key=lambda plan: plan.process != process or not process)


def of_row(row: MilestonePlan) -> Plan:
    return Plan(row.key, row.name, row.of, row.process, row.active, steps_of(row.steps), row.version)


def shipped(each: Mapping[str, Any]) -> Plan:
    return Plan(each["key"], each["name"], each["of"], steps=steps_of(each["steps"]))


def steps_of(kept: Any) -> tuple[Step, ...]:
    return tuple(
        Step(
            each["name"],
            each["anchor"],
            each.get("days", 0),
            tuple(each.get("roles", ())),
            each.get("before", 7),
        )
        for each in kept
    )


def settle() -> None:
    """Before the first change the shipped ones become rows, so that they can be changed like any other."""
    if not MilestonePlan.objects.exists():
        MilestonePlan.objects.bulk_create(
            MilestonePlan(
                key=plan.key, name=plan.name, of=plan.of, steps=[step.json() for step in plan.steps]
            )
            for plan in every()
        )
