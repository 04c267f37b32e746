"""Many targets at once, as they are typed or pasted into the table: all of them or, where one is wrong, none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from daifuku.forecast.models import Target
from daifuku.forecast.objects.target import TARGET, key_of
from daifuku.foundation.errors import DomainError, FieldProblem, Forbidden, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records.actions import RowChange, change_rows, create_many, restore_many
from daifuku.records.catalogue.types import Money
from daifuku.records.catalogue.types.base import Refused
from daifuku.staff.models import Person, Team
from daifuku.staff.viewer import viewer_of

MOST_CELLS = 5000
UNSAID = object()


@dataclass(frozen=True)
class Cell:
    """`name` is said back where it is wrong; an empty `amount` means no target. `was` is what the person saw there."""

    name: str
    month: date
    amount: Any
    owner: Person | None = None
    team: Team | None = None
    group: str = ""
    was: Any = UNSAID

    @property
    def key(self) -> str:
        return key_of(Target(month=self.month, owner=self.owner, team=self.team, group=self.group))

    def values(self, amount: int) -> dict[str, Any]:
        return {
            "month": self.month, "owner": self.owner, "team": self.team, "group": self.group, "amount": amount,
        }  # fmt: skip


@dataclass
class Entered:
    """How many targets are new or other than before; `event` takes all of it back."""

    count: int = 0
    event: Event | None = None


def enter_targets(cells: Sequence[Cell], *, by: Person) -> Entered:
    """Raises Invalid, naming each wrong cell, and Forbidden."""
    if not viewer_of(by).may("target", "create") or not viewer_of(by).may("target", "edit"):
        raise Forbidden
    if len(cells) > MOST_CELLS:
        sentence = _("一度に保存できる目標は%(most)s個までです。") % {"most": MOST_CELLS}
        raise Invalid([FieldProblem("cells", sentence, code="too_many")])
    amounts, problems = _read(cells)
    problems += _twice(cells)
    with ledger.writing():
        known = {row.key: row for row in _held({cell.key for cell in cells})}
        problems += [each for cell in cells if (each := _overtaken(cell, known, amounts))]
        if problems:
            raise Invalid(problems)
        changes = [cell for cell in cells if amounts[cell.name] != _amount(known.get(cell.key))]
        if not changes:
            return Entered()
        title = _("%(object)sの入力") % {"object": TARGET.name}
        event = ledger.record(
            TARGET.event("bulk_edited"), by=by, data={"title": title, "name": "", "count": len(changes)}
        )
        with through(cause=event):
            _write(changes, amounts, known, by)
    return Entered(len(changes), event)


def _read(cells: Sequence[Cell]) -> tuple[dict[str, int], list[FieldProblem]]:
    amounts: dict[str, int] = {}
    problems: list[FieldProblem] = []
    for cell in cells:
        try:
            amounts[cell.name] = Money().clean(cell.amount) or 0
        except Refused as error:
            problems.append(FieldProblem(cell.name, error.message, code=error.code))
    return amounts, problems


def _twice(cells: Sequence[Cell]) -> list[FieldProblem]:
    keys: set[str] = set()
    found = []
    for cell in cells:
        if cell.key in keys:
            sentence = _("同じ人・チームの同じ月が2つあります。どちらかを消してください。")
            found.append(FieldProblem(cell.name, sentence, code="twice"))
        keys.add(cell.key)
    return found


def _held(keys: set[str]) -> list[Target]:
    rows = Target.plain.select_for_update(no_key=True, of=("self",)).filter(key__in=keys)
    return list(rows.order_by("pk"))


def _amount(row: Target | None) -> int:
    return row.amount if row is not None and row.trashed_at is None else 0


def _overtaken(cell: Cell, known: dict[str, Target], amounts: dict[str, int]) -> FieldProblem | None:
    """Somebody else has written there since this person opened the table."""
    now = _amount(known.get(cell.key))
    if cell.was is UNSAID or (cell.was or 0) == now or amounts.get(cell.name) == now:
        return None
    sentence = _("ほかの人が先に%(amount)s円に変更しました。残す金額を入力して、もう一度保存してください。")
    return FieldProblem(cell.name, sentence % {"amount": f"{now:,d}"}, code="changed")


def _write(cells: Sequence[Cell], amounts: dict[str, int], known: dict[str, Target], by: Person) -> None:
    new = [cell for cell in cells if cell.key not in known]
    old = [cell for cell in cells if cell.key in known]
    thrown = [known[cell.key].pk for cell in old if known[cell.key].trashed_at is not None]
    if thrown:
        restore_many("target", thrown, by=by)
    changes = [RowChange(known[cell.key].pk, {"amount": amounts[cell.name]}) for cell in old]
    results = [
        *zip(old, change_rows("target", changes, by=by) if changes else (), strict=True),
        *zip(
            new,
            create_many("target", [c.values(amounts[c.name]) for c in new], by=by) if new else (),
            strict=True,
        ),
    ]
    problems = []
    for cell, result in results:
        if isinstance(result, Invalid):
            problems += [FieldProblem(cell.name, each.message, code=each.code) for each in result.problems]
        elif isinstance(result, DomainError):
            problems.append(FieldProblem(cell.name, str(result.message), code=result.code))
    if problems:
        raise Invalid(problems)
